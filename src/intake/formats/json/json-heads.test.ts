import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Rejection } from '../../entry.ts';
import { json } from './json.ts';

const OPTIONS = { root: ['data', 'items'], whole: false, nested: [], level: '' };

async function read(
  content: string,
  again: boolean,
  sizes: readonly number[] = [65_536],
): Promise<{ entries: Entry[]; rejections: Rejection[] }> {
  const bytes = Buffer.from(content);
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  let looks = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    looks++;
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = sizes[i % sizes.length]!;
      yield Uint8Array.from(bytes.subarray(at, at + size));
      at += size;
    }
  }
  const sink = { entry: (entry: Entry) => void entries.push(entry), reject: (one: Rejection) => void rejections.push(one) };
  await json.read(chunks(), OPTIONS, sink, again ? chunks : undefined);
  expect(looks).toBeLessThanOrEqual(2);
  return { entries, rejections };
}

const contextsOf = (entries: readonly Entry[]): unknown[] => entries.map((entry) => (entry.kind === 'tree' ? entry.context : 'row'));
const LONG = Array.from({ length: 12_000 }, (_, i) => `{"n":${i},"text":"${'x'.repeat(100)}"}`).join(',\n');

describe('what stands around a list', () => {
  it.each([
    ['before', '{"orderId":"SO-77","data":{"run_id":7,"items":[{"n":1},{"n":2}]}}'],
    ['behind', '{"data":{"items":[{"n":1},{"n":2}],"run_id":7},"orderId":"SO-77"}'],
    ['on both sides of', '{"orderId":"SO-77","data":{"items":[{"n":1},{"n":2}],"run_id":7}}'],
  ])('reaches the elements where it stands %s the list', async (_where, content) => {
    const context = { document: { orderId: 'SO-77' }, data: { run_id: 7 } };
    expect(contextsOf((await read(content, false)).entries)).toEqual([context, context]);
  });

  it('is nothing where it makes the document no thing of its own', async () => {
    const { entries } = await read('{"data":{"items":[{"n":1}],"total":1},"status":"success","next":"https://x"}', false);
    expect(contextsOf(entries)).toEqual([undefined]);
  });

  it('belongs to its own document where several follow one another', async () => {
    const { entries } = await read(
      '{"data":{"items":[{"n":1}]},"orderId":"A"}\n{"data":{"items":[{"n":2}]}}{"data":{"items":[{"n":3}]},"orderId":"C"}',
      false,
    );
    expect(contextsOf(entries)).toEqual([{ document: { orderId: 'A' } }, undefined, { document: { orderId: 'C' } }]);
  });

  it('leaves out what is too large, and keeps small objects', async () => {
    const { entries } = await read(
      `{"data":{"items":[{"n":1}]},"orderId":"A","customer":{"id":5},"log":"${'y'.repeat(5000)}"}`,
      false,
      [700],
    );
    expect(contextsOf(entries)).toEqual([{ document: { orderId: 'A', customer: { id: 5 } } }]);
  });

  it('is found by a second look where the list is long', async () => {
    const content = `{"data":{"items":[{"n":1}]},"orderId":"A"}{"kind":"x","data":{"items":[${LONG}],"run_id":7},"orderId":"B"}{"data":{"items":[{"n":1}]},"orderId":"C"}`;
    const { entries, rejections } = await read(content, true);
    expect(rejections).toEqual([]);
    expect(entries).toHaveLength(12_002);
    expect(contextsOf([entries[0]!])).toEqual([{ document: { orderId: 'A' } }]);
    expect(new Set(contextsOf(entries.slice(1, -1)).map((context) => JSON.stringify(context)))).toEqual(
      new Set([JSON.stringify({ document: { kind: 'x', orderId: 'B' }, data: { run_id: 7 } })]),
    );
    expect(contextsOf([entries.at(-1)!])).toEqual([{ document: { orderId: 'C' } }]);
  });

  it('is a rejection where there is no second look, and the elements are read nevertheless', async () => {
    const content = `{"kind":"x","data":{"items":[${LONG}]},"orderId":"B","status":"open"}`;
    const { entries, rejections } = await read(content, false);
    expect(entries).toHaveLength(12_000);
    expect(contextsOf([entries[0]!, entries.at(-1)!])).toEqual([undefined, undefined]);
    expect(
      rejections.map(({ code, excerpt, place }) => [code, excerpt, content.slice(place.offset, place.offset + place.length), place.line]),
    ).toEqual([['unsupported', '"B"', '"B"', 12_000]]);
  });

  it('is a rejection also where another one before the list has made the document a thing of its own', async () => {
    const content = `{"orderId":"B","data":{"items":[${LONG}]},"total":1,"run_id":"R"}`;
    const { entries, rejections } = await read(content, false);
    expect(contextsOf([entries[0]!, entries.at(-1)!])).toEqual([{ document: { orderId: 'B' } }, { document: { orderId: 'B' } }]);
    expect(rejections.map(({ code, excerpt, place }) => [code, excerpt, place.offset])).toEqual([
      ['unsupported', '"R"', content.indexOf('"R"')],
    ]);
  });

  it('reaches the elements whatever the chunks', async () => {
    const member = fc.tuple(
      fc.constantFrom('orderId', 'name', 'total', 'a\\"b'),
      fc.oneof(fc.string(), fc.integer(), fc.constant({ c: [1, '}'] })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(member, { selector: ([key]) => key, maxLength: 4 }),
        fc.uniqueArray(member, { selector: ([key]) => key, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
        async (before, behind, sizes) => {
          const text = (members: typeof before): string[] => members.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
          const content = `{${[...text(before), '"data": {"items": [{"n": 1}, 2]}', ...text(behind)].join(', ')}}`;
          const members = JSON.parse(content) as Record<string, unknown>;
          const { data: _data, ...others } = members;
          const own = [...before, ...behind].some(([key, value]) => (key === 'orderId' || key === 'name') && typeof value !== 'object');
          const { entries } = await read(content, false, sizes);
          expect(contextsOf(entries)).toEqual([0, 1].map(() => (own ? { document: others } : undefined)));
        },
      ),
      { numRuns: 100 },
    );
  });
});
