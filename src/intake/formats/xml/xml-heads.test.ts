import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Rejection } from '../../entry.ts';
import { readText, sniffText } from '../test-harness.ts';
import { xml } from './xml.ts';

const OPTIONS = { path: ['Batch', 'Order'], members: true };
const REPEATED = { path: ['Batches', 'Batch', 'Order'], members: true };

interface Read {
  readonly entries: Entry[];
  readonly rejections: Rejection[];
  /** How often the stream was begun. */
  readonly looks: number;
}

async function read(content: string, options: typeof OPTIONS, again: boolean, sizes: readonly number[] = [65_536]): Promise<Read> {
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
  await xml.read(chunks(), options, sink, again ? chunks : undefined);
  return { entries, rejections, looks };
}

const contextsOf = (entries: readonly Entry[]): unknown[] => entries.map((entry) => (entry.kind === 'tree' ? entry.context : 'row'));
const placesOf = (content: string, { rejections }: Read): unknown[] =>
  rejections.map(({ code, place }) => [code, content.slice(place.offset, place.offset + place.length), place.line]);

function orders(count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) => `<Order><Id>${from + i}</Id><Text>${'x'.repeat(100)}</Text></Order>`).join('\n');
}
const LONG = 12_000;

describe('what stands around the records of XML', () => {
  it.each([
    ['before', '<Batch n="1"><BatchId>B-77</BatchId><Run>7</Run><Order>1</Order><Order>2</Order></Batch>'],
    ['behind', '<Batch n="1"><Order>1</Order><Order>2</Order><BatchId>B-77</BatchId><Run>7</Run></Batch>'],
    ['on both sides of', '<Batch n="1"><BatchId>B-77</BatchId><Order>1</Order><Order>2</Order><Run>7</Run></Batch>'],
    ['between', '<Batch n="1"><Order>1</Order><BatchId>B-77</BatchId><Run>7</Run><Order>2</Order></Batch>'],
  ])('reaches them where it stands %s them', async (_where, content) => {
    const context = { Batch: { '@n': '1', BatchId: 'B-77', Run: '7' } };
    expect(contextsOf((await read(content, OPTIONS, false)).entries)).toEqual([context, context]);
  });

  it('is its attributes only where nothing makes it a thing of its own', async () => {
    const { entries } = await read(
      '<Batch n="1"><Order>1</Order><total>1</total><status>success</status><queryToken>t</queryToken></Batch>',
      OPTIONS,
      false,
    );
    expect(contextsOf(entries)).toEqual([{ Batch: { '@n': '1' } }]);
  });

  it('is looked for where the shape was measured, and not in documents of known kinds', () => {
    expect(sniffText('a.xml', '<rows><row><id>1</id></row><row><id>2</id></row></rows>')?.detection.options['members']).toBe(true);
    const feed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><entry><id>1</id></entry><entry><id>2</id></entry></feed>';
    expect(sniffText('a.xml', feed)?.detection.options['members']).toBeUndefined();
  });

  it.each([
    ['a batch', 'Batch', 'Order', '<BatchId>B</BatchId>', ['Batch', 'Order']],
    ['the plural', 'Deliveries', 'Delivery', '<RunId>B</RunId>', ['Deliveries', 'Delivery']],
    ['a list of events', 'Run', 'Event', '<RunId>B</RunId>', ['Run', 'Event']],
    ['an order with lines', 'Order', 'Line', '<OrderId>B</OrderId>', ['Order']],
  ])('leaves the shape of %s as it is, wherever it stands', (_what, parent, child, head, path) => {
    const list = Array.from({ length: 5 }, (_, i) => `<${child}><Id>${i}</Id><Qty>${i}</Qty></${child}>`).join('');
    for (const content of [`<${parent}>${head}${list}</${parent}>`, `<${parent}>${list}${head}</${parent}>`])
      expect(sniffText('a.xml', content)?.detection.options['path']).toEqual(path);
  });

  it('belongs to its own element where several follow one another', async () => {
    const content =
      '<Batches><Batch><Order>1</Order><BatchId>A</BatchId></Batch><Batch><Order>2</Order></Batch>' +
      '<Batch><BatchId>C</BatchId><Order>3</Order></Batch><RunId>7</RunId></Batches>';
    const expected = [
      { Batches: { RunId: '7' }, Batch: { BatchId: 'A' } },
      { Batches: { RunId: '7' } },
      { Batches: { RunId: '7' }, Batch: { BatchId: 'C' } },
    ];
    expect(contextsOf((await read(content, REPEATED, false)).entries)).toEqual(expected);
    expect(sniffText('a.xml', content.replaceAll('</Order>', '</Order><Order><Id>9</Id><Qty>1</Qty></Order>'))?.detection.options).toEqual(
      REPEATED,
    );
  });

  it('keeps small structures and repeated values, and leaves out what is large or another list', async () => {
    const invoices = '<Invoice><Id>1</Id></Invoice>'.repeat(200);
    const { entries } = await read(
      `<Batch><Order>1</Order><BatchId>B</BatchId><Sender><Name>x</Name></Sender><Tag>a</Tag><Tag>b</Tag><Log>${'y'.repeat(5000)}</Log>${invoices}</Batch>`,
      OPTIONS,
      false,
      [700],
    );
    expect(contextsOf(entries)).toEqual([{ Batch: { BatchId: 'B', Sender: { Name: 'x' }, Tag: ['a', 'b'] } }]);
  });

  it('is found by a second look where the list is long', async () => {
    const content = `<Batch><BatchId>B</BatchId>${orders(LONG)}<ExecutionId>E</ExecutionId></Batch>`;
    const { entries, rejections, looks } = await read(content, OPTIONS, true);
    expect(rejections).toEqual([]);
    expect(looks).toBe(2);
    expect(entries.map((entry) => (entry.kind === 'tree' ? (entry.value as { Id: string }).Id : ''))).toEqual(
      Array.from({ length: LONG }, (_, i) => String(i)),
    );
    expect(new Set(contextsOf(entries).map((context) => JSON.stringify(context)))).toEqual(
      new Set([JSON.stringify({ Batch: { BatchId: 'B', ExecutionId: 'E' } })]),
    );
    for (const { place } of [entries[0]!, entries.at(-1)!]) {
      expect(content.slice(place.offset, place.offset + place.length)).toMatch(/^<Order>.*<\/Order>$/);
      expect(place.line).toBe(content.slice(0, place.offset).split('\n').length);
    }
  });

  it('is found for each of several long lists, one look for each level that repeats', async () => {
    const batch = (id: string, count: number): string => `<Batch>${orders(count)}<BatchId>${id}</BatchId></Batch>`;
    const content = `<Batches>${batch('A', 3)}${batch('B', LONG)}${batch('C', 2)}${batch('D', LONG)}${batch('E', 1)}<RunId>7</RunId></Batches>`;
    const { entries, rejections, looks } = await read(content, REPEATED, true);
    expect(rejections).toEqual([]);
    expect(looks).toBe(3);
    const runs: [string, number][] = [];
    for (const context of contextsOf(entries)) {
      const { Batches, Batch } = context as { Batches: { RunId: string }; Batch: { BatchId: string } };
      expect(Batches).toEqual({ RunId: '7' });
      const last = runs.at(-1);
      if (last?.[0] === Batch.BatchId) last[1]++;
      else runs.push([Batch.BatchId, 1]);
    }
    expect(runs).toEqual([
      ['A', 3],
      ['B', LONG],
      ['C', 2],
      ['D', LONG],
      ['E', 1],
    ]);
  });

  it('is a rejection where there is no second look, and the records are read nevertheless', async () => {
    const content = `<Batch><BatchId>B</BatchId>${orders(LONG)}\n<Total>1</Total><ExecutionId>E</ExecutionId></Batch>`;
    const found = await read(content, OPTIONS, false);
    expect(found.entries).toHaveLength(LONG);
    expect(new Set(contextsOf(found.entries).map((context) => JSON.stringify(context)))).toEqual(
      new Set([JSON.stringify({ Batch: { BatchId: 'B' } })]),
    );
    expect(placesOf(content, found)).toEqual([['unsupported', '<ExecutionId>E</ExecutionId>', LONG + 1]]);
  });

  it('is refused with its place where it is damaged, and costs nothing else', async () => {
    const content = '<Batch><BatchId>B</BatchId>\n<Note>a & b</Note><Order>1</Order>\n<Name>x<b>y</Name></Batch>';
    const found = await read(content, OPTIONS, false);
    expect(contextsOf(found.entries)).toEqual([{ Batch: { BatchId: 'B' } }]);
    expect(placesOf(content, found)).toEqual([
      ['malformed', '<Note>a & b</Note>', 2],
      ['malformed', '<Name>x<b>y</Name>', 3],
    ]);
  });

  it.each([
    ['short', 2],
    ['long', LONG],
  ])('says where it is not closed and takes a %s list with it', async (_what, count) => {
    const content = `<Batch>\n<BatchId>B${orders(count)}</Batch>`;
    const found = await read(content, OPTIONS, true);
    expect(found.entries).toEqual([]);
    expect(placesOf(content, found)).toEqual([['malformed', content.slice(content.indexOf('<BatchId>'), -'</Batch>'.length), 2]]);
  });

  it('does not wait for the end of a document that is cut', async () => {
    const { entries, rejections } = await read('<Batch><BatchId>B</BatchId><Order>1</Order><Order>2', OPTIONS, true);
    expect(contextsOf(entries)).toEqual([{ Batch: { BatchId: 'B' } }]);
    expect(rejections).toMatchObject([{ code: 'truncated' }]);
  });

  it('is the same wherever it stands among its siblings, whatever the chunks', async () => {
    const member = fc.tuple(
      fc.constantFrom('BatchId', 'Name', 'Total', 'RunDate', 'Sender'),
      fc.constantFrom('', 'x', 'a &amp; b', '<Code>7</Code>', '<![CDATA[</Order>]]>'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(member, { selector: ([name]) => name, maxLength: 4 }),
        fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
        async (members, spots, sizes) => {
          const texts = members.map(([name, value]) => `<${name}>${value}</${name}>`);
          const at = (spot: number): string => texts.filter((_, i) => spots[i] === spot).join(' ');
          const list = ['<Order><Id>1</Id></Order>', '<Order><Id>2</Id></Order>', '<Order><Id>3</Id></Order>'];
          const first = await read(`<Batch>${texts.join('')}${list.join('')}</Batch>`, OPTIONS, false);
          const mixed = await read(`<Batch>${at(0)}${list.map((one, i) => one + at(i + 1)).join('\n')}</Batch>`, OPTIONS, true, sizes);
          const seen = ({ entries }: Read): unknown[] =>
            entries.map((entry) => (entry.kind === 'tree' ? { value: entry.value, context: entry.context } : undefined));
          expect(seen(mixed)).toEqual(seen(first));
          expect(first.entries).toHaveLength(3);
          expect([...first.rejections, ...mixed.rejections]).toEqual([]);
          const own = members.some(([name, value]) => ['BatchId', 'RunDate'].includes(name) && value !== '' && !value.startsWith('<Code'));
          expect(first.entries.every((entry) => entry.kind === 'tree' && (entry.context !== undefined) === own)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is read as it was recognised', async () => {
    const { entries } = await readText('a.xml', `<Batch>${orders(3)}<BatchId>B-77</BatchId></Batch>`);
    expect(contextsOf(entries)).toEqual([1, 2, 3].map(() => ({ Batch: { BatchId: 'B-77' } })));
  });
});
