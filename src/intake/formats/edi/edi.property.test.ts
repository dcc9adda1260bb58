import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../entry.ts';
import { collect, readText } from '../test-harness.ts';
import { edifact } from './edifact.ts';
import { isa, treesOf } from './testing.ts';
import { x12 } from './x12.ts';

const RUNS = { numRuns: 150 };

const LINES = [
  'BEG*00*SA*PO-77**20310304',
  'REF*CO*WEB-1',
  'REF*A^B^C*x',
  'PO1*1*12*EA*9.95**UP>A*4006',
  'MSG*naïve 😀 text  ',
  'N1*BY*SHOP LTD*92*C-100',
];
const SETS = [LINES, LINES.slice(0, 2), LINES.slice(3)];

/** One interchange with one group; `*`, `>`, `^`, `~` stand for the separators. */
function interchange(e: string, c: string, r: string, t: string, lineEnd: string): string {
  const sets = SETS.flatMap((lines, i) => [`ST*850*${i + 1}`, ...lines, `SE*${lines.length + 2}*${i + 1}`]);
  const body = [`GS*PO*BUYER*SELLER*20310304*0915*77*X*005010`, ...sets, `GE*${SETS.length}*77`, 'IEA*1*000000077'];
  const header = isa({ version: '00501', element: e, component: c, repetition: r, terminator: t });
  const swap: Readonly<Record<string, string>> = { '*': e, '>': c, '^': r };
  return header + lineEnd + body.map((line) => line.replace(/[*>^]/g, (mark) => swap[mark]!) + t + lineEnd).join('');
}

async function expected(): Promise<JsonObject[]> {
  return treesOf((await readText('a.edi', interchange('*', '>', '^', '~', ''))).entries);
}

/** What may separate: no letter, digit or blank, and nothing that stands in the data above. */
const SEPARATORS = [
  '*',
  '>',
  '^',
  '~',
  '|',
  ':',
  '!',
  '+',
  ';',
  '<',
  '=',
  '\\',
  "'",
  '%',
  '@',
  '\x1c',
  '\x1d',
  '\x1e',
  '\x1f',
  '\t',
  '\u2026',
  '¬',
  '§',
];

describe('X12', () => {
  it('gives the same tree whatever the separators and line ends', async () => {
    const trees = await expected();
    const some = fc.shuffledSubarray(SEPARATORS, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(some, fc.constantFrom('', '\n', '\r\n'), fc.integer({ min: 1, max: 300 }), async ([e, c, r, t], lineEnd, size) => {
        const content = Buffer.from(interchange(e!, c!, r!, t!, lineEnd));
        const { entries, rejections } = await collect(x12, content, {}, [size]);
        expect(rejections).toEqual([]);
        expect(treesOf(entries)).toEqual(trees);
      }),
      RUNS,
    );
  });

  it('gives the same tree with line ends as terminators', async () => {
    const trees = await expected();
    for (const [terminator, lineEnd] of [
      ['\n', ''],
      ['\r', ''],
      ['\r', '\n'],
    ] as const) {
      const { entries, rejections } = await readText('a.edi', interchange('*', '>', '^', terminator, lineEnd));
      expect(rejections).toEqual([]);
      expect(treesOf(entries)).toEqual(trees);
    }
  });

  it('takes hard wraps out, whatever their width', async () => {
    const trees = await expected();
    const whole = interchange('*', '>', '^', '~', '');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 200 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 99 }),
        async (width, end, size) => {
          const content = Buffer.from(wrapped(`${whole}${whole}`, width, end));
          const { entries, rejections } = await collect(x12, content, {}, [size]);
          expect(rejections).toEqual([]);
          expect(treesOf(entries)).toEqual([...trees, ...trees]);
        },
      ),
      RUNS,
    );
  });

  it('keeps what stands before any damage', async () => {
    const bytes = Buffer.from(`${interchange('*', '>', '^', '~', '\r\n')}${interchange('|', '<', '!', '\n', '')}`);
    const { entries: whole } = await collect(x12, bytes, {});
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = byte;
        const { entries } = await collect(x12, damaged, {});
        const before = whole.filter(({ place }) => place.offset + place.length <= at);
        expect(entries.slice(0, before.length)).toEqual(before);
      }),
      RUNS,
    );
  });

  it('does not let damage of a header hide another interchange', async () => {
    const first = interchange('*', '>', '^', '~', '\r\n');
    const bytes = Buffer.from(`${first}${interchange('|', '<', '!', '\n', '')}`);
    const { entries: whole } = await collect(x12, bytes, {});
    const second = treesOf(whole.filter(({ place }) => place.offset > first.length));
    await fc.assert(
      fc.asyncProperty(fc.nat(105), fc.integer({ min: 33, max: 126 }), async (at, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = byte;
        const { entries } = await collect(x12, damaged, {});
        expect(treesOf(entries).slice(-second.length)).toEqual(second);
      }),
      // The terminator becomes a character of the data.
      { ...RUNS, examples: [[105, 45]] },
    );
  });
});

describe('EDIFACT', () => {
  const text = (terminator: string, element: string, component: string, release: string): string => {
    const escape = (data: string): string =>
      [...data].map((one) => ([terminator, element, component, release].includes(one) ? `${release}${one}` : one)).join('');
    const line = (...elements: readonly (readonly string[])[]): string =>
      elements.map((parts) => parts.map(escape).join(component)).join(element) + terminator;
    const body = [
      line(['UNH'], ['1'], ['ORDERS', 'D', '96A', 'UN']),
      line(['BGM'], ['220'], ["PO'77+8:9?"], ['9']),
      line(['FTX'], ['AAI'], [''], [''], ['100 % Größe 😀', '', "it's"]),
      line(['UNT'], ['4'], ['1']),
    ];
    const header = line(['UNB'], ['UNOC', '3'], ['A'], ['B'], ['310304', '0915'], ['R1']);
    return `UNA${component}${element}.${release} ${terminator}${header}${body.join('')}${line(['UNZ'], ['1'], ['R1'])}`;
  };

  it('gives the same tree whatever the separators and wraps', async () => {
    const trees = treesOf((await readText('a.edi', text("'", '+', ':', '?'))).entries);
    expect(trees).toHaveLength(1);
    const some = fc.shuffledSubarray(['*', '+', ':', "'", '~', '|', '!', '^', ';', '?', '\\', '=', '@'], { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 10, max: 200 }), fc.integer({ min: 1, max: 99 }), async ([t, e, c, r], width, size) => {
        // Wrapped from the header on: the service string advice has a fixed length.
        const whole = text(t!, e!, c!, r!);
        const content = Buffer.from(`${whole.slice(0, 9)}${wrapped(whole.slice(9), width, '\n')}`);
        const { entries, rejections } = await collect(edifact, content, {}, [size]);
        expect(rejections).toEqual([]);
        expect(treesOf(entries)).toEqual(trees);
      }),
      RUNS,
    );
  });
});

function wrapped(text: string, width: number, end: string): string {
  const lines: string[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at += width) lines.push(characters.slice(at, at + width).join(''));
  return lines.join(end) + end;
}
