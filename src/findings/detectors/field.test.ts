import { describe, expect, it } from 'vitest';
import { kindsOf, world } from '../testing.ts';
import type { Edit, Line, World } from '../testing.ts';

/** Every other order goes in two shipments. */
const isSplit = (order: number): boolean => order % 2 === 1;

interface Odd {
  readonly order: number;
  readonly change: (lines: readonly Line[]) => readonly Line[];
}

/** Orders of which each shipment is told by the warehouse, noticed and invoiced with 19 % tax by the shop. */
function trade(odd?: Odd, options: { readonly orders?: number; readonly after?: number } = {}): World {
  const orders = options.orders ?? 200;
  const edits = Object.fromEntries(
    Array.from({ length: orders }, (_, order): [number, Edit] => [
      order,
      () => (order === odd?.order ? [...odd.change(linesOf(order))] : linesOf(order)),
    ]),
  );
  return world({ ...options, orders, edits });
}

function linesOf(order: number): Line[] {
  const quantity = 12 + 2 * (order % 37);
  const amount = 10 + order / 4;
  const parts = isSplit(order) ? [quantity / 2, quantity / 2] : [quantity];
  return [
    { system: 'shop', step: 'order', at: 0, attributes: { quantity, amount } },
    { system: 'erp', step: 'create', at: 10, attributes: { quantity } },
    ...parts.flatMap((part, k): Line[] => {
      const at = 100 + 7_200 * k;
      const share = Math.round((100 * amount * 1.19) / parts.length) / 100;
      return [
        { system: 'wms', step: 'ship', at, children: [`shipment P-${order}-${k}`], attributes: { quantity: part } },
        { system: 'shop', step: 'notice', at: at + 60, children: [`shipment P-${order}-${k}`], attributes: { quantity: part } },
        {
          system: 'shop',
          step: 'invoice',
          at: at + 300,
          children: [`invoice I-${order}-${k}`],
          attributes: { quantity: part, amount: share },
        },
      ];
    }),
  ];
}

/** Changes what one step says of a field, of its first occurrence. */
const says =
  (step: string, attributes: NonNullable<Line['attributes']>): Odd['change'] =>
  (lines) =>
    lines.map((line, i) =>
      i === lines.findIndex((other) => other.step === step) ? { ...line, attributes: { ...line.attributes, ...attributes } } : line,
    );

const fields = ({ verdicts }: World, order: number) => verdicts[order]!.findings.filter(({ subkind }) => subkind === 'field');

describe('fields of steps and documents', () => {
  it('agree where parts add up and tax is a constant factor', () => {
    expect(trade().verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('differ in one document, whatever the same system says later', () => {
    const [finding, ...others] = fields(trade({ order: 100, change: says('notice', { quantity: 1_000 }) }), 100);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      system: 'shop',
      step: 'notice',
      actual: '1000',
      title: expect.stringContaining('shop notice says quantity 1000'),
    });
  });

  it('differ from what is the factor times the other', () => {
    const [finding] = fields(trade({ order: 100, change: says('invoice', { amount: 50 }) }), 100);
    expect(finding).toMatchObject({ step: 'invoice', severity: 'critical', expected: '41.65' });
    expect(finding?.explanation).toContain('1.19 times');
  });

  it('differ where several add up to more than the whole, with the sum', () => {
    const [finding] = fields(trade({ order: 101, change: says('invoice', { quantity: 1_000 }) }), 101);
    expect(finding).toMatchObject({ step: 'invoice', actual: expect.stringMatching(/^1000 \+ \d+ = /) });
  });

  it('are not told to lack what may still come', () => {
    const first = (lines: readonly Line[]): readonly Line[] => lines.filter(({ at }) => (at ?? 0) < 7_200);
    const late = { order: 197, change: first };
    // The second part is two hours after the first: four hours are waited.
    expect(fields(trade(late, { after: 7_200 }), 197)).toEqual([]);
    const [finding] = fields(trade(late, { after: 86_400 }), 197);
    expect(finding?.explanation).toContain('No other part came within');
  });

  it('are not judged by few', () => {
    expect(fields(trade({ order: 7, change: says('notice', { quantity: 1_000 }) }, { orders: 25 }), 7)).toEqual([]);
  });
});
