import { describe, expect, it } from 'vitest';
import { Draft } from '../draft.ts';
import { compileRetype } from './retype.ts';

const ORDERS = { type: 'order', source: String.raw`\bSO-\d{2,4}\b`, example: 'SO-77' };
const CASES = { type: 'case', source: String.raw`\bPR-\d{2,4}\b`, example: 'PR-12' };

describe('compileRetype', () => {
  it('gives cases and records the type that keys like theirs have elsewhere', () => {
    const draft = new Draft();
    for (const [type, value] of [
      ['case', 'SO-77'],
      ['record', 'SO-78'],
      ['case', 'SO-77-B'],
      ['shipment', 'SO-79'],
      ['case', 'PR-12'],
    ] as const)
      draft.identifier(type, value, 'x');
    compileRetype([CASES, ORDERS])?.(draft);
    expect(draft.idTypes).toEqual(['order', 'order', 'case', 'shipment', 'case']);
  });

  it('is nothing where no typed shape is known', () => {
    expect(compileRetype([])).toBeUndefined();
    expect(compileRetype([CASES])).toBeUndefined();
  });
});
