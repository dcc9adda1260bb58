import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GroupTable } from './group-table.ts';
import { Shadow, withoutShadowed } from './shadow.ts';
import { batchOf, overlapOf, type Files, type Told } from './testing.ts';
import { sharedWindows } from './windows.ts';

const order: Told = { at: 10, records: [5], content: 9 };
/** Makes the spans of two files intersect. */
const edge: Told = { at: 99, step: 8, records: [6] };

describe('one telling in two sources', () => {
  test('is left out of the one of higher rank, whichever came first', () => {
    expect(overlapOf({ a: [order], b: [order] })).toMatchObject({ left: ['b:0'], said: { b: { duplicates: 1, updated: 0 } } });
    expect(overlapOf({ b: [order], a: [order] })).toMatchObject({ left: ['b:0'], said: { a: { duplicates: 1, updated: 0 } } });
  });

  test('of one import, counts for the one of higher rank', () => {
    expect(overlapOf({ b: [order], a: [order] }, { a: 3, b: 3 }).said).toEqual({ b: { duplicates: 1, updated: 0 } });
  });

  test('a line that stands twice in a file stays twice', () => {
    expect(overlapOf({ a: [order, order] }).left).toEqual([]);
    expect(overlapOf({ a: [order, order], b: [order] }).left).toEqual(['b:0']);
    expect(overlapOf({ a: [order], b: [order, order] })).toMatchObject({ left: ['b:0'], said: { b: { duplicates: 1 } } });
    expect(overlapOf({ a: [order, order], b: [order, order], c: [order, order, order] }).left).toEqual(['b:0', 'b:1', 'c:0', 'c:1']);
  });

  test('the most that one source tells of it stays, also when that one comes last', () => {
    expect(overlapOf({ c: [order, order, order], b: [order], a: [order, order] }).left).toEqual(['b:0', 'c:0', 'c:1']);
  });

  const changes: Record<string, Partial<Told>> = {
    time: { at: 11 },
    end: { end: 12 },
    kind: { kind: 'snapshot' },
    system: { system: 2 },
    flow: { flow: 2 },
    step: { step: 2 },
    status: { status: 'failed' },
    run: { run: 2 },
    span: { span: 2 },
    attempt: { attempt: 2 },
    error: { error: 2 },
    records: { records: [5, 6] },
    content: { content: 8 },
  };
  test.each(Object.entries(changes))('another %s is another telling', (_, change) => {
    expect(overlapOf({ a: [order, edge], b: [{ ...order, ...change }, { ...edge, system: 2 }, edge] }).left).toEqual(['b:2']);
  });
});

describe('where what is understood does not suffice, bytes decide', () => {
  const near = (told: Told): readonly string[] => overlapOf({ a: [{ ...told, text: 'pod a' }], b: [{ ...told, text: 'pod b' }] }).left;
  const same = (told: Told): readonly string[] => overlapOf({ a: [{ ...told, text: 'pod a' }], b: [{ ...told, text: 'pod a' }] }).left;

  test.each<[string, Told]>([
    ['a time in seconds', { ...order, precision: 'second' }],
    ['a day', { ...order, precision: 'day' }],
    ['an entry that says nothing more', { at: 10 }],
    ['a log line', { ...order, kind: 'note', run: 4 }],
  ])('%s', (_, told) => {
    expect(near(told)).toEqual([]);
    expect(same(told)).toEqual(['b:0']);
  });

  test.each<[string, Told]>([
    ['a time in milliseconds', order],
    ['an execution', { ...order, precision: 'second', run: 4 }],
    ['a span', { at: 10, precision: 'second', span: 4 }],
  ])('not with %s: exports number their rows anew', (_, told) => {
    expect(near(told)).toEqual(['b:0']);
  });
});

describe('events without a time', () => {
  test('are compared when they name a run or a record', () => {
    expect(overlapOf({ a: [{ run: 4 }], b: [{ run: 4 }] }).left).toEqual(['b:0']);
    expect(overlapOf({ a: [{ records: [5] }], b: [edge, { records: [5] }] }).left).toEqual(['b:1']);
    expect(overlapOf({ a: [order, { run: 4 }], b: [edge, { run: 4 }] }).left).toEqual(['b:1']);
    expect(overlapOf({ a: [{ text: 'x' }], b: [{ text: 'x' }] }).left).toEqual([]);
  });
});

