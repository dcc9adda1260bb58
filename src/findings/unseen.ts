import type { JourneyView } from './view.ts';

/** Whether a system's log began after a time (µs): what it did until then may have been done, and is not seen. */
export function isUnseenAt({ coverage }: JourneyView, system: string, time: number): boolean {
  return (coverage.startOf(system) ?? time) > time;
}
