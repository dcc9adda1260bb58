import { MiniMap, Panel, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useCallback } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import type { Swimlane } from '../layout/types.ts';
import styles from './controls.module.css';
import type { CardNode } from './flow-types.ts';
import { fitView } from './view-box.ts';

/** How many windows the drawing must fill before it needs a map. */
const MAP_FROM = 1.8;

interface ControlsProps {
  readonly layout: Swimlane;
  readonly lanes: (system: string) => string;
  readonly onTouch: () => void;
}

/** Zoom buttons, and a map of the whole where the whole does not fit. */
export function GraphControls({ layout, lanes, onTouch }: ControlsProps) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  // A map of what is nearly all in view would only cover it.
  const larger = useStore((state) => layout.width > state.width * MAP_FROM || layout.height > state.height * MAP_FROM);
  const colour = useCallback((node: CardNode) => (node.data.node.first.absent ? 'transparent' : lanes(node.data.node.first.system)), [lanes]);
  const stroke = useCallback((node: CardNode) => (node.data.node.tone === 'critical' ? 'var(--critical)' : 'transparent'), []);
  const act = (run: () => unknown) => () => {
    onTouch();
    run();
  };
  return (
    <>
      <Panel position="bottom-left" className={styles.controls}>
        <IconButton label="Zoom in (+)" size="small" onClick={act(() => flow.zoomIn({ duration: 120 }))}>
          <Plus size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label="Zoom out (−)" size="small" onClick={act(() => flow.zoomOut({ duration: 120 }))}>
          <Minus size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label="Show all (0)" size="small" onClick={act(() => flow.setViewport(fitView(layout, width, height), { duration: 120 }))}>
          <Maximize size={14} aria-hidden="true" />
        </IconButton>
      </Panel>
      {larger && (
        <MiniMap<CardNode> className={styles.map} pannable nodeColor={colour} nodeStrokeColor={stroke} nodeStrokeWidth={24} nodeBorderRadius={12} ariaLabel="Map of the whole journey" style={{ width: 180, height: 84 }} />
      )}
    </>
  );
}
