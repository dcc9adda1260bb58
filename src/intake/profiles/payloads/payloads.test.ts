import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import { Draft } from '../../draft.ts';
import { UBL_NAMESPACE } from '../../formats/xml/xml-documents.ts';
import { amountName, identifyName } from './put.ts';
import { fullId, isSalesforceId } from './salesforce-fields.ts';
import { shopify } from './shopify.ts';
import { majorUnits } from './stripe-objects.ts';
import { stripe } from './stripe.ts';
import { ubl } from './ubl.ts';

describe('the names of a record', () => {
  const names = (...values: readonly string[]): readonly string[] => {
    const draft = new Draft();
    for (const value of values) identifyName(draft, 'order', value, 'x');
    return draft.idValues;
  };

  it('are four numbers at most, in any number of spellings', () => {
    const four = ['5001', 'gid://shopify/Order/5001', '#1001', '1001', 'PO-77', 'WEB-3'];
    expect(names(...four, 'CRM-12', 'web-3')).toEqual([...four, 'web-3']);
    expect(names('0000004711', '4711', 'PO-77', 'SO-9', 'A-1', 'A-2')).toEqual(['0000004711', '4711', 'PO-77', 'SO-9', 'A-1']);
  });

  it('are not placeholders', () => {
    expect(names('', 'null', '0', 'SO-1')).toEqual(['SO-1']);
  });
});

describe('amounts', () => {
  it('of a part do not take the name of the whole', () => {
    expect(['order', 'invoice', 'refund', 'credit-note'].map(amountName)).toEqual([
      'amount',
      'amount',
      'refund_amount',
      'credit_note_amount',
    ]);
  });

  it.each([
    ['1999', 'EUR', '19.99'],
    ['5', 'USD', '0.05'],
    ['-250', 'EUR', '-2.50'],
    ['1999', 'JPY', '1999'],
    ['5120', 'KWD', '5.120'],
    ['1000', 'UGX', ''],
    ['12.5', 'EUR', ''],
    ['', 'EUR', ''],
  ])('%s minor units of %s are "%s"', (minor, currency, text) => {
    expect(majorUnits(minor, currency)).toBe(text);
  });

  it('keep their value', () => {
    fc.assert(
      fc.property(fc.integer(), (minor) => {
        expect(Math.round(Number(majorUnits(String(minor), 'EUR')) * 100)).toBe(minor);
      }),
    );
  });
});

describe('Salesforce ids', () => {
  it('get the characters that check their case', () => {
    expect(fullId('001AA00000ABCde')).toBe('001AA00000ABCdeYAH');
    expect(fullId('801AA0000012345YAA')).toBe('801AA0000012345YAA');
    expect(isSalesforceId('001AA00000ABCdeYAH')).toBe(true);
    expect(isSalesforceId('001AA00000ABCdeYAC')).toBe(false);
  });

  it('differ in the long form where they differ in case alone', () => {
    const id = fc.string({ unit: fc.constantFrom(...'abcxyzABCXYZ019'), minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(id, id, (a, b) => {
        if (a !== b && a.toLowerCase() === b.toLowerCase()) expect(fullId(a).toLowerCase()).not.toBe(fullId(b).toLowerCase());
      }),
    );
  });
});

describe('a document that names no system', () => {
  const options = { path: ['Order'], namespace: `${UBL_NAMESPACE}Order-2` };
  const order = tree({ ID: 'PO-1', IssueDate: '2031-03-04' });

  it('has the one that was given, else the side that issues it', () => {
    expect(runProfile(ubl, [order], sourceOf('a.xml', 'xml', { options })).events[0]!['system']).toBe('buyer');
    expect(runProfile(ubl, [order], sourceOf('a.xml', 'xml', { options, system: 'erp' })).events[0]!['system']).toBe('erp');
  });

  it('is dated in the zone of its source', () => {
    expect(runProfile(ubl, [order], sourceOf('a.xml', 'xml', { options, zone: 'Europe/Berlin' })).events[0]!['time']).toBe(
      '2031-03-03T23:00:00Z',
    );
  });

  it('is none of UBL without the namespace', () => {
    expect(ubl.recognise([order], sourceOf('a.xml', 'xml', { options: { path: ['Order'], namespace: 'urn:mine' } }))).toBeUndefined();
  });
});

describe('what only looks like it', () => {
  it.each([
    ['an order of another shop', shopify, { order: { id: 1, name: '#1', financial_status: 'paid', line_items: [] } }],
    ['an object of another API', stripe, { id: 'chatcmpl-1', object: 'chat.completion', created: 1_930_382_102 }],
    ['an invoice with another kind of id', stripe, { id: '17', object: 'invoice', total: 1 }],
  ] as const)('%s is not claimed', (_name, profile, value) => {
    expect(profile.recognise([tree(value as never)], sourceOf('a.json', 'json'))).toBeUndefined();
  });
});
