import { describe, expect, it } from 'vitest';
import { infer, rows, sourceOf } from './infer/testing.ts';
import { alignSiblings } from './siblings.ts';
import type { Sibling } from './siblings.ts';

const HEADER = 'time,order_id,what,attempt,note';

function dayFile(name: string, count: number, line: (i: number) => string): Sibling {
  const { header, entries } = rows([HEADER, ...Array.from({ length: count }, (_, i) => line(i))].join('\n'));
  return {
    name,
    shown: name.slice(name.lastIndexOf('/') + 1),
    formatId: 'csv',
    header,
    entries: count,
    bytes: count * 40,
    mapping: infer(entries, sourceOf(name, { header })).mapping,
  };
}

const busy = (i: number): string =>
  `2031-03-04T09:${String(10 + (i % 40))}:02Z,SO-${1000 + i},${i % 2 === 0 ? 'authorize' : 'capture'},${1 + (i % 3)},`;

describe('siblings', () => {
  it('understands the file of a quiet day as those of the others', () => {
    const full = dayFile('pay/payments-2031-03-04.csv', 60, busy);
    const quiet = dayFile('pay/payments-2031-03-05.csv', 2, () => '2031-03-05T09:10:02Z,SO-9,authorize,1,');
    expect(quiet.mapping.fields).not.toEqual(full.mapping.fields);
    const [a, b] = alignSiblings([full, quiet]);
    expect(b?.fields).toEqual(a?.fields);
    expect(b?.reason).toMatch(/^as in payments-2031-03-04\.csv: /);
  });

  it('keeps a field that only another one shows, and takes no second time or step from it', () => {
    const full = dayFile('payments-1.csv', 60, busy);
    const more = dayFile('payments-2.csv', 5, (i) => `${busy(i)}2031-03-05T09:10:02Z`);
    const [a] = alignSiblings([full, more]);
    expect(a?.fields.filter((field) => field.role === 'time')).toHaveLength(1);
  });

  it('leaves other names, other headers and other profiles alone', () => {
    const full = dayFile('payments-1.csv', 60, busy);
    const other = dayFile('refunds-1.csv', 3, busy);
    const headed = { ...dayFile('payments-2.csv', 3, busy), header: ['x'] };
    const platform: Sibling = { ...dayFile('payments-3.csv', 3, busy), mapping: { ...other.mapping, profile: 'zipkin' } };
    expect(alignSiblings([full, other, headed, platform])).toEqual([full.mapping, other.mapping, headed.mapping, platform.mapping]);
  });
});
