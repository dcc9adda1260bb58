import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/**
 * Puts the focus on the page when the element that had it left with the page before: otherwise keys and screen readers would start over
 * at the top of the window. A focus that is still somewhere is left alone, and so is the first page, which begins at the top.
 */
export function useKeptFocus(): void {
  const place = useRouterState({ select: (state) => state.resolvedLocation?.href });
  const before = useRef(place);
  useEffect(() => {
    const isFirst = before.current === undefined;
    before.current = place;
    if (isFirst) return undefined;
    // A frame later the new page is there, and has taken the focus itself where it knows a better place.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [place]);
}
