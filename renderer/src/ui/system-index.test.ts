import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fallbackNumber, SYSTEM_COLOURS, systemNumbers } from './system-index.ts';

it('numbers systems by name, whatever order they come in', () => {
  expect([...systemNumbers(['shop', 'erp', 'crm', 'erp'])]).toEqual([
    ['crm', 1],
    ['erp', 2],
    ['shop', 3],
  ]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 }), (names) => {
      expect([...systemNumbers(names.toReversed())]).toEqual([...systemNumbers(names)]);
    }),
  );
});

it('always answers a colour that exists', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const number = fallbackNumber(name);
      expect(number).toBeGreaterThanOrEqual(1);
      expect(number).toBeLessThanOrEqual(SYSTEM_COLOURS);
    }),
  );
});
