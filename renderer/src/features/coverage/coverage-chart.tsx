import type { CSSProperties } from 'react';
import { formatSpan } from '../../ui/format.ts';
import { useSystemColour } from '../../ui/system-colour.tsx';
import { useZone } from '../../ui/zone.ts';
import { axisTicks, shareOf } from './axis.ts';
import styles from './coverage-chart.module.css';

interface Bar {
  readonly name: string;
  /** The system whose colour it has. */
  readonly system: string;
  readonly from: string;
  readonly to: string;
}

interface CoverageChartProps {
  readonly bars: readonly Bar[];
  /** Ticks at most. */
  readonly ticks?: number;
  /** Width of the names in pixels. */
  readonly nameWidth?: number;
}

/** More bars than this are counted, not drawn. */
const MOST_BARS = 60;

/**
 * Which system was logged over which time: one bar each on a common axis. What lies before and after a bar is hatched: there
 * nothing is known, and absence proves nothing.
 */
export function CoverageChart({ bars, ticks: most = 7, nameWidth = 140 }: CoverageChartProps) {
  const colourOf = useSystemColour();
  const zone = useZone();
  const from = Math.min(...bars.map((bar) => Date.parse(bar.from)));
  const to = Math.max(...bars.map((bar) => Date.parse(bar.to)));
  const ticks = axisTicks(from, to, most, zone);
  const width: CSSProperties & Record<`--${string}`, string> = { '--name': `${nameWidth}px` };
  return (
    <div className={styles.chart} style={width}>
      <div className={styles.axis} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} style={{ left: `${tick.share * 100}%` }}>
            {tick.label}
          </span>
        ))}
      </div>
      <ul className={styles.rows}>
        {bars.slice(0, MOST_BARS).map((bar) => {
          const left = shareOf(Date.parse(bar.from), from, to) * 100;
          const right = shareOf(Date.parse(bar.to), from, to) * 100;
          const span = formatSpan(bar.from, bar.to, zone);
          return (
            <li key={`${bar.name} ${bar.from}`} className={styles.row} title={`${bar.name}: ${span}`}>
              <span data-clip="">{bar.name}</span>
              <span className={styles.track}>
                {ticks.map((tick) => (
                  <i key={tick.at} style={{ left: `${tick.share * 100}%` }} />
                ))}
                <b style={{ left: `${left}%`, width: `max(2px, ${right - left}%)`, background: colourOf(bar.system) }} />
              </span>
              <span data-visually-hidden="">{span}</span>
            </li>
          );
        })}
      </ul>
      {bars.length > MOST_BARS && <p className={styles.rest}>and {bars.length - MOST_BARS} more</p>}
    </div>
  );
}
