import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import type { Swimlane } from '../layout/types.ts';
import { startView } from './view-box.ts';

/**
 * Shows the whole journey where that leaves it readable, else its beginning or the card that matters, and again when the
 * window changes, until the user moved the graph.
 */
export function useStartView(
  region: RefObject<HTMLDivElement | null>,
  layout: Swimlane,
  focus: string | undefined,
): { readonly touch: () => void } {
  const flow = useReactFlow();
  const touched = useRef(false);
  const latest = useRef({ layout, focus });
  useEffect(() => {
    latest.current = { layout, focus };
  }, [layout, focus]);
  useEffect(() => {
    const element = region.current;
    if (element === null) return undefined;
    const show = (): void => {
      const { width, height } = element.getBoundingClientRect();
      if (touched.current || width === 0 || height === 0) return;
      void flow.setViewport(startView(latest.current.layout, latest.current.focus, width, height));
    };
    const observer = new ResizeObserver(show);
    observer.observe(element);
    return () => observer.disconnect();
  }, [flow, region]);
  return {
    touch: useCallback(() => {
      touched.current = true;
    }, []),
  };
}
