import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { cx } from '../../../ui/cx.ts';
import { formatMs } from '../../../ui/format.ts';
import { ToneShape } from '../../../ui/severity-mark.tsx';
import type { GraphEdge } from '../model/graph-model.ts';
import type { HopEdge } from './flow-types.ts';
import styles from './hop-edge.module.css';
import { arrowHead, hopPath } from './hop-path.ts';

/** What a hop says when it is pointed at: how long, what is usual, why it is held to be one. */
export function hopTitle(edge: GraphEdge): string {
  const { hop } = edge;
  const usual =
    hop.usualMs === null
      ? undefined
      : `usually ${formatMs(hop.usualMs.median)}, 95 % within ${formatMs(hop.usualMs.p95)} (${hop.usualMs.observations.toLocaleString('en-GB')} seen)`;
  const took = hop.latencyMs === null ? undefined : `${formatMs(hop.latencyMs)}${edge.count > 1 ? `, the longest of ${edge.count}` : ''}`;
  return [took, usual, hop.why].filter((line) => line !== undefined).join('\n');
}

/** One hop: an orthogonal line that was routed around the cards, with its latency. */
export const HopLine = memo(function HopLine({ data }: EdgeProps<HopEdge>) {
  if (data === undefined) return undefined;
  const { edge, points, label, selected, onOpen } = data;
  const size = edge.late === undefined ? 6 : 7.5;
  const tone = edge.ghost !== undefined ? cx(styles.ghost, styles[edge.ghost]) : edge.late === undefined ? undefined : styles[edge.late];
  return (
    <>
      <g className={cx(styles.hop, tone, selected && styles.selected)}>
        <path className={styles.area} d={hopPath(points, 0)} onClick={() => onOpen(edge)}>
          <title>{hopTitle(edge)}</title>
        </path>
        <path className={styles.line} d={hopPath(points, size - 1)} />
        <path className={styles.head} d={arrowHead(points, size)} />
      </g>
      {label !== undefined && (
        <EdgeLabelRenderer>
          {/* The words are on the line's own label for screen readers; this is for eyes and pointers. */}
          <div
            aria-hidden="true"
            className={cx('nopan', styles.label, edge.late !== undefined && styles.late, tone)}
            style={{ transform: `translate(${label.x}px, ${label.y}px)`, width: label.width, height: label.height }}
            title={hopTitle(edge)}
            onClick={() => onOpen(edge)}
          >
            {edge.late !== undefined && <ToneShape tone={edge.late} size={8} />}
            <span>{edge.label}</span>
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
