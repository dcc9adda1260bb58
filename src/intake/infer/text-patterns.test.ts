import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFinder, learnTextPatterns } from './text-patterns.ts';

const samples = (type: string, ...values: string[]) => values.map((value) => ({ type, value }));

function find(text: string, ...learned: { type: string; value: string }[]): string[] {
  const found: string[] = [];
  compileFinder(learnTextPatterns(learned))(text, (type, value) => found.push(`${type} ${value}`));
  return found;
}

describe('learnTextPatterns', () => {
  it('learns prefix and number, allowing one digit more than seen', () => {
    expect(learnTextPatterns(samples('order', 'SO-1042', 'SO-1043', 'SO-99123'))).toEqual([
      { type: 'order', source: String.raw`\bSO-\d{4,6}\b`, example: 'SO-1042' },
    ]);
  });

  it('never learns from bare small numbers, from technical ids, or from too few', () => {
    expect(learnTextPatterns(samples('order', '1042', '1043', '1044', '7'))).toEqual([]);
    expect(learnTextPatterns(samples('trace', 'TR-10001', 'TR-10002', 'TR-10003'))).toEqual([]);
    expect(learnTextPatterns(samples('order', 'SO-1042', 'SO-1043', 'SO-1043'))).toEqual([]);
    expect(learnTextPatterns(samples('customer', 'C-100', 'C-101', 'C-102'))).toEqual([]);
  });

  it('learns two digits behind a separator, not behind letters alone', () => {
    expect(learnTextPatterns(samples('order', 'SO-71', 'SO-77', 'SO-82'))).toEqual([
      { type: 'order', source: String.raw`\bSO-\d{2,3}\b`, example: 'SO-71' },
    ]);
    expect(learnTextPatterns(samples('order', 'SO71', 'SO77', 'SO82'))).toEqual([]);
  });

  it('gives a spelling to the type that says something, whichever was seen first', () => {
    const both = [...samples('case', 'SO-71', 'SO-77', 'SO-82'), ...samples('order', 'SO-71', 'SO-77', 'SO-82')];
    expect(learnTextPatterns(both).map((pattern) => pattern.type)).toEqual(['order']);
  });

  it('learns long numbers by their constant beginning', () => {
    expect(
      find(
        'posted 4500017931 for 0000100042 at 1930382102',
        ...samples('document', '4500017931', '4500017932', '4500019999'),
        ...samples('order', '0000100042', '0000100043', '0000109999'),
      ),
    ).toEqual(['document 4500017931', 'order 0000100042']);
    expect(learnTextPatterns(samples('order', '1930382102', '2930382103', '3930382104'))).toEqual([]);
  });

  it('learns URNs and opaque tails', () => {
    expect(
      find(
        'paid gid://shop/Order/100042, charge pay_3Nx8aQ2eZv.',
        ...samples('order', 'gid://shop/Order/100041', 'gid://shop/Order/100042', 'gid://shop/Order/100043'),
        ...samples('payment', 'pay_3Nx8aQ2eZv', 'pay_4Nx8aQ2eZw', 'pay_5Nx8aQ2eZx'),
      ),
    ).toEqual(['order gid://shop/Order/100042', 'payment pay_3Nx8aQ2eZv']);
  });

  it('gives one spelling to one type', () => {
    expect(
      learnTextPatterns([
        ...samples('order', 'SO-1001', 'SO-1002', 'SO-1003'),
        ...samples('reference', 'SO-1001', 'SO-1002', 'SO-1003'),
      ]).map((pattern) => pattern.type),
    ).toEqual(['order']);
  });
});

describe('compileFinder', () => {
  it('finds each key, and no part of a longer word or number', () => {
    const keys = samples('order', 'SO-1001', 'SO-1002', 'SO-1003');
    expect(find('SO-1001,SO-1002 (SO-1999) xSO-1001 SO-1001234567 SO-12 so-1001', ...keys)).toEqual([
      'order SO-1001',
      'order SO-1002',
      'order SO-1999',
    ]);
    expect(find('nothing here', ...keys)).toEqual([]);
  });

  it('finds every key it learned from, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z]{2,6}[-_#/]$/),
        fc.uniqueArray(fc.stringMatching(/^\d{4,9}$/), { minLength: 3, maxLength: 8 }),
        (prefix, numbers) => {
          const keys = numbers.map((number) => prefix + number);
          const text = `a ${keys.join(', ')} z`;
          expect(find(text, ...samples('order', ...keys))).toEqual(keys.map((key) => `order ${key}`));
        },
      ),
    );
  });

  it('stays quick on texts made to slow it down', () => {
    const keys = samples('order', 'SO-1001', 'SO-1002', 'SO-1003');
    expect(find('SO-'.repeat(100_000), ...keys)).toEqual([]);
    expect(find(`SO-${'1'.repeat(200_000)}`, ...keys)).toEqual([]);
  });
});
