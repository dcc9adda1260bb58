import { describe, expect, it } from 'vitest';
import { inputOf, type Line } from '../findings/testing.ts';
import type { RelatedRecord } from '../model/journey.ts';
import { buildJourney } from './build.ts';

/** What is told of a field, as `system step about=value`; what belongs to the order unless its relation is named. */
function told(lines: readonly Line[], relations: Readonly<Record<string, RelatedRecord['relation'] | undefined>> = {}): string[] {
  const input = inputOf('SO-1', lines);
  const related = input.related.flatMap((one): RelatedRecord[] => {
    const relation = one.record.key in relations ? relations[one.record.key] : one.relation;
    return relation === undefined ? [] : [{ ...one, relation }];
  });
  return buildJourney({ ...input, related }).told.flatMap(({ field, values }) =>
    values.map(({ system, step, about, value }) => `${field}: ${system} ${step} ${about.key}=${value}`),
  );
}

const line = (step: string, at: number, quantity: number, ...children: string[]): Line => ({
  system: 'erp',
  step,
  at,
  attributes: { quantity },
  children,
});

describe('what steps and documents tell of a field', () => {
  it('is kept for each step and each record', () => {
    expect(
      told([line('order', 0, 10), line('ship', 1, 4, 'shipment A'), line('ship', 2, 6, 'shipment B'), line('bill', 3, 10, 'invoice I')]),
    ).toEqual(['quantity: erp order SO-1=10', 'quantity: erp ship A=4', 'quantity: erp ship B=6', 'quantity: erp bill I=10']);
  });

  it('is the last of what the same step said of the same record', () => {
    expect(told([line('order', 0, 10), line('ship', 1, 4, 'shipment A'), line('ship', 2, 5, 'shipment A')])).toEqual([
      'quantity: erp order SO-1=10',
      'quantity: erp ship A=5',
    ]);
  });

  it('keeps apart invoices that stand beside the order', () => {
    const lines = [line('order', 0, 10), line('bill', 1, 4, 'invoice I'), line('bill', 2, 6, 'invoice J')];
    expect(told(lines, { I: 'peer', J: 'peer' })).toEqual([
      'quantity: erp order SO-1=10',
      'quantity: erp bill I=4',
      'quantity: erp bill J=6',
    ]);
  });

  it('is nothing where a step speaks of several orders at once', () => {
    const lines = [line('order', 0, 10), line('pick', 1, 10, 'shipment A'), line('bill', 2, 30, 'order SO-2')];
    expect(told(lines, { 'SO-2': undefined })).toEqual(['quantity: erp order SO-1=10', 'quantity: erp pick A=10']);
  });

  it('is told by two at least, and is no state', () => {
    expect(told([line('order', 0, 10)])).toEqual([]);
    expect(told(['a', 'b'].map((step, at): Line => ({ system: 'erp', step, at, attributes: { status: 'open' } })))).toEqual([]);
  });
});
