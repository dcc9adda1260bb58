/** Rows by which a range in view is widened and rounded, so that it changes with every few dozen rows and not with each. */
export const RANGE_STEP = 50;

/** First and last row, inclusive. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The range in view, widened by at least one step on both sides and rounded to steps. */
export function widened(first: number, last: number): RowRange {
  return {
    first: Math.max(0, Math.floor(first / RANGE_STEP) * RANGE_STEP - RANGE_STEP),
    last: (Math.floor(Math.max(0, last) / RANGE_STEP) + 2) * RANGE_STEP - 1,
  };
}

/** The pages that hold the rows `first`..`last` (inclusive), in order. Empty when the range is. */
export function pagesFor(first: number, last: number, size: number): readonly number[] {
  if (last < first || last < 0) return [];
  const from = Math.floor(Math.max(0, first) / size);
  const to = Math.floor(last / size);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
