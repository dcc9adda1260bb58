import { createHash } from 'node:crypto';
import type { Carrier, CarrierAbout } from '../model/carrier.ts';
import { UserError } from '../model/errors.ts';
import type { RecordRef } from '../model/record.ts';
import type { Status } from '../model/status.ts';
import { withTimeOf, type Sidecar } from './carriers/sidecars.ts';
import type { Encoding } from './containers/encodings.ts';
import type { Part } from './containers/types.ts';
import { Draft } from './draft.ts';
import type { Entry, Place } from './entry.ts';
import type { Format, FormatOptions, Head } from './format.ts';
import { chooseFormat, formatById, type Choice } from './formats/index.ts';
import { learnTextPatterns, type IdentifierSample } from './infer/text-patterns.ts';
import type { Mapping, SourceContext, TextPattern } from './mapper.ts';
import { Notices, type NoticeCounts } from './notices.ts';
import { PLATFORM_PROFILES } from './profiles/index.ts';
import { adoptProfile, saysFormat, type FormatChoice } from './profiles/user/adopt.ts';
import { demandsOf, isChoosy, matches, mayMatch } from './profiles/user/match.ts';
import type { UserProfile } from './profiles/user/profile.ts';
import { sampleEntries } from './sample-entries.ts';
import { compileFor, understand } from './understand.ts';

/** An event as it would be imported. */
export interface PreviewEvent {
  readonly time: number | undefined;
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
  readonly status: Status;
  readonly statusRaw: string | undefined;
  readonly records: readonly RecordRef[];
  readonly line: number;
  /** The beginning of the entry's text; undefined where it lies beyond what was looked at. */
  readonly raw: string | undefined;
}

/** One stream that an import would read, and how it would be understood. Plain data: it crosses threads. */
export interface PlannedPart {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly member: string | undefined;
  readonly diskBytes: number | undefined;
  readonly encoding: string;
  readonly outcome: 'ready' | 'known' | 'refused';
  readonly code: string;
  readonly reason: string;
  readonly format: string;
  readonly formatReason: string;
  readonly options: FormatOptions;
  readonly mapping: Mapping | undefined;
  readonly preview: readonly PreviewEvent[];
  /** How many of the sampled entries the mapping understands. */
  readonly sampled?: { readonly entries: number; readonly understood: number } | undefined;
  /** What is odd about the values of the sample. */
  readonly notices?: NoticeCounts | undefined;
  /** The encoding that the user named. */
  readonly givenEncoding?: Encoding | undefined;
  /** What was found without the user's help, where the user has said otherwise. */
  readonly proposed?: Mapping | undefined;
  /** Whether the user said otherwise for this plan. */
  readonly corrected?: boolean | undefined;
  /** Id of the remembered mapping that was proposed. */
  readonly recalled?: number | undefined;
  readonly reread?: Reread | undefined;
  /** Set for a file that only says where a document beside it comes from. */
  readonly sidecar?: Sidecar | undefined;
  /** What such a file says of this document. */
  readonly about?: CarrierAbout | undefined;
}

/** For a part that takes the place of a source. */
export interface Reread {
  /** Where it is read from: the text that is stored, as it is or decoded anew, or a file with the source's content. */
  readonly from: 'text' | 'recoded' | 'file';
  /** The workspace that holds it. */
  readonly workspace: string;
  readonly source: number;
  /** Entries that it rejects as it is read now. */
  readonly rejected: number;
  /** Set when only what it rejected is read in a new way: how everything else stays read. */
  readonly main: Mapping | undefined;
}

export interface PlanOptions {
  readonly profile: string | undefined;
  /** The profile that the user gave: for all parts, or for those it says it is for. */
  readonly userProfile: UserProfile | undefined;
  /** Profiles found beside the data: for the parts they say they are for. */
  readonly userProfiles?: readonly UserProfile[];
  readonly zone: string | undefined;
  readonly system: string | undefined;
}

/** Content that a workspace holds already. */
export interface KnownContent {
  /** The source. */
  readonly id: number;
  /** Entries that it rejects. */
  readonly rejected: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly diskBytes: number | undefined;
  readonly encoding: string;
  /** What its name says, where it is a document: another name may say something else. */
  readonly carrier?: Carrier | undefined;
}

