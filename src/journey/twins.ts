import type { Event } from '../model/event.ts';

/**
 * The events without those that another source tells again: exports overlap, and the same row then stands in the file of this day and of the next.
 * Such a twin is equal in all that is known, to the microsecond. Equal lines of one source are different events: a source does not repeat itself by
 * mistake. Events must be in order.
 */
export function withoutTwins(events: readonly Event[]): readonly Event[] {
  let kept: Event[] | undefined;
  for (let i = 1; i < events.length; i++) {
    const event = events[i] as Event;
    if (event.time === (events[i - 1] as Event).time && isTwin(events, i)) kept ??= events.slice(0, i);
    else kept?.push(event);
  }
  return kept ?? events;
}

function isTwin(events: readonly Event[], at: number): boolean {
  const event = events[at] as Event;
  // Without content there is nothing to know it by.
  if (event.time === undefined || (event.fingerprint === 0 && event.span === undefined)) return false;
  for (let i = at - 1; i >= 0; i--) {
    const other = events[i] as Event;
    if (other.time !== event.time) return false;
    if (other.source !== event.source && sameToldBy(other, event)) return true;
  }
  return false;
}

function sameToldBy(a: Event, b: Event): boolean {
  return (
    a.step === b.step &&
    a.system === b.system &&
    a.flow === b.flow &&
    a.kind === b.kind &&
    a.end === b.end &&
    a.status === b.status &&
    a.statusRaw === b.statusRaw &&
    a.execution === b.execution &&
    a.span === b.span &&
    a.parentSpan === b.parentSpan &&
    a.attempt === b.attempt &&
    a.error === b.error &&
    a.fingerprint === b.fingerprint
  );
}
