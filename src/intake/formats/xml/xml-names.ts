/** Prefix → namespace, as a profile declares it. */
export type XmlNamespaces = Readonly<Record<string, string>>;

type Scope = ReadonlyMap<string, string>;

const DECLARATION = /\sxmlns(?::([^\s=:]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The name in a start tag, with its prefix. */
export function tagName(tag: string): string {
  return /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
}

/** The namespaces that a start tag declares, by prefix (empty: the default). Undefined when it declares none. */
export function declarationsOf(tag: string): Scope | undefined {
  if (!tag.includes('xmlns')) return undefined;
  const scope = new Map<string, string>();
  for (const match of tag.matchAll(DECLARATION)) scope.set(match[1] ?? '', match[2] ?? match[3] ?? '');
  return scope;
}

/**
 * Names elements by the prefixes that a profile gives to namespaces, whatever prefixes the document uses. A name in none of them stays
 * its local name. Keeps the declarations of the open elements. Source: Namespaces in XML 1.0, 6 (scoping and defaulting).
 */
export class XmlNames {
  readonly #prefixes: ReadonlyMap<string, string>;
  #scopes: Scope[] = [new Map()];

  constructor(namespaces: XmlNamespaces) {
    this.#prefixes = new Map(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
  }

  /** How many elements are open; `reset` goes back to so many. */
  get depth(): number {
    return this.#scopes.length;
  }

  reset(depth: number): void {
    this.#scopes.length = depth;
  }

  enter(declared: Scope | undefined): void {
    const outer = this.#scopes.at(-1)!;
    this.#scopes.push(declared === undefined || declared.size === 0 ? outer : new Map([...outer, ...declared]));
  }

  leave(): void {
    if (this.#scopes.length > 1) this.#scopes.pop();
  }

  /** An attribute without a prefix is in no namespace, whatever the default. */
  name(qualified: string, attribute: boolean): string {
    const colon = qualified.indexOf(':');
    const local = colon < 0 ? qualified : qualified.slice(colon + 1);
    if (attribute && colon < 0) return local;
    const uri = this.#scopes.at(-1)!.get(colon < 0 ? '' : qualified.slice(0, colon));
    const prefix = uri === undefined ? undefined : this.#prefixes.get(uri);
    return prefix === undefined ? local : `${prefix}:${local}`;
  }
}