describe('a run that was under way', () => {
  const running: Told = { at: 10, run: 4, status: 'running', records: [5] };
  const ended: Told = { at: 10, end: 30, run: 4, status: 'succeeded', records: [5, 6], content: 3 };

  test.each<[string, Told, Told]>([
    ['running, then ended', running, ended],
    ['started, then failed without a word of the end', { ...running, status: 'started' }, { ...ended, end: undefined!, status: 'failed' }],
    ['waiting, then cancelled', { ...running, status: 'waiting' }, { ...ended, status: 'cancelled' }],
    ['no status and no end, then both', { ...running, status: 'unknown' }, ended],
    ['known by its span', { ...running, run: 0, span: 4 }, { ...ended, run: 0, span: 4 }],
    ['known by its records', { ...running, run: 0 }, { ...ended, run: 0, records: [5] }],
  ])('%s: the later one stands, whichever was imported first', (_, before, after) => {
    const later = { left: ['a:0'], said: { b: { duplicates: 0, updated: 1 } } };
    expect(overlapOf({ a: [before], b: [after] })).toMatchObject(later);
    expect(overlapOf({ b: [after], a: [before] })).toMatchObject({ left: ['a:0'], said: { a: { duplicates: 1, updated: 0 } } });
    expect(overlapOf({ b: [after], a: [before] }, { a: 1, b: 1 })).toMatchObject(later);
    expect(overlapOf({ b: [before], a: [after] })).toMatchObject({ left: ['b:0'], said: { a: { duplicates: 0, updated: 1 } } });
  });

  test.each<[string, Told, Told]>([
    ['another run', running, { ...ended, run: 7 }],
    ['another start', running, { ...ended, at: 11 }],
    ['another step', running, { ...ended, step: 2 }],
    ['another attempt', running, { ...ended, attempt: 2 }],
    ['a record that only the earlier one names', { ...running, records: [5, 9] }, ended],
    ['two ends that differ', { ...ended, status: 'failed' }, ended],
    ['no status, and no end either', { ...running, status: 'unknown' }, { ...ended, end: undefined! }],
    ['documents', { ...running, kind: 'snapshot' }, { ...ended, kind: 'snapshot' }],
    ['records on one day', { ...running, run: 0, precision: 'day' }, { ...ended, run: 0, records: [5], precision: 'day' }],
  ])('%s: both stay', (_, before, after) => {
    expect(overlapOf({ a: [before, edge], b: [after, edge] }).left).toEqual(['b:1']);
  });

  test('a log tells the beginning and the end: neither is an update, also where another file holds a part of it', () => {
    const finished = { ...ended, end: undefined! };
    expect(overlapOf({ a: [running, finished] }).left).toEqual([]);
    expect(overlapOf({ a: [running], b: [finished], c: [running, finished] }).left).toEqual(['c:0', 'c:1']);
  });

  test('of three exports the one that tells the end stands, and what was known is not counted again', () => {
    expect(overlapOf({ a: [running], b: [running, edge], c: [ended], d: [ended, edge] })).toMatchObject({
      left: ['a:0', 'b:0', 'd:0', 'd:1'],
      said: { b: { duplicates: 1, updated: 0 }, c: { duplicates: 0, updated: 1 }, d: { duplicates: 2, updated: 0 } },
    });
  });
});

describe('which sources are compared', () => {
  const span = (source: number, from: number | undefined, to: number | undefined, system = 1) => ({
    source,
    system,
    from,
    to,
    untimed: from === undefined,
  });

  test('one alone, and those that do not meet, are not', () => {
    expect(sharedWindows([span(1, 0, 9)]).size).toBe(0);
    expect(sharedWindows([span(1, undefined, undefined), span(2, 0, 9)]).size).toBe(0);
    expect(sharedWindows([span(1, 0, 9), span(2, 10, 20), span(3, 0, 20, 2)]).size).toBe(0);
  });

  test('those that meet are, where they meet', () => {
    const windows = sharedWindows([span(3, 18, 29), span(1, 0, 9), span(2, 9, 20)]);
    expect(windows.get(1)?.get(1)).toEqual({ head: -Infinity, tail: 9 });
    expect(windows.get(2)?.get(1)).toEqual({ head: 9, tail: 18 });
    expect(windows.get(3)?.get(1)).toEqual({ head: 20, tail: Infinity });
  });

  test('every instant that two sources share is in the windows of both', () => {
    const someSpan = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(someSpan, { maxLength: 8 }), (drawn) => {
        const spans = drawn.map(([from, length], i) => span(i + 1, from, from + length));
        const windows = sharedWindows(spans);
        for (const a of spans)
          for (const b of spans)
            for (let t = Math.max(a.from!, b.from!); a !== b && t <= Math.min(a.to!, b.to!); t++) {
              const window = windows.get(a.source)?.get(1);
              expect(window !== undefined && (t <= window.head || t >= window.tail)).toBe(true);
            }
      }),
    );
  });
});

