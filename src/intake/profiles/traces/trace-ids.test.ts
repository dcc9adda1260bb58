import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanId, traceId } from './trace-ids.ts';

const hexDigits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

describe('trace ids', () => {
  it('knows one id in all its spellings', () => {
    const id = '0af7651916cd43dd8448eb211c80319c';
    expect(traceId(id.toUpperCase())).toBe(id);
    expect(traceId(id.slice(1))).toBe(id);
    expect(traceId('CvdlGRbNQ92ESOshHIAxnA==')).toBe(id);
    expect(traceId('CvdlGRbNQ92ESOshHIAxnA')).toBe(id);
    expect(spanId('t61rcWkgMzE=')).toBe('b7ad6b7169203331');
  });

  it('gives a 64-bit id 16 digits, however it was padded', () => {
    expect(traceId('463ac35c9f6413ad')).toBe('463ac35c9f6413ad');
    expect(traceId('0000000000000000463ac35c9f6413ad')).toBe('463ac35c9f6413ad');
    expect(traceId('1')).toBe('0000000000000001');
  });

  it('knows no id in zeros or nothing', () => {
    expect(traceId('')).toBe('');
    expect(traceId('00000000000000000000000000000000')).toBe('');
    expect(spanId('0000000000000000')).toBe('');
  });

  it('leaves ids of other makers as they are', () => {
    expect(traceId('5b8aa5a2-d2c8-72e8-321c-f37308d69df2')).toBe('5b8aa5a2-d2c8-72e8-321c-f37308d69df2');
    expect(spanId('span-7')).toBe('span-7');
  });

  it('is the same for hex in either case, without leading zeros, and in base64', () => {
    fc.assert(
      fc.property(hexDigits(32), (hex) => {
        const expected = traceId(hex);
        expect(traceId(hex.toUpperCase())).toBe(expected);
        expect(traceId(hex.replace(/^0+/, ''))).toBe(expected);
        expect(traceId(Buffer.from(hex, 'hex').toString('base64'))).toBe(expected);
        expect(traceId(expected)).toBe(expected);
      }),
    );
  });
});
