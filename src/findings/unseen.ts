import type { JourneyView } from './view.ts';

/** Whether a step that was due since a time (µs) may have come before its system's log began: what is seen of it then need not be the first. */
export function mayHaveComeUnseen({ coverage }: JourneyView, system: string, since: number): boolean {
  return (coverage.startOf(system) ?? since) > since;
}
