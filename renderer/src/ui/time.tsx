import { formatMs, formatTime } from './format.ts';
import type { TimeStyle } from './format.ts';
import { useZone } from './zone.ts';

/** A point in time in the chosen zone; the exact ISO text as title and `dateTime`. A dash where there is none. */
export function Time({ at, style = 'seconds' }: { readonly at: string | null | undefined; readonly style?: TimeStyle }) {
  const zone = useZone();
  if (at === null || at === undefined) return <span>–</span>;
  return (
    <time dateTime={at} title={at}>
      {formatTime(at, zone, style)}
    </time>
  );
}

/** A duration in milliseconds, two units at most; the exact number as title. */
export function Duration({ ms }: { readonly ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <span>–</span>;
  return <span title={`${ms} ms`}>{formatMs(ms)}</span>;
}
