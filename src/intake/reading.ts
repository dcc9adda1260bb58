import type { FormatOptions } from './format.ts';

/** What a user's profile says about one field, beyond its path and role. Plain data: it is kept with the source and crosses threads. */
export interface FieldReading {
  /** The value itself; the field's path is then only its label. */
  readonly constant?: string | undefined;
  /** `{date} {time}`: paths in braces, filled in. */
  readonly template?: string | undefined;
  /** A regular expression (RE2) whose group `value`, else first group, else whole match is the value. */
  readonly extract?: string | undefined;
  /** For roles other than the status: what a value is replaced by. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** For times: the zone of those that carry none. */
  readonly zone?: string | undefined;
  /** For times without a year: the day they are not after (`2031-03-10`). */
  readonly newest?: string | undefined;
}

/** How the keys of one type are written alike, applied in this order. */
export interface KeyRule {
  /** A regular expression (RE2) whose group `value`, else first group, else whole match is the key. A key it does not fit stays. */
  readonly capture?: string | undefined;
  /** Taken off the beginning, the first that fits, whatever its case. */
  readonly stripPrefix?: readonly string[] | undefined;
  readonly stripZeros?: boolean | undefined;
  readonly case?: 'upper' | 'lower' | undefined;
}

/** Which sources a profile is for. All that is said must hold; of a list of formats or files one. */
export interface ProfileMatch {
  readonly format?: readonly string[] | undefined;
  /** Globs over the path and its end: `*.json`, `erp/**`. */
  readonly file?: readonly string[] | undefined;
  /** Columns that the header has. */
  readonly header?: readonly string[] | undefined;
  /** Paths that most of the first entries have. */
  readonly paths?: readonly string[] | undefined;
  /** Elements that occur in the beginning of an XML document, with prefixes of `namespaces`. */
  readonly elements?: readonly string[] | undefined;
}

/** What a user's profile says about a source as a whole. */
export interface SourceReading {
  readonly match?: ProfileMatch | undefined;
  /** The format to read with, rather than the one that is recognised, and options of it. */
  readonly format?: string | undefined;
  readonly options?: FormatOptions | undefined;
  /** Prefixes of paths into XML → namespace. */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  /** Path to what an event is made of: `orders[*].lines[*]`, `//o:Order/o:Line`. */
  readonly records?: string | undefined;
  /** A regular expression (RE2) with named groups that the lines of a text log begin with. */
  readonly lines?: string | undefined;
  readonly types?: Readonly<Record<string, KeyRule>> | undefined;
  /** The platform whose status words are meant. */
  readonly vocabulary?: string | undefined;
  /** Whether fields that the profile does not name are inferred, or ignored. */
  readonly others?: 'infer' | 'ignore' | undefined;
}