/** What looking at the beginning of a part gave; kept with the part so that a corrected mapping can be tried at once. */
export interface Sample {
  readonly head: Head;
  readonly format: Format;
  readonly options: FormatOptions;
  readonly entries: readonly Entry[];
  /** The user's profile that is for this part. */
  readonly userProfile?: UserProfile | undefined;
}

/** How much is looked at to tell the format. */
const HEAD_BYTES = 256 * 1024;
const PREVIEW_EVENTS = 20;
/** Bytes of an entry that are shown beside its event. */
const PREVIEW_TEXT = 2000;

/** Reads the beginning of a part. */
export async function readHead(part: Part): Promise<Head> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let complete = true;
  for await (const chunk of part.open()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) {
      complete = false;
      break;
    }
  }
  const bytes = Buffer.concat(chunks);
  const name = part.member ?? part.name;
  return { name: part.extension === undefined ? name : `${name}.${part.extension}`, bytes, text: bytes.toString('utf8'), complete };
}

/** Files that Waybill wrote about data, not data: the simulator's truth lies in the same folder as its logs. */
const OWN_FILE_MARK = '{"waybill":';

/** How a flow passport says what it is. */
const PASSPORT = /^passport:[ \t]+\S/m;

/**
 * The first entries of a part; undefined for a file of Waybill's own. Throws `UserError` with code `format-unknown` when no format fits.
 */
export async function samplePart(part: Part, plan: PlanOptions): Promise<(Sample & { readonly formatReason: string }) | undefined> {
  const head = await readHead(part);
  if (head.text.startsWith(OWN_FILE_MARK)) return undefined;
  if (head.bytes.length === 0) throw new UserError('file-empty', `${part.name} is empty`, part.name);
  const chosen = chooseFormat(head);
  const profiled = await sampleByProfile(part, head, chosen, plan);
  if (profiled !== undefined) return profiled;
  if (chosen === undefined) {
    const what = PASSPORT.test(head.text)
      ? 'is a flow passport and no data: "waybill flows add" keeps it, or the page Flows'
      : `is in no format that Waybill knows: it begins with ${JSON.stringify(head.text.slice(0, 40))}`;
    throw new UserError('format-unknown', `${part.name} ${what}`, part.name);
  }
  const { format, detection } = chosen;
  return {
    head,
    format,
    options: detection.options,
    entries: await sampleEntries(part, format, detection.options, head),
    formatReason: detection.reason,
  };
}

/**
 * The first entries as a user's profile reads them: the given one, or of those found beside the data the one that matches and demands most.
 * Undefined when none is for this part. Throws `UserError` when the given profile, being for all parts, does not fit this one.
 */
async function sampleByProfile(
  part: Part,
  head: Head,
  chosen: Choice | undefined,
  plan: PlanOptions,
): Promise<(Sample & { readonly formatReason: string }) | undefined> {
  const recognised: FormatChoice | undefined =
    chosen === undefined ? undefined : { format: chosen.format.id, options: chosen.detection.options, reason: chosen.detection.reason };
  const found = (plan.userProfiles ?? [])
    .filter(isChoosy)
    .toSorted((a, b) => demandsOf(b) - demandsOf(a) || (a.profile < b.profile ? -1 : 1));
  const candidates = plan.userProfile === undefined ? (plan.profile === undefined ? found : []) : [plan.userProfile, ...found];
  for (const profile of candidates) {
    if (!mayMatch(profile, part.member === undefined ? part.path : `${part.path}/${part.member}`, recognised?.format)) continue;
    try {
      const { format: id, options, reason } = adoptProfile(profile, recognised, head);
      const format = formatById(id);
      if (format === undefined) continue;
      const entries = await sampleEntries(part, format, options, head);
      const context = sourceContext(part, format, options, plan, []);
      if (matches(profile, context, head.text, entries))
        return { head, format, options, entries, formatReason: reason, userProfile: profile };
    } catch (error) {
      // A profile that says which sources it is for, and does not fit this one, is for others.
      if (!(error instanceof UserError) || !isChoosy(profile) || !saysFormat(profile)) throw error;
    }
  }
  return undefined;
}

