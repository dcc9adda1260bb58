/** The pages that hold the rows `first`..`last` (inclusive), in order. Empty when the range is. */
export function pagesFor(first: number, last: number, size: number): readonly number[] {
  if (last < first || last < 0) return [];
  const from = Math.floor(Math.max(0, first) / size);
  const to = Math.floor(last / size);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
