import { useReactFlow, useStore, useViewport } from '@xyflow/react';
import { useRef, type PointerEvent } from 'react';
import { cx } from '../../../ui/cx.ts';
import type { Swimlane } from '../layout/types.ts';
import type { GraphModel } from '../model/graph-model.ts';
import { worst } from '../model/finding-order.ts';
import styles from './overview.module.css';

/** How many windows the drawing must fill before it needs a map. */
const MAP_FROM = 1.08;

interface OverviewProps {
  readonly layout: Swimlane;
  readonly model: GraphModel;
  readonly colour: (system: string) => string;
  readonly onTouch: () => void;
}

/**
 * A band below the graph with all of the journey and the part in view, for journeys that do not fit. Stretched to the width of the
 * window, so that a long journey is not a thread; dragging it pans. For pointers only: keys move from card to card.
 */
export function Overview({ layout, model, colour, onTouch }: OverviewProps) {
  const flow = useReactFlow();
  const { x, y, zoom } = useViewport();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const svg = useRef<SVGSVGElement>(null);
  if (width === 0 || layout.width * zoom < width * MAP_FROM) return undefined;

  const pan = (event: PointerEvent): void => {
    if (event.buttons !== 1 || svg.current === null) return;
    const box = svg.current.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * layout.width;
    onTouch();
    void flow.setViewport({ x: width / 2 - at * zoom, y, zoom });
  };
  const nodes = new Map(model.nodes.map((node) => [node.id, node]));
  return (
    <div className={styles.overview}>
      <svg
        ref={svg}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pan(event);
        }}
        onPointerMove={pan}
      >
        {layout.breaks.map((idle) => (
          <rect key={idle.x} className={styles.break} x={idle.x} width={idle.width} y="0" height={layout.height} />
        ))}
        {layout.cards.map((card) => {
          const node = nodes.get(card.id);
          if (node === undefined) return undefined;
          const severity = worst(node.findings) ?? (node.tone === 'critical' ? 'critical' : undefined);
          return (
            <rect
              key={card.id}
              x={card.x}
              y={card.y}
              width={card.width}
              height={card.height}
              style={node.first.absent ? undefined : { fill: colour(node.first.system) }}
              className={
                node.first.absent
                  ? styles.ghost
                  : severity === undefined || severity === 'info'
                    ? styles.card
                    : cx(styles.bad, styles[severity])
              }
            />
          );
        })}
        <rect className={styles.window} x={-x / zoom} y={-y / zoom} width={width / zoom} height={height / zoom} />
      </svg>
    </div>
  );
}
