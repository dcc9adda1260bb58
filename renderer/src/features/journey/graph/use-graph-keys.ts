import { useReactFlow } from '@xyflow/react';
import { useCallback, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import { neighbour, type Direction } from '../layout/neighbours.ts';
import type { Swimlane } from '../layout/types.ts';
import type { GraphModel } from '../model/graph-model.ts';
import { useSelection } from '../selection.ts';
import { motionMs } from './motion.ts';
import { fitView, revealed } from './view-box.ts';

const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

interface Actions {
  readonly onExpand: (id: string) => void;
  /** The user moved the view: it is theirs from now on. */
  readonly onTouch: () => void;
}

interface GraphKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  /** The card that Tab enters at: the last focused one, else the selected one. */
  readonly entry: string | undefined;
  /** What a screen reader should say now. */
  readonly spoken: string;
}

/** Moves the focus between cards, zooms, opens and clears, all by keys. */
export function useGraphKeys(
  region: RefObject<HTMLDivElement | null>,
  model: GraphModel,
  layout: Swimlane,
  selected: string | undefined,
  { onExpand, onTouch }: Actions,
): GraphKeys {
  const flow = useReactFlow();
  const { selectStep, clear } = useSelection();
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const known = model.nodes.some((node) => node.id === focused) ? focused : undefined;

  const focus = useCallback(
    (id: string) => {
      const card = layout.cards.find((one) => one.id === id);
      const element = region.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
      const box = region.current?.getBoundingClientRect();
      if (card === undefined || element === null || element === undefined || box === undefined) return;
      element.focus({ preventScroll: true });
      const view = flow.getViewport();
      const next = revealed(view, card, box.width, box.height);
      if (next !== view) {
        onTouch();
        void flow.setViewport(next, { duration: motionMs() });
      }
    },
    [flow, layout, region, onTouch],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    const here = (event.target as HTMLElement).dataset['card'];
    if (direction !== undefined) {
      const next =
        here === undefined ? (known ?? selected ?? layout.cards[0]?.id) : neighbour(layout.cards, layout.routes, here, direction);
      if (next !== undefined) focus(next);
    } else if (event.key === 'Home' || event.key === 'End') {
      const next = layout.cards.at(event.key === 'Home' ? 0 : -1)?.id;
      if (next !== undefined) focus(next);
    } else if ((event.key === 'Enter' || event.key === ' ') && here !== undefined) {
      selectStep(here);
    } else if (event.key === 'e' && here !== undefined) {
      onExpand(here);
    } else if (event.key === 'Escape') {
      clear();
    } else if (event.key === '+' || event.key === '=') {
      onTouch();
      void flow.zoomIn({ duration: motionMs() });
    } else if (event.key === '-') {
      onTouch();
      void flow.zoomOut({ duration: motionMs() });
    } else if (event.key === '0') {
      const box = region.current?.getBoundingClientRect();
      if (box !== undefined) void flow.setViewport(fitView(layout, box.width, box.height), { duration: motionMs() });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onFocus = (event: FocusEvent): void => {
    const id = (event.target as HTMLElement).dataset['card'];
    if (id !== undefined) setFocused(id);
  };

  const spoken = model.nodes.find((node) => node.id === known)?.spoken ?? '';
  return { onKeyDown, onFocus, entry: known ?? selected, spoken };
}
