import { describe, expect, it } from 'vitest';
import type { WireMapping, WirePlanPart } from '../../../../../src/api/wire.ts';
import { makePlan } from '../../../../test-support/fake-import.ts';
import {
  changedFields,
  changedSetting,
  changedWords,
  countChanges,
  describeField,
  differing,
  restoreField,
  restoreSetting,
} from './changes.ts';
import { CHOSEN, editField, editSystem, editWord, editZone, fieldsAreFree, isZone } from './edit-mapping.ts';

const found = makePlan('p').parts[0];
if (found === undefined || found.mapping === null) throw new Error('the first part is ready');
const part: WirePlanPart = found;
const mapping: WireMapping = found.mapping;
const field = (of: WireMapping, path: string) => of.fields.find((one) => one.path === path);
const original = new Map([[part.id, mapping]]);
const after = (...edits: ((mapping: WireMapping) => WireMapping)[]): WirePlanPart => ({
  ...part,
  mapping: edits.reduce((now, edit) => edit(now), mapping),
});

describe('edits of a mapping', () => {
  it('changes one field, and says who chose', () => {
    const next = editField('weight_g', { role: 'identifier', type: 'parcel' })(mapping);
    expect(field(next, 'weight_g')).toMatchObject({ role: 'identifier', type: 'parcel', confidence: 1, reason: CHOSEN });
    expect(next.fields.filter((one) => one.path !== 'weight_g')).toEqual(mapping.fields.filter((one) => one.path !== 'weight_g'));
  });

  it('keeps of type, format and words only what the new role asks for', () => {
    expect(field(editField('order_ref', { role: 'step' })(mapping), 'order_ref')).not.toHaveProperty('type');
    expect(field(editField('took_ms', { role: 'attribute' })(mapping), 'took_ms')).not.toHaveProperty('format');
    expect(field(editField('took_ms', { role: 'time' })(mapping), 'took_ms')).toHaveProperty('format', 'iso');
    const said = {
      ...mapping,
      fields: mapping.fields.map((one) => (one.role === 'status' ? { ...one, values: { PARKED: 'waiting' as const } } : one)),
    };
    expect(field(editField('state', { role: 'attribute' })(said), 'state')).not.toHaveProperty('values');
  });

  it('gives a word a meaning and takes it back', () => {
    const said = editWord('PARKED', 'waiting')(mapping);
    expect(said.statuses).toEqual({ PARKED: 'waiting' });
    expect(editWord('PARKED', undefined)(said)).toEqual(mapping);
    const platform = { ...mapping, profile: 'boomi-execution-record', fields: [] };
    expect(editWord('PARKED', 'waiting')(platform).statuses).toEqual({ PARKED: 'waiting' });
  });

  it('takes a word from the field for which a profile said it', () => {
    const values = { PARKED: 'waiting', HELD: 'waiting' } as const;
    const said = { ...mapping, fields: mapping.fields.map((one) => (one.path === 'state' ? { ...one, values } : one)) };
    const changed = editWord('PARKED', 'failed')(said);
    expect(changed.statuses).toEqual({ PARKED: 'failed' });
    expect(field(changed, 'state')?.values).toEqual({ HELD: 'waiting' });
  });

  it('changes system and zone', () => {
    expect(editSystem('warehouse')(mapping)).toMatchObject({ system: 'warehouse', systemReason: CHOSEN });
    expect(editZone('Europe/Berlin')(mapping)).toMatchObject({ zone: 'Europe/Berlin', zoneReason: CHOSEN });
  });

  it('knows which fields may be changed', () => {
    expect(fieldsAreFree(mapping)).toBe(true);
    expect(fieldsAreFree({ ...mapping, profile: 'boomi-execution-record' })).toBe(false);
    expect(fieldsAreFree({ ...mapping, profile: 'mine', reading: {} })).toBe(true);
    expect(fieldsAreFree({ ...mapping, profile: 'mine', base: 'boomi-execution-record', reading: {} })).toBe(false);
  });
});

describe('what was changed', () => {
  it('is nothing at first', () => {
    expect(countChanges([part], original)).toBe(0);
  });

  it('counts fields, words and settings, and not what was changed back', () => {
    const changed = after(editField('weight_g', { role: 'ignored' }), editWord('PARKED', 'waiting'), editZone('Asia/Tokyo'));
    expect([...changedFields([changed], original)]).toEqual(['weight_g']);
    expect([...changedWords([changed], original)]).toEqual(['PARKED']);
    expect(changedSetting([changed], original, 'zone')).toBe(true);
    expect(changedSetting([changed], original, 'system')).toBe(false);
    expect(countChanges([changed], original)).toBe(3);
    const back = after(editField('weight_g', { role: 'ignored' }), editField('weight_g', { role: 'attribute', type: 'weight' }));
    expect(countChanges([back], original)).toBe(0);
  });

  it('goes back, field by field and setting by setting', () => {
    const changed = after(editField('weight_g', { role: 'ignored' }), editSystem('x'), editZone('Asia/Tokyo'));
    const back = [restoreField('weight_g', mapping), restoreSetting('system', mapping), restoreSetting('zone', mapping)];
    expect(back.reduce((now, edit) => edit(now), changed.mapping ?? mapping)).toEqual(mapping);
  });

  it('says what a field was', () => {
    const order = field(mapping, 'order_ref');
    expect(order === undefined ? '' : describeField(order)).toBe('identifier, order');
  });

  it('tells how many files of a group differ from the first', () => {
    const index = mapping.fields.findIndex((one) => one.path === 'weight_g');
    const other = after(editField('weight_g', { role: 'ignored' }));
    expect(differing([part, part, other], index)).toBe(1);
    expect(differing([part, part], index)).toBe(0);
  });
});

it('knows zones', () => {
  expect(['UTC', 'Europe/Berlin', '+02:00'].map(isZone)).toEqual([true, true, true]);
  expect(['', 'Nowhere/Atlantis', 'tomorrow'].map(isZone)).toEqual([false, false, false]);
});
