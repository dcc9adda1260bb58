import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { FieldMapping } from '../../mapper.ts';
import { createTypeReader, recordTypes } from './object-types.ts';
import { ocel } from './ocel.ts';
import { pythonList } from './python-list.ts';

const SOURCE = sourceOf('log.jsonocel', 'ocel-json', { system: 'erp' });

describe('object types', () => {
  it('are called as other sources call such records', () => {
    expect([...recordTypes(['Purchase Order', 'Invoice', 'Handling Units', 'items'])]).toEqual([
      ['Purchase Order', 'order'],
      ['Invoice', 'invoice'],
      ['Handling Units', 'handling-unit'],
      ['items', 'item'],
    ]);
  });

  it('stay apart where they would be called the same', () => {
    expect([...recordTypes(['Sales Order', 'Purchase Order']).values()]).toEqual(['sales-order', 'purchase-order']);
    const field: FieldMapping = {
      path: 'objects.Sales Order',
      role: 'identifier',
      type: 'order',
      format: undefined,
      confidence: 1,
      reason: '',
      samples: [],
    };
    const typeOf = createTypeReader([field, { ...field, path: 'objects.Clerk', role: 'ignored' }]);
    expect(['Sales Order', 'Purchase Order', 'Purchase Order', 'Clerk', ''].map(typeOf)).toEqual([
      'order',
      'purchase-order',
      'purchase-order',
      undefined,
      'object',
    ]);
  });
});

describe('ocel', () => {
  it('tells a change with the value before it, whatever the order in the file', () => {
    const value = (name: string, time: string, text: string): { name: string; time: string; value: string } => ({
      name,
      time,
      value: text,
    });
    const { events } = runProfile(
      ocel,
      [
        tree({
          object: 'SO-1',
          type: 'order',
          attributes: [
            value('status', '2031-03-05T00:00:00Z', 'paid'),
            value('status', '2031-03-04T00:00:00Z', 'open'),
            value('status', '1970-01-01T00:00:00Z', 'new'),
            value('channel', '1970-01-01 01:00:00', 'web'),
            value('lane', '2031-03-04T00:00:00Z', 'fast'),
          ],
          relationships: [],
        }),
      ],
      SOURCE,
    );
    expect(events.map((event) => [event['time'], event['kind'], event['attributes']])).toEqual([
      [undefined, 'snapshot', ['channel=web']],
      ['2031-03-04T00:00:00Z', 'snapshot', ['status=open', 'status_before=new', 'lane=fast']],
      ['2031-03-05T00:00:00Z', 'snapshot', ['status=paid', 'status_before=open']],
    ]);
  });

  it('reads local times in the given zone', () => {
    const event = tree({ event: 'e1', type: 'Ship', time: '2031-07-04 09:15:02', attributes: {}, relationships: [] });
    const { events } = runProfile(ocel, [event], { ...SOURCE, zone: 'Europe/Berlin' });
    expect(events[0]).toMatchObject({ time: '2031-07-04T07:15:02Z', system: 'erp', step: 'Ship', status: 'unknown' });
  });
});

describe('Python lists', () => {
  it.each([
    [`['i4', 'i1']`, ['i4', 'i1']],
    [`["it's", 'a\\'b', 'c\\\\d', '\\x41\\u00e9']`, ["it's", "a'b", 'c\\d', 'Aé']],
    [`[]`, []],
    [``, []],
    [`[1, 2]`, ['1', '2']],
    [`('a',)`, ['a']],
    [`o1`, ['o1']],
  ])('%s', (cell, items) => {
    expect(pythonList(cell)).toEqual(items);
  });

  it.each([`['a`, `['a'`, `['a'] x`, `[`])('%s is damaged', (cell) => {
    expect(pythonList(cell)).toBeUndefined();
  });

  it('never throw, and give back what repr wrote', () => {
    fc.assert(fc.property(fc.string(), (cell) => void pythonList(cell)));
    fc.assert(
      fc.property(fc.array(fc.string()), (items) => {
        const repr = `[${items.map((item) => `'${item.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`).join(', ')}]`;
        expect(pythonList(repr)).toEqual(items);
      }),
    );
  });
});
