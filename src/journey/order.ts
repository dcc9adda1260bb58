import type { Event } from '../model/event.ts';

/** What of an event decides on its place. */
export type Ordered = Pick<Event, 'id' | 'source' | 'entry' | 'time' | 'end' | 'span' | 'records'>;

/**
 * Puts events into the order in which they are read: by time; where times are equal by source and place in it, because a
 * source tells its own events in order (Lamport 1978: order within one process is happened-before). Spans that begin at the
 * same instant come longest first, so that a parent stands before its children. An event without a time stands right behind
 * the timed event that precedes it in its source. Where times are no more than dates, documents stand behind those they cite: what names fewer records comes
 * first, because a document names itself and what was there before it.
 */
export function inOrder<T extends Ordered>(events: readonly T[]): readonly T[] {
  const timed = events.every((event) => event.time !== undefined);
  if (timed) return byCitation(isOrdered(events) ? events : events.toSorted(compareTimed));
  const place = effectiveTimes(events);
  return events.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || compareTies(a, b));
}

/** Dates begin at whole quarters of an hour, whatever their zone. */
const QUARTER = 15 * 60 * 1_000_000;

/** Orders what several sources tell of one date by how many records it names. */
function byCitation<T extends Ordered>(events: readonly T[]): readonly T[] {
  let changed: T[] | undefined;
  for (let from = 0; from < events.length;) {
    const { time } = events[from]!;
    let to = from + 1;
    while (to < events.length && events[to]!.time === time) to++;
    if (to - from > 1 && time! % QUARTER === 0) {
      const run = events.slice(from, to);
      // One source tells its own in order, and a sort keeps what is equal as it was.
      const least = new Map<number, number>();
      for (const { source, records } of run) least.set(source, Math.min(least.get(source) ?? Infinity, records.length));
      if (least.size > 1)
        (changed ??= [...events]).splice(
          from,
          run.length,
          ...run.toSorted((a, b) => least.get(a.source)! - least.get(b.source)! || a.source - b.source),
        );
    }
    from = to;
  }
  return changed ?? events;
}

function isOrdered(events: readonly Ordered[]): boolean {
  for (let i = 1; i < events.length; i++) {
    if (compareTimed(events[i - 1] as Ordered, events[i] as Ordered) > 0) return false;
  }
  return true;
}

function compareTimed(a: Ordered, b: Ordered): number {
  return (a.time as number) - (b.time as number) || compareTies(a, b);
}

function compareTies(a: Ordered, b: Ordered): number {
  if (a.source !== b.source) return a.source - b.source;
  if (a.span !== undefined || b.span !== undefined) {
    const byLength = (b.span === undefined ? -1 : (b.end ?? -1)) - (a.span === undefined ? -1 : (a.end ?? -1));
    if (byLength !== 0) return byLength;
  }
  return a.entry - b.entry || a.id - b.id;
}

function effectiveTimes(events: readonly Ordered[]): Map<Ordered, number> {
  const place = new Map<Ordered, number>();
  const bySource = Map.groupBy(events, (event) => event.source);
  let latest = 0;
  for (const event of events) if (event.time !== undefined && event.time > latest) latest = event.time;
  for (const list of bySource.values()) {
    list.sort((a, b) => a.entry - b.entry || a.id - b.id);
    let last = list.find((event) => event.time !== undefined)?.time ?? latest;
    for (const event of list) {
      if (event.time !== undefined) last = event.time;
      place.set(event, event.time ?? last);
    }
  }
  return place;
}
