import type { SystemSpan } from '../../workspace/analysis-reader.ts';

/**
 * The times of one system at which another source may tell the same: up to `head` and from `tail` on (microseconds), and what has no time.
 * What stands between was shown by no other source.
 */
export interface Window {
  readonly head: number;
  readonly tail: number;
}

/** Source → system → when it is shown by another source as well. Sources and systems that stand alone are not in it. */
export type Windows = ReadonlyMap<number, ReadonlyMap<number, Window>>;

/** Whether events of a source that begin between two times may be told by another one; nulls: some have no time. */
export function mayBeShared(windows: Windows, source: number, from: number | null, to: number | null): boolean {
  const systems = windows.get(source);
  if (systems === undefined) return false;
  if (from === null || to === null) return true;
  for (const { head, tail } of systems.values()) if (from <= head || to >= tail) return true;
  return false;
}

/**
 * Finds where sources show the same system over spans that intersect, in one sweep a system over the spans in the order of their beginnings.
 * What has no time may be told by any source that tells something without one.
 */
export function sharedWindows(spans: readonly SystemSpan[]): Windows {
  const windows = new Map<number, Map<number, Window>>();
  const open = (source: number, system: number, window: Window): void => {
    const systems = windows.get(source);
    if (systems === undefined) windows.set(source, new Map([[system, window]]));
    else systems.set(system, window);
  };
  for (const [system, shown] of Map.groupBy(spans, (span) => span.system)) {
    const untimed = shown.filter((span) => span.untimed);
    if (untimed.length > 1) for (const { source } of untimed) open(source, system, { head: -Infinity, tail: Infinity });
    const timed = shown.filter((span) => span.from !== undefined).toSorted((a, b) => a.from! - b.from! || a.source - b.source);
    let reach = -Infinity;
    timed.forEach(({ source, from, to }, i) => {
      const next = timed[i + 1]?.from ?? Infinity;
      const head = reach >= from! ? Math.min(to!, reach) : -Infinity;
      const tail = next <= to! ? next : Infinity;
      if (head !== -Infinity || tail !== Infinity) open(source, system, { head, tail });
      reach = Math.max(reach, to!);
    });
  }
  return windows;
}