export function sourceContext(
  part: { readonly name: string; readonly path: string; readonly member: string | undefined },
  format: Format,
  options: FormatOptions,
  plan: PlanOptions,
  textPatterns: readonly TextPattern[],
): SourceContext {
  return {
    // Folder and archive are hints too: `wms/2026-05-04.ndjson`, `ExecutionArtifacts_execution-….zip › process.log`.
    name: part.path === '-' ? 'stdin' : part.member === undefined ? part.path : `${part.path} › ${part.member}`,
    formatId: format.id,
    options,
    header: format.header(options),
    system: plan.system ?? '',
    zone: plan.zone ?? '',
    textPatterns,
  };
}

/** Finds out how a sampled part is to be understood. */
export function understandSample(part: Part, sample: Sample, plan: PlanOptions): Mapping {
  const context = sourceContext(part, sample.format, sample.options, plan, []);
  return understand(sample.entries, context, { profile: plan.profile, userProfile: sample.userProfile }, PLATFORM_PROFILES).mapping;
}

/** A mapper for a part under a mapping: the same for preview and import. `about` is what the part's sidecar says. */
export function mapperFor(
  part: { readonly name: string; readonly path: string; readonly member: string | undefined },
  formatId: string,
  options: FormatOptions,
  mapping: Mapping,
  textPatterns: readonly TextPattern[],
  notices?: Notices,
  about?: CarrierAbout,
) {
  const format = formatById(formatId);
  if (format === undefined) throw new UserError('format-unknown', `there is no format ${formatId}`);
  const context = sourceContext(
    part,
    format,
    options,
    { profile: undefined, userProfile: undefined, zone: mapping.zone, system: mapping.system },
    textPatterns,
  );
  return { format, mapper: withTimeOf(compileFor({ ...context, notices }, mapping, PLATFORM_PROFILES), about) };
}

/** Runs a mapping over the sample: the first events, the identifiers for learning text patterns, and how well it fits. */
export function previewSample(
  part: Part,
  sample: Sample,
  mapping: Mapping,
  textPatterns: readonly TextPattern[],
  about?: CarrierAbout,
): {
  readonly events: PreviewEvent[];
  readonly identifiers: IdentifierSample[];
  readonly understood: number;
  readonly notices: NoticeCounts;
} {
  const notices = new Notices();
  const { mapper } = mapperFor(part, sample.format.id, sample.options, mapping, textPatterns, notices, about);
  const draft = new Draft();
  const events: PreviewEvent[] = [];
  const identifiers: IdentifierSample[] = [];
  let place: Place | undefined;
  let understood = 0;
  const emit = (at?: Place): void => {
    for (let i = 0; i < draft.idValues.length; i++) identifiers.push({ type: draft.idTypes[i]!, value: draft.idValues[i]! });
    const from = at ?? place;
    if (events.length < PREVIEW_EVENTS) events.push(previewEvent(draft, from?.line ?? 1, rawText(sample.head, from)));
  };
  for (const entry of sample.entries) {
    place = entry.place;
    draft.reset();
    if (mapper(entry, draft, emit) === undefined) understood++;
  }
  draft.reset();
  mapper.end?.(draft, emit);
  return { events, identifiers, understood, notices: notices.counts() };
}

function rawText({ bytes }: Head, place: Place | undefined): string | undefined {
  if (place === undefined || place.offset + place.length > bytes.length) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + place.offset, Math.min(place.length, PREVIEW_TEXT)).toString('utf8');
  return place.length > PREVIEW_TEXT ? `${text}…` : text;
}

function previewEvent(draft: Draft, line: number, raw: string | undefined): PreviewEvent {
  return {
    time: Number.isNaN(draft.time) ? undefined : draft.time,
    system: draft.system,
    flow: draft.flow || undefined,
    step: draft.step,
    status: draft.status,
    statusRaw: draft.statusRaw || undefined,
    records: draft.idTypes.map((type, i) => ({ type, key: draft.idValues[i]! })),
    line,
    raw,
  };
}

export { learnTextPatterns };

/** SHA-256 of a part's decompressed content, for telling whether it is known. Reads all of it. */
export async function contentHash(part: Part): Promise<string> {
  const hash = createHash('sha256');
  for await (const _chunk of part.open({ onContent: (bytes) => hash.update(bytes) })) {
    // The hash is taken over the content before decoding.
  }
  return hash.digest('hex');
}
