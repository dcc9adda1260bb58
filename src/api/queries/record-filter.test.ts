import { describe, expect, it } from 'vitest';
import { recordQuery } from './record-filter.ts';

describe('recordQuery', () => {
  it('takes field terms out of the text', () => {
    expect(recordQuery({ text: 'SO-10 status:failed system:"SAP ERP"' })).toMatchObject({
      text: 'SO-10',
      status: 'failed',
      system: 'SAP ERP',
    });
  });

  it('leaves identifiers that contain a colon alone', () => {
    expect(recordQuery({ text: 'urn:order:17' }).text).toBe('urn:order:17');
  });

  it('knows the three states of completeness, and no other', () => {
    expect(recordQuery({ text: 'completeness:lacking' })).toMatchObject({ text: '', completeness: 'lacking' });
    expect(recordQuery({ text: 'completeness:half' }).completeness).toBeUndefined();
  });

  it('lets an explicit filter win over a term, and reads severities as a rank', () => {
    expect(recordQuery({ text: 'type:invoice severity:warning', type: 'order' })).toMatchObject({ type: 'order', severity: 2 });
  });
});
