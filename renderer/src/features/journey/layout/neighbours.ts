import type { Card, Route } from './types.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

function middle(card: Card): { readonly x: number; readonly y: number } {
  return { x: card.x + card.width / 2, y: card.y + card.height / 2 };
}

function nearest(candidates: readonly Card[], distance: (card: Card) => number): Card | undefined {
  let best: Card | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const card of candidates) {
    const length = distance(card);
    if (length < least) {
      best = card;
      least = length;
    }
  }
  return best;
}

/**
 * The card that an arrow key moves to. Left and right go to the column beside, along a hop where one leads there; up and down
 * go through the cards of the column, then to the nearest card of another lane. Every card can be reached from every other.
 * Undefined at the edge.
 */
export function neighbour(cards: readonly Card[], routes: readonly Route[], from: string, direction: Direction): string | undefined {
  const here = cards.find((card) => card.id === from);
  if (here === undefined) return cards[0]?.id;
  const at = middle(here);
  switch (direction) {
    case 'left':
    case 'right': {
      const column = here.column + (direction === 'right' ? 1 : -1);
      const linked = new Set(
        routes.flatMap((route) =>
          direction === 'right' && route.from === from ? [route.to] : direction === 'left' && route.to === from ? [route.from] : [],
        ),
      );
      const beside = cards.filter((card) => card.column === column);
      const along = beside.filter((card) => linked.has(card.id));
      return nearest(along.length > 0 ? along : beside, (card) => Math.abs(middle(card).y - at.y))?.id;
    }
    case 'up':
    case 'down': {
      const sign = direction === 'down' ? 1 : -1;
      const beyond = cards.filter((card) => sign * (card.y - here.y) > 0);
      const inColumn = beyond.filter((card) => card.column === here.column);
      if (inColumn.length > 0) return nearest(inColumn, (card) => Math.abs(middle(card).y - at.y))?.id;
      return nearest(beyond, (card) => Math.abs(middle(card).x - at.x) + 2 * Math.abs(middle(card).y - at.y))?.id;
    }
  }
}
