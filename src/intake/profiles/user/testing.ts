import type { Part } from '../../containers/types.ts';
import { Draft } from '../../draft.ts';
import type { Mapping } from '../../mapper.ts';
import { Notices, type NoticeCounts } from '../../notices.ts';
import { mapperFor, samplePart, understandSample, type PlanOptions } from '../../plan.ts';
import { formatIso, micros } from '../../../model/time.ts';
import { parseProfile } from './parse.ts';

/** An event in short, for tests. */
export interface ShortEvent {
  readonly time: string | undefined;
  readonly end: string | undefined;
  readonly system: string;
  readonly flow: string;
  readonly step: string;
  readonly status: string;
  readonly statusRaw: string;
  readonly execution: string;
  readonly attempt: number;
  readonly sequence: number;
  readonly error: string;
  readonly kind: string;
  readonly precision: string;
  readonly ids: readonly string[];
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly line: number;
}

export interface ReadSource {
  readonly format: string;
  readonly mapping: Mapping;
  readonly events: readonly ShortEvent[];
  readonly refused: readonly string[];
  /** The bytes of each entry, as the event's place gives them. */
  readonly places: readonly string[];
  readonly notices: NoticeCounts;
}

export const NO_OPTIONS: PlanOptions = { profile: undefined, userProfile: undefined, zone: undefined, system: undefined };

/** A file in memory. */
export function partOf(name: string, text: string): Part {
  const bytes = Buffer.from(text);
  return {
    name,
    path: name,
    member: undefined,
    diskBytes: bytes.length,
    encoding: 'utf-8',
    open: async function* () {
      // Chunks of an odd size, so that entries are cut anywhere.
      for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997);
    },
  };
}

/** Plans and reads a file as an import does, with a profile's YAML. */
export async function readWith(yaml: string | undefined, name: string, text: string, more: Partial<PlanOptions> = {}): Promise<ReadSource> {
  const options: PlanOptions = { ...NO_OPTIONS, userProfile: yaml === undefined ? undefined : parseProfile(yaml, 'test.yaml'), ...more };
  const part = partOf(name, text);
  const sample = await samplePart(part, options);
  if (sample === undefined) throw new Error('a file of Waybill’s own');
  const mapping = understandSample(part, sample, options);
  return { ...(await readMapped(part, sample.format.id, sample.options, mapping)), mapping, format: sample.format.id };
}

/** Reads a file under a mapping, to its end. */
export async function readMapped(
  part: Part,
  formatId: string,
  formatOptions: Parameters<typeof mapperFor>[2],
  mapping: Mapping,
): Promise<Omit<ReadSource, 'mapping' | 'format'>> {
  const notices = new Notices();
  const { format, mapper } = mapperFor(part, formatId, formatOptions, mapping, [], notices);
  const draft = new Draft();
  const events: ShortEvent[] = [];
  const places: string[] = [];
  const refused: string[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of part.open()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  let line = 0;
  let at = '';
  const emit = (): void => {
    events.push(short(draft, line));
    places.push(at);
  };
  await format.read(part.open(), formatOptions, {
    entry: (entry) => {
      line = entry.place.line;
      at = bytes.subarray(entry.place.offset, entry.place.offset + entry.place.length).toString();
      draft.reset();
      const reason = mapper(entry, draft, emit);
      if (reason !== undefined) refused.push(reason);
    },
    reject: (rejection) => refused.push(rejection.reason),
  });
  draft.reset();
  mapper.end?.(draft, emit);
  return { events, refused, places, notices: notices.counts() };
}

function short(draft: Draft, line: number): ShortEvent {
  const iso = (time: number): string | undefined => (Number.isNaN(time) ? undefined : formatIso(micros(time)));
  const { system, flow, step, status, statusRaw, execution, attempt, sequence, error, kind, precision } = draft;
  return {
    time: iso(draft.time),
    end: iso(draft.end),
    system,
    flow,
    step,
    status,
    statusRaw,
    execution: execution === '' ? '' : `${draft.executionType} ${execution}`,
    attempt,
    sequence,
    error,
    kind,
    precision,
    ids: draft.idTypes.map((type, i) => `${type} ${draft.idValues[i]}`),
    attributes: Object.fromEntries(
      draft.attrNames.map((name, i) => [name, Number.isNaN(draft.attrNumbers[i]) ? draft.attrTexts[i]! : draft.attrNumbers[i]!]),
    ),
    line,
  };
}
