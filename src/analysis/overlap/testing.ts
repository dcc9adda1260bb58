import { EVENT_KINDS, type EventKind } from '../../model/event.ts';
import { statusCode, type Status } from '../../model/status.ts';
import { PRECISIONS, type Precision } from '../../model/time.ts';
import type { SystemSpan } from '../../workspace/analysis-reader.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import { findOverlap, type Overlap } from './find-overlap.ts';
import { sharedWindows } from './windows.ts';

/** An event in the words of a test; small numbers stand for ids. What is left out is not said. */
export interface Told {
  /** Milliseconds. */
  readonly at?: number;
  readonly end?: number;
  readonly precision?: Precision;
  readonly kind?: EventKind;
  readonly system?: number;
  readonly flow?: number;
  readonly step?: number;
  readonly status?: Status;
  readonly run?: number;
  readonly span?: number;
  readonly attempt?: number;
  readonly error?: number;
  readonly records?: readonly number[];
  /** Stands for all attributes. */
  readonly content?: number;
  /** The entry as it stands in the file. */
  readonly text?: string;
}

/** Sources by name, in the order in which they were imported. */
export type Files = Readonly<Record<string, readonly Told[]>>;

export interface Found extends Overlap {
  /** Events that are left out as `file:place`, places from 0, by file and place. */
  readonly left: readonly string[];
  /** What was said of each source that anything was said of. */
  readonly said: Readonly<Record<string, { readonly duplicates: number; readonly updated: number }>>;
}

/** Runs the whole pass over files. Their rank is their name; `imports` says which import brought each, else each came with one of its own. */
export function overlapOf(files: Files, imports: Readonly<Record<string, number>> = {}): Found {
  const names = Object.keys(files);
  const batches: ReturnType<typeof batchOf>[] = [];
  const spans: SystemSpan[] = [];
  const texts = new Map<number, readonly Told[]>();
  let firstEvent = 1;
  names.forEach((name, i) => {
    const told = files[name]!;
    texts.set(i + 1, told);
    batches.push(batchOf(told, i + 1, firstEvent));
    spans.push(...spansOf(told, i + 1));
    firstEvent += told.length;
  });
  const overlap = findOverlap({
    windows: sharedWindows(spans),
    batches,
    end: firstEvent,
    rank: new Map(names.toSorted().map((name, rank) => [names.indexOf(name) + 1, rank])),
    revision: new Map(names.map((name, i) => [i + 1, imports[name] ?? i + 1])),
    bytesAt: (source, offset) => new TextEncoder().encode(texts.get(source)![offset]!.text ?? ''),
    mentionsOf: (event) => Uint32Array.from(batches.findLast((batch) => batch.firstEvent <= event)!.identifierOf(event)),
  });
  const left = batches.flatMap((batch, i) =>
    Array.from({ length: batch.count }, (_, place) => place)
      .filter((place) => overlap.shadow.has(batch.firstEvent + place))
      .map((place) => `${names[i]!}:${place}`),
  );
  return {
    ...overlap,
    left: left.sort(),
    said: Object.fromEntries([...overlap.sources].map(([source, said]) => [names[source - 1]!, said])),
  };
}

function spansOf(told: readonly Told[], source: number): SystemSpan[] {
  return [...Map.groupBy(told, (line) => line.system ?? 1)].map(([system, lines]) => {
    const times = lines.flatMap((line) => (line.at === undefined ? [] : [line.at * 1000, (line.end ?? line.at) * 1000]));
    const from = times.length === 0 ? undefined : Math.min(...times);
    const to = from === undefined ? undefined : Math.max(...times);
    return { source, system, from, to, untimed: lines.some((line) => line.at === undefined) };
  });
}

/** Events as a batch as it is stored. */
export function batchOf(
  told: readonly Told[],
  source: number,
  firstEvent: number,
): ColumnBatch & { identifierOf(event: number): readonly number[] } {
  const doubles = (value: (line: Told, place: number) => number): Float64Array => Float64Array.from(told, value);
  const ids = (value: (line: Told) => number | undefined): Uint32Array => Uint32Array.from(told, (line) => value(line) ?? 0);
  const records = told.map((line) => line.records ?? []);
  const nothing = new Uint32Array(told.length);
  const starts = new Uint32Array(told.length + 1);
  records.forEach((list, i) => (starts[i + 1] = starts[i]! + list.length));
  return {
    count: told.length,
    firstEvent,
    source,
    time: doubles((line) => (line.at === undefined ? Number.NaN : line.at * 1000)),
    end: doubles((line) => (line.end === undefined ? Number.NaN : line.end * 1000)),
    span: doubles((line) => line.span ?? 0),
    parentSpan: doubles(() => 0),
    fingerprint: doubles((line) => line.content ?? (line.records === undefined ? 0 : 7)),
    offset: doubles((_, place) => place),
    attrNumber: new Float64Array(0),
    entry: nothing,
    line: nothing,
    length: ids((line) => line.text?.length ?? 1),
    system: ids((line) => line.system ?? 1),
    flow: ids((line) => line.flow),
    step: ids((line) => line.step ?? 1),
    statusRaw: nothing,
    execution: ids((line) => line.run),
    parentExecution: nothing,
    error: ids((line) => line.error),
    idStart: starts,
    identifier: Uint32Array.from(records.flat()),
    idPath: Uint32Array.from(records.flat(), () => 1),
    attrStart: new Uint32Array(told.length + 1),
    attrName: new Uint32Array(0),
    attrText: new Uint32Array(0),
    attempt: Uint16Array.from(told, (line) => line.attempt ?? 0),
    status: Uint8Array.from(told, (line) => statusCode(line.status ?? 'succeeded')),
    kind: Uint8Array.from(told, (line) => EVENT_KINDS.indexOf(line.kind ?? 'step')),
    precision: Uint8Array.from(told, (line) => PRECISIONS.indexOf(line.precision ?? 'millisecond')),
    identifierOf: (event) => records[event - firstEvent]!,
  };
}
