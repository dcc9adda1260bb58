import { useViewport } from '@xyflow/react';
import type { Zone } from '../../../ui/format.ts';
import type { Swimlane } from '../layout/types.ts';
import { axisMarks } from './axis-marks.ts';
import styles from './backdrop.module.css';

interface LayoutProps {
  readonly layout: Swimlane;
}

/** What lies behind the cards and moves with them: lanes, time lines, breaks, the end of the data. */
export function Backdrop({ layout }: LayoutProps) {
  const { x, y, zoom } = useViewport();
  const top = 0;
  const bottom = layout.height;
  return (
    <svg className={styles.backdrop} aria-hidden="true">
      {layout.lanes.map((lane) => (
        <line
          key={lane.system}
          className={styles.border}
          x1="0"
          x2="100%"
          y1={y + (lane.y + lane.height) * zoom}
          y2={y + (lane.y + lane.height) * zoom}
        />
      ))}
      <g transform={`translate(${x} ${y}) scale(${zoom})`}>
        {layout.ticks.map((tick) => (
          <line key={tick.x} className={styles.tick} x1={tick.x} x2={tick.x} y1={top} y2={bottom} />
        ))}
        {layout.breaks.map((idle) => (
          <g key={idle.x}>
            <rect className={styles.break} x={idle.x} width={idle.width} y={top} height={bottom} />
            <path className={styles.cut} d={`M${idle.x} ${top}V${bottom}M${idle.x + idle.width} ${top}V${bottom}`} />
          </g>
        ))}
        {layout.dataEnd !== undefined && <line className={styles.end} x1={layout.dataEnd.x} x2={layout.dataEnd.x} y1={top} y2={bottom} />}
      </g>
    </svg>
  );
}

/** Names of the lanes: they stay while the graph pans sideways. */
export function LaneHeads({ layout, colour }: LayoutProps & { readonly colour: (system: string) => string }) {
  const { y, zoom } = useViewport();
  return (
    <div className={styles.heads} aria-hidden="true">
      {layout.lanes.map((lane) => (
        <div
          key={lane.system}
          className={styles.head}
          style={{ transform: `translateY(${y + lane.y * zoom}px)`, height: lane.height * zoom }}
        >
          <span className={styles.edge} style={{ background: colour(lane.system) }} />
          <span className={styles.system} title={lane.system}>
            {lane.system}
          </span>
        </div>
      ))}
    </div>
  );
}

/** The time axis above the lanes: it pans with the graph and stays on top. */
export function TimeAxis({ layout, zone }: LayoutProps & { readonly zone: Zone }) {
  const { x, zoom } = useViewport();
  const marks = axisMarks(layout, zone, (at) => at * zoom + x);
  return (
    <div className={styles.axis} aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark.key} className={styles[mark.kind]} style={{ transform: `translateX(${mark.x}px)` }} title={mark.title}>
          {mark.text}
        </span>
      ))}
      {layout.ticks.length === 0 && <span className={styles.untimed}>no times: causal order only</span>}
    </div>
  );
}
