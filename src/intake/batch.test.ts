import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchBuilder, type EventBatch } from './batch.ts';
import { Draft } from './draft.ts';

const text = fc.constantFrom('', 'a', 'b', 'SO-1');
const row = fc.record({
  system: text,
  step: text,
  error: text,
  execution: text,
  span: text,
  time: fc.constantFrom(Number.NaN, 1, 2),
  attempt: fc.nat(3),
  ids: fc.array(fc.tuple(text, text), { maxLength: 3 }),
  attributes: fc.array(fc.tuple(text, text, fc.constantFrom(Number.NaN, 7)), { maxLength: 3 }),
});

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function fill(builder: BatchBuilder, rows: readonly Row[]): EventBatch {
  const draft = new Draft();
  rows.forEach(({ ids, attributes, ...values }, i) => {
    draft.reset();
    Object.assign(draft, values);
    for (const [type, value] of ids) draft.identifier(type, value, 'path');
    for (const [name, value, number] of attributes) draft.attribute(name, value, number);
    builder.add(draft, { line: i + 1, offset: 10 * i, length: 9 }, i);
  });
  return builder.take();
}

/** What stands in the rows of a batch; its columns may be longer. */
function contentOf({ count, strings, ...columns }: EventBatch): unknown {
  const rows = (name: string): number | undefined => {
    if (name === 'idStart' || name === 'attrStart') return count + 1;
    return /^(id|attr|pair)[A-Z]/.test(name) ? undefined : count;
  };
  return {
    count,
    strings,
    columns: Object.entries(columns).map(([name, values]: [string, ArrayLike<number>]) => [name, Array.from(values).slice(0, rows(name))]),
  };
}

test('a batch in columns that held another one says nothing of that', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.array(row, { minLength: 1, maxLength: 6 }), (before, rows) => {
      const builder = new BatchBuilder(8);
      const first = fill(builder, before);
      const { time } = first;
      builder.giveBack(first);
      fill(builder, before);
      const again = fill(builder, rows);
      expect(again.time).toBe(time);
      expect(contentOf(again)).toEqual(contentOf(fill(new BatchBuilder(8), rows)));
    }),
  );
});

test('columns that were not given back are not filled again', () => {
  const builder = new BatchBuilder(8);
  const line = { system: 'a', step: '', error: '', execution: '', span: '', time: 5, attempt: 0 } as const;
  const kept = fill(builder, [{ ...line, ids: [], attributes: [] }]);
  fill(builder, [{ ...line, time: 6, ids: [], attributes: [] }]);
  expect(kept.time[0]).toBe(5);
});
