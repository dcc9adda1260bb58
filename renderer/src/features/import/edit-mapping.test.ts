import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../test-support/fake-import.ts';
import { CHOSEN, isZone, withField, withSystem, withZone } from './edit-mapping.ts';

const mapping = makePlan('p').parts[0]?.mapping;
if (mapping === undefined || mapping === null) throw new Error('the first part is ready');

describe('edits of a mapping', () => {
  it('changes one field, and says who chose', () => {
    const next = withField(mapping, 'weight_g', { role: 'identifier', type: 'parcel' });
    expect(next.fields.find((field) => field.path === 'weight_g')).toMatchObject({
      role: 'identifier',
      type: 'parcel',
      confidence: 1,
      reason: CHOSEN,
    });
    expect(next.fields.filter((field) => field.path !== 'weight_g')).toEqual(mapping.fields.filter((field) => field.path !== 'weight_g'));
  });

  it('changes system and zone', () => {
    expect(withSystem(mapping, 'warehouse')).toMatchObject({ system: 'warehouse', systemReason: CHOSEN });
    expect(withZone(mapping, 'Europe/Berlin')).toMatchObject({ zone: 'Europe/Berlin', zoneReason: CHOSEN });
  });
});

it('knows zones', () => {
  expect(['UTC', 'Europe/Berlin', '+02:00'].map(isZone)).toEqual([true, true, true]);
  expect(['', 'Nowhere/Atlantis', 'tomorrow'].map(isZone)).toEqual([false, false, false]);
});