test('whatever the files and the order of imports: the same is left out, and of each telling as many stay as one file has', () => {
  const line = fc.record(
    {
      at: fc.integer({ min: 0, max: 3 }),
      run: fc.integer({ min: 1, max: 2 }),
      status: fc.constantFrom('running', 'succeeded', 'failed'),
      content: fc.integer({ min: 1, max: 2 }),
    },
    { requiredKeys: ['run', 'status'] },
  );
  const files = fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(files, fc.infiniteStream(fc.nat()), (drawn, random) => {
      const named = drawn.map((lines, i) => [`f${i}`, lines] as const);
      const shuffled = named.map((file) => [random.next().value!, file] as const).toSorted((a, b) => a[0] - b[0]);
      const forth: Files = Object.fromEntries(named);
      const found = overlapOf(forth);
      expect(overlapOf(Object.fromEntries(shuffled.map(([, file]) => file))).left).toEqual(found.left);

      const left = new Set(found.left);
      const kept = named.flatMap(([name, lines]) => lines.filter((_, i) => !left.has(`${name}:${i}`)).map((told) => JSON.stringify(told)));
      const finished = new Set(kept.filter((told) => !told.includes('running')));
      for (const [, lines] of named) {
        for (const told of lines.map((one) => JSON.stringify(one))) {
          const most = Math.max(...named.map(([, others]) => others.filter((other) => JSON.stringify(other) === told).length));
          const stays = kept.filter((one) => one === told).length;
          if (told.includes('running') && stays === 0) expect(finished.size).toBeGreaterThan(0);
          else expect([told, stays]).toEqual([told, most]);
        }
      }
      // What is new of a file is what is neither known nor an update.
      for (const [name, lines] of named) {
        const { duplicates, updated } = found.said[name] ?? { duplicates: 0, updated: 0 };
        expect(duplicates + updated).toBeLessThanOrEqual(lines.length);
      }
    }),
  );
});

test('keys keep their numbers while the table grows', () => {
  const table = new GroupTable();
  const numbers = Array.from({ length: 5000 }, (_, i) => table.groupOf(i % 50, i));
  expect(numbers).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
  expect(Array.from({ length: 5000 }, (_, i) => table.groupOf(i % 50, i))).toEqual(numbers);
  expect(table.groupOf(0xffff_ffff, 0xffff_ffff)).toBe(table.groupOf(0xffff_ffff, 0xffff_ffff));
  expect(table.size).toBe(5001);
});

describe('the set of events that are left out', () => {
  test('is told as ranges', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 70 })), (events) => {
        const shadow = new Shadow(71);
        for (const event of [...events, ...events]) shadow.add(event);
        expect(shadow.size).toBe(events.length);
        const told = [...shadow.ranges()].flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
        expect(told).toEqual(events.toSorted((a, b) => a - b));
      }),
    );
    expect([...new Shadow(0).ranges()]).toEqual([]);
  });

  test('silences its events in a chunk and no others', () => {
    const chunk = batchOf([{ run: 1, records: [5, 6] }, { run: 2, records: [7] }, { records: [8] }], 1, 10);
    const shadow = new Shadow(13);
    expect(withoutShadowed(chunk, shadow)).toBe(chunk);
    shadow.add(11);
    const silent = withoutShadowed(chunk, shadow);
    expect([...silent.execution]).toEqual([1, 0, 0]);
    expect([...silent.idStart]).toEqual([0, 2, 2, 3]);
    expect([...silent.identifier.subarray(0, 3)]).toEqual([5, 6, 8]);
    expect([...chunk.execution]).toEqual([1, 2, 0]);
  });
});
