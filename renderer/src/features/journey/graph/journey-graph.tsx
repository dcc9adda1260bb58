import '@xyflow/react/dist/base.css';
import { ReactFlow, ReactFlowProvider, useReactFlow, useStore, type NodeHandle } from '@xyflow/react';
import { Position } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { WireJourney } from '../../../../../src/api/wire.ts';
import { useSystemColour } from '../../../ui/system-colour.tsx';
import { useZone } from '../../../ui/zone.ts';
import { layoutSwimlane } from '../layout/swimlane.ts';
import type { Swimlane } from '../layout/types.ts';
import { worstStep } from '../model/finding-order.ts';
import { graphModel, type GraphEdge, type GraphModel } from '../model/graph-model.ts';
import { isoMs } from '../model/iso.ts';
import { useSelection } from '../selection.ts';
import { Backdrop, LaneHeads, TimeAxis } from './backdrop.tsx';
import { GraphControls } from './controls.tsx';
import type { CardNode, HopEdge } from './flow-types.ts';
import { HopLine, hopTitle } from './hop-edge.tsx';
import styles from './journey-graph.module.css';
import { motionMs } from './motion.ts';
import { Overview } from './overview.tsx';
import { StepCard } from './step-card.tsx';
import { useGraphKeys } from './use-graph-keys.ts';
import { useStartView } from './use-start-view.ts';
import { revealed } from './view-box.ts';

const NODE_TYPES = { card: StepCard };
const EDGE_TYPES = { hop: HopLine };
const MIN_ZOOM = 0.1;
const MAX_ZOOM = 2;

/** The graph of a journey: a lane per system, causal time along them. */
export function JourneyGraph({ journey }: { readonly journey: WireJourney }) {
  const zone = useZone();
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const model = useMemo(() => graphModel(journey, zone, expanded), [journey, zone, expanded]);
  const layout = useMemo(() => layoutSwimlane(model.layoutSteps, model.layoutHops, isoMs(journey.dataEndsAt)), [model, journey.dataEndsAt]);
  const expand = useCallback((id: string) => setExpanded((set) => new Set([...set, id])), []);
  return (
    <ReactFlowProvider>
      <Canvas journey={journey} model={model} layout={layout} onExpand={expand} />
    </ReactFlowProvider>
  );
}

interface CanvasProps {
  readonly journey: WireJourney;
  readonly model: GraphModel;
  readonly layout: Swimlane;
  readonly onExpand: (id: string) => void;
}

function handles(width: number, height: number): NodeHandle[] {
  return [
    { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
    { type: 'source', position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
  ];
}

/** Far out there is no room for all that a card says: name only, then blocks. */
function detailLevel(zoom: number): 'full' | 'name' | 'block' {
  return zoom >= 0.62 ? 'full' : zoom >= 0.34 ? 'name' : 'block';
}

function Canvas({ journey, model, layout, onExpand }: CanvasProps) {
  const colour = useSystemColour();
  const zone = useZone();
  const selection = useSelection();
  const lod = useStore((state) => detailLevel(state.transform[2]));
  const region = useRef<HTMLDivElement>(null);
  const flow = useReactFlow<CardNode, HopEdge>();
  const { selectStep, selectFinding, clear } = selection;
  const finding = journey.findings.find((one) => one.id === selection.finding);
  const selected = selection.step === undefined ? undefined : model.nodeOf.get(selection.step);
  const concerned = useMemo(() => new Set((finding?.steps ?? []).map((id) => model.nodeOf.get(id) ?? id)), [finding, model]);
  const worst = worstStep(journey);
  const { touch } = useStartView(region, layout, selected ?? (worst === undefined ? undefined : model.nodeOf.get(worst.id)));
  const keys = useGraphKeys(region, model, layout, selected, { onExpand, onTouch: touch });

  const openEdge = useCallback(
    (edge: GraphEdge) => {
      if (edge.finding !== undefined) selectFinding(edge.finding);
      else selectStep(edge.hop.to);
    },
    [selectFinding, selectStep],
  );

  const nodes = useMemo(() => {
    const byId = new Map(model.nodes.map((node) => [node.id, node]));
    return layout.cards.flatMap((card): CardNode[] => {
      const node = byId.get(card.id);
      if (node === undefined) return [];
      return [
        {
          id: card.id,
          type: 'card',
          position: { x: card.x, y: card.y },
          width: card.width,
          height: card.height,
          handles: handles(card.width, card.height),
          data: {
            node,
            colour: colour(node.first.system),
            selected: card.id === selected,
            concerned: concerned.has(card.id),
            entry: card.id === (keys.entry ?? layout.cards[0]?.id),
            onOpen: selectStep,
            onExpand,
          },
        },
      ];
    });
  }, [model, layout, colour, selected, concerned, keys.entry, selectStep, onExpand]);

  const edges = useMemo(() => {
    const byId = new Map(model.edges.map((edge) => [edge.id, edge]));
    const names = new Map(model.nodes.map((node) => [node.id, `${node.first.system} ${node.name}`]));
    const drawn = layout.routes.flatMap((route): HopEdge[] => {
      const edge = byId.get(route.id);
      if (edge === undefined) return [];
      return [
        {
          id: route.id,
          type: 'hop',
          source: route.from,
          target: route.to,
          ariaLabel: `${names.get(route.from) ?? ''} to ${names.get(route.to) ?? ''}, ${hopTitle(edge).replaceAll('\n', ', ')}`,
          data: {
            edge,
            points: route.points,
            label: route.label,
            selected: edge.finding !== undefined && edge.finding.id === selection.finding,
            onOpen: openEdge,
          },
        },
      ];
    });
    // What is late lies over what is not.
    return drawn.toSorted((a, b) => Number(a.data?.edge.late !== undefined) - Number(b.data?.edge.late !== undefined));
  }, [model, layout, selection.finding, openEdge]);

  useRevealSelected(flow, layout, selected, region);

  return (
    <div className={styles.graph} data-lod={lod}>
      <div className={styles.corner} />
      <TimeAxis layout={layout} zone={zone} />
      <LaneHeads layout={layout} colour={colour} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are for the cards inside, which are buttons */}
      <div
        ref={region}
        className={styles.canvas}
        role="group"
        aria-label={`Graph of ${journey.record.type} ${journey.record.key}: ${model.nodes.length} cards in ${layout.lanes.length} lanes. Arrow keys move between cards.`}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
      >
        <Backdrop layout={layout} />
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          autoPanOnNodeFocus={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          proOptions={{ hideAttribution: true }}
          onPaneClick={clear}
          onMoveStart={(event) => {
            if (event !== null) touch();
          }}
        >
          <GraphControls layout={layout} onTouch={touch} />
        </ReactFlow>
      </div>
      <Overview layout={layout} model={model} colour={colour} onTouch={touch} />
      <div data-visually-hidden="" role="status" aria-live="polite">
        {keys.spoken}
      </div>
    </div>
  );
}

/** Pans just as far as needed when a card outside of the window is selected elsewhere on the page. */
function useRevealSelected(
  flow: ReturnType<typeof useReactFlow<CardNode, HopEdge>>,
  layout: Swimlane,
  selected: string | undefined,
  region: React.RefObject<HTMLDivElement | null>,
): void {
  useEffect(() => {
    const card = layout.cards.find((one) => one.id === selected);
    const box = region.current?.getBoundingClientRect();
    if (card === undefined || box === undefined) return;
    const view = flow.getViewport();
    const next = revealed(view, card, box.width, box.height);
    if (next !== view) void flow.setViewport(next, { duration: motionMs() });
  }, [flow, layout, selected, region]);
}
