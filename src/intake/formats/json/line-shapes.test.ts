import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../entry.ts';
import { scalarAt, slotOf } from '../../spans.ts';
import { LineShapes } from './line-shapes.ts';

/** What the shapes make of a line: the value that their slots add up to; undefined when no shape fits. */
function readBack(shapes: LineShapes, line: string): Json | undefined {
  const bytes = Buffer.from(`##${line}##`);
  const ascii = bytes.length === line.length + 4;
  if (!shapes.read(bytes, 2, bytes.length - 2, ascii)) return undefined;
  const filled = (value: Json): Json => {
    const slot = slotOf(value);
    if (slot !== undefined) return scalarAt(shapes.spans, slot);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(filled);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member)]));
  };
  return filled(shapes.spans.shape.probe);
}

function learned(...lines: readonly string[]): LineShapes {
  const shapes = new LineShapes();
  for (const line of lines) {
    const bytes = Buffer.from(line);
    shapes.learn(bytes, 0, bytes.length);
  }
  return shapes;
}

describe('lines of a shape that was learned', () => {
  const shapes = learned('{"a":1,"b":{"c":"x"},"d":[],"e":null}', '{"a": "x", "f": true}');

  test.each([
    '{"a":2,"b":{"c":"y"},"d":[],"e":false}',
    '{"a":"","b":{"c":-1.5e-3},"d":[],"e":""}',
    String.raw`{"a":"q\"\\\/\b\f\n\r\t\u00fc","b":{"c":"ü €"},"d":[],"e":0}`,
    '{"a":999999999999999,"b":{"c":-0},"d":[],"e":0.1}',
    '{"a": 12.5, "f": null}',
  ])('%s is read as JSON.parse reads it', (line) => {
    expect(readBack(shapes, line)).toEqual(JSON.parse(line));
  });

  test.each([
    ['another key', '{"a":1,"b":{"x":"y"},"d":[],"e":1}'],
    ['one key more', '{"a": 1, "f": 2, "g": 3}'],
    ['one key less', '{"a": 1}'],
    ['other blanks', '{"a":1, "f": 2}'],
    ['a list with elements', '{"a":1,"b":{"c":"y"},"d":[1],"e":1}'],
    ['an object in place of a scalar', '{"a": {}, "f": 1}'],
    ['an integer that a double does not hold', '{"a": 1234567890123456, "f": 1}'],
    ['a number with a zero in front', '{"a": 01, "f": 1}'],
    ['a number that ends in a point', '{"a": 1., "f": 1}'],
    ['a plus sign', '{"a": +1, "f": 1}'],
    ['an exponent without digits', '{"a": 1e, "f": 1}'],
    ['a word that is none', '{"a": nul, "f": 1}'],
    ['a string that does not end', '{"a": "x'],
    ['a line break in a string', '{"a": "x\ny", "f": 1}'],
    ['an unknown escape', String.raw`{"a": "\x", "f": 1}`],
    ['half an escape', String.raw`{"a": "\u00f", "f": 1}`],
    ['something behind it', '{"a": 1, "f": 2}}'],
    ['nothing', ''],
  ])('%s is left to the parser', (_what, line) => {
    expect(readBack(shapes, line)).toBeUndefined();
  });
});

test.each([
  ['a key twice', '{"a":1,"a":2}'],
  ['a list with elements', '{"a":[1]}'],
  ['a bare list', '[]'],
  ['a bare number', '1'],
  ['a key that objects have anyway', '{"__proto__":1}'],
])('%s has no shape', (_what, line) => {
  expect(readBack(learned(line), line)).toBeUndefined();
});

const key = fc
  .oneof(fc.constantFrom('a', 'b', 'a.b', 'ü', '"', '\\', '{', ''), fc.string({ maxLength: 5 }))
  .filter((k) => k !== '__proto__');
const scalar = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null));
const object = fc.letrec((tie) => ({
  object: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, scalar, tie('object'), fc.constant([])), { maxKeys: 4 }),
})).object;

test('whatever is learned is read back as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 6 }), fc.constantFrom(undefined, 1), (values, indent) => {
      const lines = values.map((value) => JSON.stringify(value, undefined, indent).replaceAll('\n', ' '));
      const shapes = learned(...lines);
      for (const line of lines) {
        const back = readBack(shapes, line);
        // Numbers of very many digits are the parser's.
        if (back === undefined) expect(line).toMatch(/\d{16}/);
        else expect(back).toEqual(JSON.parse(line));
      }
    }),
  );
});

test('lines damaged anywhere are read as JSON.parse reads them, or not at all', () => {
  fc.assert(
    fc.property(object, fc.nat(), fc.constantFrom('"', '\\', ',', '}', '{', '0', '\u0001', 'x', ''), (value, at, put) => {
      const line = JSON.stringify(value);
      const shapes = learned(line);
      const place = at % (line.length + 1);
      const damaged = line.slice(0, place) + put + line.slice(place + 1);
      const back = readBack(shapes, damaged);
      if (back !== undefined) expect(back).toEqual(JSON.parse(damaged));
    }),
    { numRuns: 2000 },
  );
});

test('objects whose keys are data are given up', () => {
  const shapes = new LineShapes();
  for (let i = 0; i < 5000 && shapes.learns; i++) {
    const bytes = Buffer.from(`{"id${i}":1}`);
    expect(shapes.read(bytes, 0, bytes.length, true)).toBe(false);
    shapes.learn(bytes, 0, bytes.length);
  }
  expect(shapes.learns).toBe(false);
});
