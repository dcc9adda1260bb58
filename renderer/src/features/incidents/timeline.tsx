import type { WireIncidentDetail } from '../../../../src/api/wire.ts';
import type { Severity } from '../../../../src/model/finding.ts';
import { formatTime } from '../../ui/format.ts';
import { useZone } from '../../ui/zone.ts';
import styles from './incidents.module.css';

const WIDTH = 360;
const HEIGHT = 40;

interface TimelineProps {
  readonly timeline: NonNullable<WireIncidentDetail['timeline']>;
  readonly severity: Severity;
}

/** When the findings came, over the time in which the system was logged; those of the same cause that belong to another incident in grey. */
export function Timeline({ timeline, severity }: TimelineProps) {
  const zone = useZone();
  const { counts, others, from, to } = timeline;
  const most = Math.max(1, ...counts.map((count, i) => count + (others[i] ?? 0)));
  const width = WIDTH / counts.length;
  const heightOf = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 2)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <figure className={styles.timeline} data-tone={severity}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${total} findings over the time in which the system was logged, at most ${most} in one of ${counts.length} parts of it`}
      >
        {counts.map((count, i) => {
          const own = heightOf(count);
          const other = heightOf(others[i] ?? 0);
          return (
            <g key={i}>
              <rect x={i * width} width={width - 1} y={HEIGHT - own} height={own} fill="currentColor" />
              <rect x={i * width} width={width - 1} y={HEIGHT - own - other} height={other} className={styles.otherBar} />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={styles.axis} />
      </svg>
      <figcaption>
        <span>{formatTime(from, zone, 'seconds').slice(0, 16)}</span>
        <span>{formatTime(to, zone, 'seconds').slice(0, 16)}</span>
      </figcaption>
    </figure>
  );
}
