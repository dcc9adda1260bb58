/** Hands the events of histories on, those of each in the order of their ids. */
interface HistoryOrder<T> {
  add(id: number, event: T): void;
  /** To be called after the last event. */
  end(): void;
}

/** Most events that are held. A Step Functions history ends at 25,000 events, a Temporal history at 51,200. */
const MOST_HELD = 60_000;

/**
 * Histories are written oldest first or newest first; several may follow each other. What an event is about stands in events with lower
 * ids, so those of a falling history are held until its first event, the next history or the end is reached. Rising ones are handed on
 * at once; of a history that does not begin with event 1 the first is held until the second shows the direction.
 */
export function createHistoryOrder<T>(handle: (event: T, id: number) => void): HistoryOrder<T> {
  let held: { readonly id: number; readonly event: T }[] = [];
  let last = Number.NaN;
  let rising = false;

  const flush = (): void => {
    const events = held;
    held = [];
    for (let i = events.length - 1; i >= 0; i--) handle(events[i]!.event, events[i]!.id);
  };
  const begin = (id: number, event: T): void => {
    rising = id === 1;
    if (rising) handle(event, id);
    else held.push({ id, event });
  };

  return {
    add(id, event) {
      const before = last;
      last = id;
      if (held.length === 0) {
        if (rising && id >= before) handle(event, id);
        else begin(id, event);
      } else if (id < before) {
        held.push({ id, event });
        if (id === 1 || held.length >= MOST_HELD) flush();
      } else if (held.length === 1) {
        rising = true;
        flush();
        handle(event, id);
      } else {
        flush();
        begin(id, event);
      }
    },
    end: flush,
  };
}
