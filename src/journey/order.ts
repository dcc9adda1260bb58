import type { Event } from '../model/event.ts';

/**
 * Puts events into the order in which they are read: by time; where times are equal by source and place in it, because a
 * source tells its own events in order (Lamport 1978: order within one process is happened-before). Spans that begin at the
 * same instant come longest first, so that a parent stands before its children. An event without a time stands right behind
 * the timed event that precedes it in its source.
 */
export function inOrder(events: readonly Event[]): readonly Event[] {
  const timed = events.every((event) => event.time !== undefined);
  if (timed) return isOrdered(events) ? events : events.toSorted(compareTimed);
  const place = effectiveTimes(events);
  return events.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || compareTies(a, b));
}

function isOrdered(events: readonly Event[]): boolean {
  for (let i = 1; i < events.length; i++) {
    if (compareTimed(events[i - 1] as Event, events[i] as Event) > 0) return false;
  }
  return true;
}

function compareTimed(a: Event, b: Event): number {
  return (a.time as number) - (b.time as number) || compareTies(a, b);
}

function compareTies(a: Event, b: Event): number {
  if (a.source !== b.source) return a.source - b.source;
  if (a.span !== undefined || b.span !== undefined) {
    const byLength = (b.span === undefined ? -1 : (b.end ?? -1)) - (a.span === undefined ? -1 : (a.end ?? -1));
    if (byLength !== 0) return byLength;
  }
  return a.entry - b.entry || a.id - b.id;
}

function effectiveTimes(events: readonly Event[]): Map<Event, number> {
  const place = new Map<Event, number>();
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
