import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../index.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-wholesale-'));
  await simulate({ out: root, company: 'wholesale', orders: 400, seed: 3 });
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function textsOf(folder: string): Promise<string[]> {
  const names = (await readdir(join(root, folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Promise.all(names.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
}

describe('the archive of interchanges', () => {
  it('holds X12 whose counts and control numbers fit, one group an interchange', async () => {
    let sets = 0;
    for (const text of await textsOf('edi/homeport')) {
      for (const interchange of text.split('ISA|').slice(1)) {
        const segments = interchange.split('~\n').map((segment) => segment.split('|'));
        const groups = segments.filter(([name]) => name === 'GS');
        const [iea] = segments.filter(([name]) => name === 'IEA');
        expect(groups).toHaveLength(1);
        expect(Number(iea![2])).toBe(Number(groups[0]![6]));
        const starts = segments.flatMap((segment, i) => (segment[0] === 'ST' ? [i] : []));
        const ends = segments.flatMap((segment, i) => (segment[0] === 'SE' ? [i] : []));
        expect(segments.find(([name]) => name === 'GE')![1]).toBe(String(starts.length));
        starts.forEach((start, i) => {
          expect(segments[ends[i]!]).toEqual(['SE', String(ends[i]! - start + 1), segments[start]![2]]);
          sets++;
        });
      }
    }
    expect(sets).toBeGreaterThan(100);
  });

  it('holds EDIFACT whose counts and references fit', async () => {
    let messages = 0;
    for (const text of await textsOf('edi/kaufring-nord')) {
      for (const interchange of text.split("UNA:+.? '").slice(1)) {
        const segments = interchange.split("'");
        const count = segments.filter((segment) => segment.startsWith('UNH+')).length;
        expect(segments.find((segment) => segment.startsWith('UNZ+'))).toBe(`UNZ+${count}+${segments[0]!.split('+').at(-1)}`);
        let start = 0;
        segments.forEach((segment, i) => {
          if (segment.startsWith('UNH+')) start = i;
          if (segment.startsWith('UNT+')) expect(segment).toBe(`UNT+${i - start + 1}+${segments[start]!.split('+')[1]}`);
        });
        messages += count;
      }
    }
    expect(messages).toBeGreaterThan(100);
  });

  it('acknowledges every group by its number, and uses no number twice in one direction', async () => {
    const sent = new Set<string>();
    const acknowledged = new Set<string>();
    for (const [folder, functional] of [
      ['in', 'PO'],
      ['out', 'PR'],
      ['out', 'SH'],
      ['out', 'IN'],
    ] as const) {
      for (const text of await textsOf(`edi/walden-stores/${folder}`)) {
        for (const match of text.matchAll(new RegExp(`\\nGS\\*${functional}\\*\\w+\\*\\w+\\*\\d+\\*\\d+\\*(\\d+)`, 'g'))) {
          expect(sent).not.toContain(`${functional} ${match[1]}`);
          sent.add(`${functional} ${match[1]}`);
        }
      }
    }
    for (const text of await textsOf('edi/walden-stores')) {
      for (const match of text.matchAll(/AK1\*(\w\w)\*(\d+)/g)) acknowledged.add(`${match[1]} ${match[2]}`);
    }
    expect([...acknowledged].filter((key) => !sent.has(key))).toEqual([]);
    // The last ones are acknowledged when the data is over.
    expect(acknowledged.size).toBeGreaterThan(0.9 * sent.size);
  });
});

describe('what several orders share', () => {
  it('is written once, with all of them', async () => {
    const texts = await textsOf('edi/walden-stores/out');
    const notices = texts.flatMap((text) => text.split('\nST*856').slice(1)).map((text) => text.split('\nSE*')[0]!);
    expect(notices.some((notice) => notice.split('PRF*').length > 2)).toBe(true);
    const invoices = texts.flatMap((text) => text.split('\nST*810').slice(1)).map((text) => text.split('\nSE*')[0]!);
    expect(invoices.some((invoice) => new Set([...invoice.matchAll(/REF\*PO\*(\d+)/g)].map((match) => match[1])).size > 1)).toBe(true);
    const numbers = invoices.map((invoice) => /BIG\*\d+\*(\d+)/.exec(invoice)![1]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('has the same control numbers at other partners', async () => {
    const numbers = async (folder: string): Promise<Set<string>> =>
      new Set(
        (await textsOf(folder)).flatMap((text) =>
          [...text.matchAll(/UNB\+[^']*\+(\d+)'|IEA\*1\*0*(\d+)/g)].map((match) => String(Number(match[1] ?? match[2]))),
        ),
      );
    const [walden, kaufring] = await Promise.all([numbers('edi/walden-stores/in'), numbers('edi/kaufring-nord/in')]);
    expect([...walden].some((number) => kaufring.has(number))).toBe(true);
  });
});
