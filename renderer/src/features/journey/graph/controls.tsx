import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../../../ui/button.tsx';
import type { Swimlane } from '../layout/types.ts';
import styles from './controls.module.css';
import { motionMs } from './motion.ts';
import { fitView } from './view-box.ts';

/** Zoom buttons. */
export function GraphControls({ layout, onTouch }: { readonly layout: Swimlane; readonly onTouch: () => void }) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const act = (run: () => unknown) => () => {
    onTouch();
    run();
  };
  return (
    <Panel position="bottom-left" className={styles.controls}>
      <IconButton label="Zoom in (+)" size="small" onClick={act(() => flow.zoomIn({ duration: motionMs() }))}>
        <Plus size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Zoom out (−)" size="small" onClick={act(() => flow.zoomOut({ duration: motionMs() }))}>
        <Minus size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Show all (0)"
        size="small"
        onClick={act(() => flow.setViewport(fitView(layout, width, height), { duration: motionMs() }))}
      >
        <Maximize size={14} aria-hidden="true" />
      </IconButton>
    </Panel>
  );
}
