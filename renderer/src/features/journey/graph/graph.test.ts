import { describe, expect, it } from 'vitest';
import { longOrder, troubledOrder } from '../../../../test-support/journeys.ts';
import { layoutSwimlane } from '../layout/swimlane.ts';
import { graphModel } from '../model/graph-model.ts';
import { isoMs } from '../model/iso.ts';
import { axisMarks } from './axis-marks.ts';
import { arrowHead, hopPath } from './hop-path.ts';
import { fitView, revealed, startView } from './view-box.ts';

function layoutOf(make: typeof troubledOrder) {
  const { journey } = make();
  const model = graphModel(journey, 'utc', new Set());
  return layoutSwimlane(model.layoutSteps, model.layoutHops, isoMs(journey.dataEndsAt));
}

describe('axisMarks', () => {
  it('labels breaks and the end of the data before times, and lets none touch', () => {
    for (const zoom of [1, 0.7, 0.5]) {
      const marks = axisMarks(layoutOf(troubledOrder), 'utc', (x) => x * zoom);
      expect(marks.filter((mark) => mark.kind !== 'tick').map((mark) => mark.text)).toEqual(['2 h 58 m', 'data ends 12:45']);
      for (const [index, mark] of marks.entries()) {
        const next = marks[index + 1];
        if (next !== undefined) expect(mark.x + mark.width).toBeLessThan(next.x);
      }
    }
  });
  it('writes the date where days change', () => {
    const texts = axisMarks(layoutOf(longOrder), 'utc', (x) => x).map((mark) => mark.text);
    expect(texts[0]).toBe('05-04 09:12:04');
    expect(texts.some((text) => text.startsWith('05-05 '))).toBe(true);
  });
});

describe('startView', () => {
  it('shows all of a journey that stays readable', () => {
    const layout = layoutOf(troubledOrder);
    const view = startView(layout, 'g1', 1000, 600);
    expect(layout.width * view.zoom + view.x).toBeLessThanOrEqual(1000);
    expect(view.y).toBe(0);
  });
  it('brings the card that matters into the window of a long one', () => {
    const layout = layoutOf(longOrder);
    const card = layout.cards.at(-3);
    const view = startView(layout, card?.id, 700, 400);
    expect((card?.x ?? 0) * view.zoom + view.x).toBeGreaterThan(0);
    expect(((card?.x ?? 0) + (card?.width ?? 0)) * view.zoom + view.x).toBeLessThan(700);
    expect(fitView(layout, 700, 400).zoom).toBeLessThan(view.zoom);
  });
});

describe('the zoom of a journey that does not fit', () => {
  const long = layoutOf(longOrder);
  it('shows all lanes where that leaves it readable', () => {
    const height = long.height * 0.8;
    expect(startView(long, undefined, 700, height).zoom).toBeCloseTo((height - 2) / long.height);
  });
  it('does not shrink in vain', () => {
    expect(startView(long, undefined, 700, long.height * 0.3).zoom).toBe(startView(long, undefined, 700, long.height * 2).zoom);
  });
});

describe('revealed', () => {
  const card = { x: 400, y: 200, width: 100, height: 48 };
  it('moves nothing that is in view', () => {
    const view = { x: -100, y: 0, zoom: 1 };
    expect(revealed(view, card, 800, 500)).toBe(view);
  });
  it('moves just as far as it takes', () => {
    expect(revealed({ x: 0, y: 0, zoom: 1 }, card, 450, 230)).toEqual({ x: -74, y: -42, zoom: 1 });
    expect(revealed({ x: -600, y: -190, zoom: 1 }, card, 450, 230)).toEqual({ x: -376, y: -176, zoom: 1 });
  });
  it('shows no empty space before the first lane and column', () => {
    const first = { x: 0, y: 10, width: 100, height: 48 };
    expect(revealed({ x: -600, y: -190, zoom: 1 }, first, 450, 230)).toEqual({ x: 8, y: 0, zoom: 1 });
  });
});

describe('hopPath', () => {
  it('rounds corners and stops short for the arrow', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 40 },
      { x: 40, y: 40 },
    ];
    expect(hopPath(points, 5)).toBe('M0 0L15 0Q20 0 20 5L20 35Q20 40 25 40L35 40');
    expect(arrowHead(points, 6)).toBe('M40 40L34 36.7L34 43.3Z');
  });
});
