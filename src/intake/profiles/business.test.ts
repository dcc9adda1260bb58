import { describe, expect, it } from 'vitest';
import { Draft } from '../draft.ts';
import type { FieldMapping } from '../mapper.ts';
import { createNamedReader, entityOf, entityOfMapping, isKey, namedRole, numberOf, seenRole } from './business.ts';

function field(path: string, role: FieldMapping['role'], type: string | undefined): FieldMapping {
  return { path, role, type, format: undefined, confidence: 1, reason: 'test', samples: [] };
}

describe('namedRole', () => {
  it('takes keys for identifiers and keeps what a person tracked', () => {
    expect(namedRole('Order No', true, 'order')).toMatchObject({ role: 'identifier', type: 'order' });
    expect(namedRole('Order Total', true, 'order')).toEqual({ role: 'attribute', name: 'amount' });
    expect(namedRole('My Custom TF', true, undefined)).toEqual({ role: 'attribute', name: 'my_custom_tf' });
  });

  it('ignores what machinery says about itself', () => {
    expect(namedRole('trace_id', true, undefined)).toEqual({ role: 'ignored' });
    expect(namedRole('my.custom.flag', false, undefined)).toEqual({ role: 'ignored' });
    expect(namedRole('payment.status', false, undefined)).toEqual({ role: 'attribute', name: 'payment_status' });
  });

  it('does not take a lone noun for a key', () => {
    expect(namedRole('customer', false, undefined)).toEqual({ role: 'ignored' });
    expect(namedRole('charge', false, undefined)).toEqual({ role: 'ignored' });
  });
});

describe('seenRole', () => {
  it('takes a lone noun for a key where the values are keys', () => {
    expect(seenRole('Customer', ['C-10247', 'C-10031'], true, 'order')).toMatchObject({ role: 'identifier', type: 'customer' });
    expect(seenRole('Customer', ['Ada Lovelace', 'C-10031'], true, 'order')).toEqual({ role: 'attribute', name: 'customer' });
    expect(seenRole('Region', ['R-10', 'R-11'], true, 'order')).toEqual({ role: 'attribute', name: 'region' });
  });
});

describe('createNamedReader', () => {
  it('follows the mapping before the name', () => {
    const read = createNamedReader({
      classify: (name) => namedRole(name, true, undefined),
      fields: [
        field('tracked.Order No', 'ignored', undefined),
        field('tracked.Label', 'identifier', 'order'),
        field('other.Note', 'identifier', 'note'),
      ],
      prefix: 'tracked.',
    });
    const draft = new Draft();
    read('Order No', 'SO-1', draft);
    read('Label', 'SO-2', draft);
    read('Note', 'N-3', draft);
    expect(draft.idValues).toEqual(['SO-2']);
    expect(draft.idTypes).toEqual(['order']);
    expect(draft.idPaths).toEqual(['tracked.Label']);
    expect(draft.attrNames).toEqual(['note']);
  });

  it('takes no placeholder for a key', () => {
    const read = createNamedReader({ classify: (name) => namedRole(name, true, undefined), fields: [], prefix: '' });
    const draft = new Draft();
    for (const value of ['', 'null', 'N/A', '-', '0', '{"a":1}', 'x'.repeat(200)]) read('orderId', value, draft);
    expect(draft.idValues).toEqual([]);
    read('orderId', ' 1042 ', draft);
    expect(draft.idValues).toEqual(['1042']);
  });
});

describe('entities', () => {
  it('prefers orders, else the first kind of record', () => {
    expect(entityOf(['Customer No', 'Order No'])).toBe('order');
    expect(entityOf(['Shipment No', 'Customer No'])).toBe('shipment');
    expect(entityOf(['Label'])).toBeUndefined();
    expect(entityOfMapping([field('a', 'identifier', 'customer'), field('b', 'identifier', 'order')])).toBe('order');
    expect(entityOfMapping([field('a', 'attribute', 'amount')])).toBeUndefined();
  });
});

describe('values', () => {
  it('tells keys from texts', () => {
    expect(isKey('SO-1042')).toBe(true);
    expect(isKey('gid://shop/Order/1042')).toBe(true);
    expect(isKey('DE 123 456')).toBe(true);
    expect(isKey('this is a long sentence about an order')).toBe(false);
    expect(isKey('unknown')).toBe(false);
  });

  it('takes leading zeros for a key, not for a number', () => {
    expect(numberOf('119.50')).toBe(119.5);
    expect(numberOf('-3')).toBe(-3);
    expect(numberOf('0000100042')).toBeNaN();
    expect(numberOf('1e5')).toBeNaN();
    expect(numberOf('')).toBeNaN();
  });
});
