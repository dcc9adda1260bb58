import type { Box, Swimlane } from '../layout/types.ts';

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Below this zoom, text of a card is too small to read without effort. */
const READABLE = 0.72;
/** Where not all can be shown anyway: small enough for context, large enough to read. */
const COMFORTABLE = 0.9;
const PADDING = 8;
/** A short journey may fill a large window, but not shout. */
const LARGEST = 1.2;

/** The view that shows all of it, whatever zoom that takes. */
export function fitView(layout: Swimlane, width: number, height: number): View {
  const zoom = Math.max(0.1, Math.min(LARGEST, (width - 2 * PADDING) / layout.width, (height - 2) / layout.height));
  return { x: PADDING, y: Math.min(0, (height - layout.height * zoom) / 2), zoom };
}

/**
 * The first view of a journey: all of it where it stays readable; else at a readable zoom, with the card that matters in the
 * window and as much before it as fits.
 */
export function startView(layout: Swimlane, focus: string | undefined, width: number, height: number): View {
  const all = fitView(layout, width, height);
  if (all.zoom >= READABLE) return { ...all, y: 0 };
  // All lanes at once, where a little less zoom does it; where it does not, nothing is won by small letters.
  const lanes = (height - 2) / layout.height;
  const zoom = lanes < READABLE ? COMFORTABLE : Math.min(COMFORTABLE, lanes);
  const card = layout.cards.find((one) => one.id === focus);
  if (card === undefined) return { x: PADDING, y: 0, zoom };
  const right = (card.x + card.width) * zoom;
  const bottom = (card.y + card.height) * zoom;
  return {
    x: right <= width - PADDING * 3 ? PADDING : Math.max(width - PADDING - layout.width * zoom, width * 0.76 - right),
    y: bottom <= height - PADDING ? 0 : Math.max(height - layout.height * zoom, height * 0.6 - bottom),
    zoom,
  };
}

/** Free space in px around a card that is brought into view. */
const MARGIN = 24;

/**
 * The view in which a card is seen whole, moved just as far as that takes: nothing jumps, and the empty space before the first lane and
 * the first column stays out of sight. The same object when nothing has to move.
 */
export function revealed(view: View, card: Box, width: number, height: number): View {
  const { x, y, zoom } = view;
  const dx = shift(card.x * zoom + x, (card.x + card.width) * zoom + x, width, PADDING - x);
  const dy = shift(card.y * zoom + y, (card.y + card.height) * zoom + y, height, -y);
  return dx === 0 && dy === 0 ? view : { x: x + dx, y: y + dy, zoom };
}

/** How far to move along one axis; `most` is where the beginning of the drawing comes into view. */
function shift(low: number, high: number, room: number, most: number): number {
  if (low < MARGIN) return Math.max(0, Math.min(MARGIN - low, most));
  return high > room - MARGIN ? Math.max(MARGIN - low, room - MARGIN - high) : 0;
}
