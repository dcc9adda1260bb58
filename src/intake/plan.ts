import { createHash } from 'node:crypto';
import { UserError } from '../model/errors.ts';
import type { RecordRef } from '../model/record.ts';
import type { Status } from '../model/status.ts';
import type { Part } from './containers/types.ts';
import { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import type { Format, FormatOptions, Head } from './format.ts';
import { chooseFormat, formatById } from './formats/index.ts';
import { learnTextPatterns, type IdentifierSample } from './infer/text-patterns.ts';
import type { Mapping, SourceContext, TextPattern } from './mapper.ts';
import { PLATFORM_PROFILES } from './profiles/index.ts';
import type { UserProfile } from './profiles/user-profile.ts';
import { understand } from './understand.ts';

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
}

export interface PlanOptions {
  readonly profile: string | undefined;
  readonly userProfile: UserProfile | undefined;
  readonly zone: string | undefined;
  readonly system: string | undefined;
}

/** Content that a workspace holds already. */
export interface KnownContent {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly diskBytes: number | undefined;
}

/** What looking at the beginning of a part gave; kept with the part so that a corrected mapping can be tried at once. */
export interface Sample {
  readonly head: Head;
  readonly format: Format;
  readonly options: FormatOptions;
  readonly entries: readonly Entry[];
}

/** How much is looked at, and how many entries of it. */
const HEAD_BYTES = 256 * 1024;
const SAMPLE_ENTRIES = 400;
const PREVIEW_EVENTS = 20;

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
  return { name: part.member ?? part.name, bytes, text: bytes.toString('utf8'), complete };
}

/** Files that Waybill wrote about data, not data: the simulator's truth lies in the same folder as its logs. */
const OWN_FILE_MARK = '{"waybill":';

/**
 * The first entries of a part; undefined for a file of Waybill's own. Throws `UserError` with code `format-unknown` when no format fits.
 */
export async function samplePart(part: Part): Promise<(Sample & { readonly formatReason: string }) | undefined> {
  const head = await readHead(part);
  if (head.text.startsWith(OWN_FILE_MARK)) return undefined;
  if (head.bytes.length === 0) throw new UserError('file-empty', `${part.name} is empty`, part.name);
  const chosen = chooseFormat(head);
  if (chosen === undefined) {
    throw new UserError(
      'format-unknown',
      `${part.name} is in no format that Waybill knows: it begins with ${JSON.stringify(head.text.slice(0, 40))}`,
      part.name,
    );
  }
  const { format, detection } = chosen;
  return {
    head,
    format,
    options: detection.options,
    entries: await sampleEntries(format, detection.options, head),
    formatReason: detection.reason,
  };
}

class Enough extends Error {}

async function sampleEntries(format: Format, options: FormatOptions, head: Head): Promise<Entry[]> {
  const entries: Entry[] = [];
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield head.bytes;
  };
  try {
    await format.read(once(), options, {
      entry: (entry) => {
        entries.push(entry);
        if (entries.length >= SAMPLE_ENTRIES) throw new Enough();
      },
      // The head ends anywhere: what is damaged is told when the whole part is read.
      reject: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof Enough) && !(error instanceof UserError && entries.length > 0)) throw error;
  }
  return entries;
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
  return understand(sample.entries, context, { profile: plan.profile, userProfile: plan.userProfile }, PLATFORM_PROFILES).mapping;
}

/** A mapper for a part under a mapping: the same for preview and import. */
export function mapperFor(
  part: { readonly name: string; readonly path: string; readonly member: string | undefined },
  formatId: string,
  options: FormatOptions,
  mapping: Mapping,
  textPatterns: readonly TextPattern[],
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
  return {
    format,
    mapper: understand([], context, { profile: mapping.profile, userProfile: undefined }, PLATFORM_PROFILES).compile(context, mapping),
  };
}

/** Runs a mapping over the sample: the first events, and the identifiers for learning text patterns. */
export function previewSample(
  part: Part,
  sample: Sample,
  mapping: Mapping,
  textPatterns: readonly TextPattern[],
): { readonly events: PreviewEvent[]; readonly identifiers: IdentifierSample[] } {
  const { mapper } = mapperFor(part, sample.format.id, sample.options, mapping, textPatterns);
  const draft = new Draft();
  const events: PreviewEvent[] = [];
  const identifiers: IdentifierSample[] = [];
  for (const entry of sample.entries) {
    draft.reset();
    mapper(entry, draft, () => {
      for (let i = 0; i < draft.idValues.length; i++) identifiers.push({ type: draft.idTypes[i]!, value: draft.idValues[i]! });
      if (events.length < PREVIEW_EVENTS) events.push(previewEvent(draft, entry.place.line));
    });
  }
  return { events, identifiers };
}

function previewEvent(draft: Draft, line: number): PreviewEvent {
  return {
    time: Number.isNaN(draft.time) ? undefined : draft.time,
    system: draft.system,
    flow: draft.flow || undefined,
    step: draft.step,
    status: draft.status,
    statusRaw: draft.statusRaw || undefined,
    records: draft.idTypes.map((type, i) => ({ type, key: draft.idValues[i]! })),
    line,
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
