import { shareOf } from './axis.ts';
import type { Span } from './lanes.ts';
import styles from './lane-track.module.css';

interface LaneTrackProps {
  readonly spans: readonly Span[];
  /** What the whole width stands for. */
  readonly whole: Span;
  readonly colour: string;
}

/** Bars where something was logged; what is not covered is hatched. Fills its parent, which must be positioned. */
export function LaneTrack({ spans, whole, colour }: LaneTrackProps) {
  return (
    <span className={styles.lane}>
      {spans.map((span) => {
        const left = shareOf(span.from, whole.from, whole.to) * 100;
        const right = shareOf(span.to, whole.from, whole.to) * 100;
        return <b key={span.from} style={{ left: `${left}%`, width: `max(2px, ${right - left}%)`, background: colour }} />;
      })}
    </span>
  );
}
