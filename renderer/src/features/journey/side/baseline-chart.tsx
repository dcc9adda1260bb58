import type { WireBaseline } from '../../../../../src/api/wire.ts';
import type { Severity } from '../../../../../src/model/finding.ts';
import { formatCount, formatMs } from '../../../ui/format.ts';
import { histogram } from '../model/histogram.ts';
import styles from './baseline-chart.module.css';

const WIDTH = 340;
const HEIGHT = 44;

/** What is usual as a small histogram (logarithmic), and where this one stands. */
export function BaselineChart({ baseline, severity }: { readonly baseline: WireBaseline; readonly severity: Severity }) {
  const { bars, at } = histogram(baseline);
  const observed = at(baseline.observedMs);
  const median = at(baseline.medianMs);
  const p95 = at(baseline.p95Ms);
  // Two labels that would touch become one.
  const apart = p95 - median > 0.24;
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Usually ${formatMs(baseline.medianMs)}, 95 % within ${formatMs(baseline.p95Ms)}, over ${formatCount(baseline.observations)} observations; this one ${formatMs(baseline.observedMs)}`}
      >
        {bars.map((bar) => (
          <rect
            key={bar.x}
            className={styles.bar}
            x={bar.x * WIDTH + 0.5}
            width={Math.max(0.5, bar.width * WIDTH - 1)}
            y={HEIGHT - bar.height * (HEIGHT - 6)}
            height={bar.height * (HEIGHT - 6)}
          />
        ))}
        <line className={styles.axis} x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {[median, p95].map((x) => (
          <line key={x} className={styles.quantile} x1={x * WIDTH} x2={x * WIDTH} y1="4" y2={HEIGHT} />
        ))}
        <line
          className={styles.observed}
          data-tone={severity}
          x1={Math.min(WIDTH - 1, observed * WIDTH)}
          x2={Math.min(WIDTH - 1, observed * WIDTH)}
          y1="0"
          y2={HEIGHT}
        />
      </svg>
      <figcaption className={styles.labels} aria-hidden="true">
        <span style={{ left: `${median * 100}%` }}>
          {apart ? `median ${formatMs(baseline.medianMs)}` : `median ${formatMs(baseline.medianMs)} · p95 ${formatMs(baseline.p95Ms)}`}
        </span>
        {apart && <span style={{ left: `${p95 * 100}%` }}>p95 {formatMs(baseline.p95Ms)}</span>}
        <b data-tone={severity} style={{ right: `${Math.min(82, (1 - observed) * 100)}%` }}>
          {formatMs(baseline.observedMs)}
        </b>
      </figcaption>
    </figure>
  );
}
