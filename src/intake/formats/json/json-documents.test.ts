import { describe, expect, it } from 'vitest';
import { collect, readText, valuesOf } from '../test-harness.ts';
import { shapeOf } from './json-shape.ts';

describe('objects of known kinds', () => {
  it.each([
    [
      'a Stripe event with the lines of its invoice',
      {
        id: 'evt_1',
        object: 'event',
        data: { object: { id: 'in_1', object: 'invoice', lines: { object: 'list', data: [{ id: 'il_1' }, { id: 'il_2' }] } } },
      },
    ],
    [
      'a FHIR report with its results',
      { resourceType: 'DiagnosticReport', id: 'd1', result: [{ reference: 'Observation/1' }, { reference: 'Observation/2' }] },
    ],
    [
      'a Salesforce record with a subquery',
      { attributes: { type: 'Order', url: '/x' }, OrderItems: { records: [{ Quantity: 1 }, { Quantity: 2 }] } },
    ],
  ])('%s is one entry', (_name, value) => {
    expect(shapeOf(value, 0)).toMatchObject({ root: [], whole: true, nested: [] });
    expect(shapeOf([value, value], 0)).toMatchObject({ root: [], whole: false, nested: [] });
  });

  it('the entries of a FHIR Bundle are entries, each with its own place', async () => {
    const text =
      '{"resourceType":"Bundle","id":"b","type":"searchset","total":2,"entry":[{"resource":{"resourceType":"Patient","id":"1"}},\n{"resource":{"resourceType":"Patient","id":"2"}}]}';
    const { entries, format, options } = await readText('bundle.json', text);
    expect(valuesOf(entries, undefined)).toHaveLength(2);
    for (const { place } of entries)
      expect(format.parse(Buffer.from(text).subarray(place.offset, place.offset + place.length), options)).toHaveProperty('resource');
    const cut = await collect(format, new TextEncoder().encode(text.slice(0, -20)), options);
    expect(cut.entries).toHaveLength(1);
    expect(cut.rejections).toHaveLength(1);
  });
});
