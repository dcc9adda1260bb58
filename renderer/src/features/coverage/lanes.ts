import type { WireClock, WireSource } from '../../../../src/api/wire.ts';
import { formatMs } from '../../ui/format.ts';

/** A stretch of time that was logged, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What was logged of one thing over time; between the spans nothing is known. */
export interface Lane {
  readonly name: string;
  /** The system whose colour it has. */
  readonly system: string;
  readonly spans: readonly Span[];
  /** What is to be known of its clock, in a few words, and in a sentence. */
  readonly clock?: { readonly short: string; readonly text: string };
}

/** A hole that is smaller than this share of the whole time is not worth showing: it would be thinner than a pixel. */
const SMALLEST_GAP = 1 / 2000;

/** Spans in order, those that touch or overlap (or nearly: see `slack`, in milliseconds) joined. */
export function joinSpans(spans: readonly Span[], slack = 0): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to + slack) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

/** The time a source covers; undefined when none of its events has a time. */
export function spanOf(source: Pick<WireSource, 'coverage'>): Span | undefined {
  return source.coverage === null ? undefined : { from: Date.parse(source.coverage.from), to: Date.parse(source.coverage.to) };
}

/** From the first to the last moment of all lanes; undefined when there are none. */
export function extent(spans: readonly Span[]): Span | undefined {
  if (spans.length === 0) return undefined;
  return spans.reduce((all, span) => ({ from: Math.min(all.from, span.from), to: Math.max(all.to, span.to) }));
}

/** One lane a system: the time its sources cover together, with the holes between them. In alphabetical order. */
export function systemLanes(
  sources: readonly (Pick<WireSource, 'coverage' | 'system' | 'systems'> & Partial<Pick<WireSource, 'clocks'>>)[],
): readonly Lane[] {
  const clocks = new Map(sources.flatMap((source) => (source.clocks ?? []).map((clock) => [clock.system, clock] as const)));
  const bySystem = new Map<string, Span[]>();
  for (const source of sources) {
    const span = spanOf(source);
    if (span === undefined) continue;
    const systems = source.systems.length > 0 ? source.systems : source.system === null ? [] : [source.system];
    for (const system of systems) {
      const spans = bySystem.get(system);
      if (spans === undefined) bySystem.set(system, [span]);
      else spans.push(span);
    }
  }
  const whole = extent([...bySystem.values()].flat());
  const slack = whole === undefined ? 0 : (whole.to - whole.from) * SMALLEST_GAP;
  return [...bySystem]
    .map(([system, spans]): Lane => {
      const lane = { name: system, system, spans: joinSpans(spans, slack) };
      const clock = clocks.get(system);
      return clock === undefined ? lane : { ...lane, clock: { short: clockShort(clock), text: clock.text } };
    })
    .toSorted((a, b) => compareNames(a.name, b.name));
}

function clockShort({ verdict, offsetMs }: WireClock): string {
  return verdict === 'unclear' ? 'clock unclear' : `${formatMs(Math.abs(offsetMs))} ${offsetMs < 0 ? 'behind' : 'ahead'}`;
}

const NAMES = new Intl.Collator('en', { numeric: true });

/** The order of names in a list: letters of either case side by side, numbers by their value. */
function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b) || (a < b ? -1 : 1);
}

/** Systems in the order of their names. */
export function byName<T extends { readonly system: string }>(systems: readonly T[]): readonly T[] {
  return systems.toSorted((a, b) => compareNames(a.system, b.system));
}
