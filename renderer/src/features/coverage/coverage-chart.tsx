import type { CSSProperties } from 'react';
import { formatSpan, plural } from '../../ui/format.ts';
import { useSystemColour } from '../../ui/system-colour.tsx';
import { useZone } from '../../ui/zone.ts';
import { axisTicks, shareOf } from './axis.ts';
import styles from './coverage-chart.module.css';
import { extent } from './lanes.ts';
import type { Lane } from './lanes.ts';
import { LaneTrack } from './lane-track.tsx';

interface CoverageChartProps {
  readonly lanes: readonly Lane[];
  /** Ticks at most. */
  readonly ticks?: number;
  /** Width of the names in pixels. */
  readonly nameWidth?: number;
}

/** More lanes than this are counted, not drawn. */
const MOST_LANES = 60;

/**
 * Which system was logged over which time: one lane each on a common axis. What lies before, between and after its bars is hatched: there
 * nothing is known, and absence proves nothing.
 */
export function CoverageChart({ lanes, ticks: most = 7, nameWidth = 140 }: CoverageChartProps) {
  const colourOf = useSystemColour();
  const zone = useZone();
  const whole = extent(lanes.flatMap((lane) => lane.spans));
  if (whole === undefined) return undefined;
  const ticks = axisTicks(whole.from, whole.to, most, zone);
  const width: CSSProperties & Record<`--${string}`, string> = { '--name': `${nameWidth}px` };
  const iso = (at: number): string => new Date(at).toISOString();
  return (
    <div className={styles.chart} style={width}>
      <div className={styles.axis} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} style={{ left: `${shareOf(tick.at, whole.from, whole.to) * 100}%` }}>
            {tick.label}
          </span>
        ))}
      </div>
      <ul className={styles.rows}>
        {lanes.slice(0, MOST_LANES).map((lane) => {
          const spans = lane.spans.map((span) => formatSpan(iso(span.from), iso(span.to), zone));
          const holes = lane.spans.length - 1;
          return (
            <li
              key={lane.name}
              className={styles.row}
              title={`${lane.name}\n${lane.clock === undefined ? '' : `${lane.clock.text}\n`}${spans.slice(0, 12).join('\n')}${spans.length > 12 ? '\n…' : ''}`}
            >
              <span data-clip="">
                {lane.name}
                {lane.clock !== undefined && <span className={styles.clock}> {lane.clock.short}</span>}
                {holes > 0 && <span className={styles.holes}> {plural(holes, 'gap')}</span>}
              </span>
              <span className={styles.track}>
                {ticks.map((tick) => (
                  <i key={tick.at} style={{ left: `${tick.share * 100}%` }} />
                ))}
                <LaneTrack spans={lane.spans} whole={whole} colour={colourOf(lane.system)} />
              </span>
              <span data-visually-hidden="">
                {[lane.clock?.text, ...spans.slice(0, 12)].filter((text) => text !== undefined).join('; ')}
              </span>
            </li>
          );
        })}
      </ul>
      {lanes.length > MOST_LANES && <p className={styles.rest}>and {lanes.length - MOST_LANES} more</p>}
    </div>
  );
}
