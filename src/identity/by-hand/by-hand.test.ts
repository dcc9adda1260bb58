import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { said, tell, type Story, type Told } from '../testing.ts';

const MINUTE = 60_000_000;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const web = (n: number): string => `order:SO-${1000 + n}`;
const erp = (n: number): string => `order:000000${1000 + n}`;
const payment = (n: number): string => `payment:PAY-${7000 + 3 * n}`;
const shipment = (n: number): string => `shipment:SHP-${4000 + 7 * n}`;

/** An order that the shop and the ERP spell differently, its payment, its shipment and its customer. */
function life(n: number): Told[] {
  const at = n * 10 * MINUTE;
  return [
    { at, system: 'shop', execution: `e${n}`, ids: [web(n), `customer:C-${n % 7}`] },
    { at: at + 1000, system: 'shop', execution: `e${n}`, ids: [] },
    { at: at + MINUTE, system: 'pay', ids: [web(n), payment(n)] },
    { at: at + 2 * MINUTE, system: 'erp', ids: [web(n), erp(n)] },
    { at: at + 3 * MINUTE, system: 'erp', ids: [erp(n)] },
    { at: at + 4 * MINUTE, system: 'wms', ids: [erp(n), shipment(n)] },
    { at: at + 5 * MINUTE, system: 'wms', ids: [shipment(n)] },
  ];
}
const STEPS = 7;
const shop = (count: number): Told[] => range(count).flatMap(life);
const state = (story: Story, decision: number) => story.identity.decided.find((one) => one.decision === decision);

/** Everything that identity says, by name. */
function all(story: Story, events: readonly Told[]): unknown {
  const ids = [...new Set(events.flatMap(({ ids: named = [] }) => named))].toSorted();
  return {
    records: ids.map((id) => [id, story.record(id), story.root(id)]),
    journeys: events.map((_, at) => story.journeys(at)),
    links: [...story.links].map((link) => link.join(' ')).toSorted(),
    hubs: story.hubs,
    conflicts: story.identity.conflicts.map(({ kind, reason, claims }) => [kind, reason, claims.length]),
  };
}

describe('merging by hand', () => {
  it('makes one record of two, with one journey and the reason', () => {
    const story = tell(shop(30), { decisions: said(['merge', web(3), web(4)]) });
    expect(story.record(web(4))).toBe(story.record(web(3)));
    expect(story.record(erp(4))).toBe(story.record(web(3)));
    expect(story.root(shipment(4))).toBe(story.root(payment(3)));
    expect(story.journeys(4 * STEPS + 6)).toEqual(['order SO-1003']);
    const { rules, ruleOf, decided } = story.identity;
    expect(decided).toEqual([{ decision: 1, state: 'applied', reason: '' }]);
    expect(rules.filter(({ id }) => id === 'by-hand')).toHaveLength(1);
    expect([...ruleOf].filter((rule) => rules[rule]!.id === 'by-hand').length).toBe(2);
  });

  it('teaches nothing of others: relations are what they are without it', () => {
    const decisions = said(...range(12).map((n): [string, string, string] => ['merge', web(2 * n), web(2 * n + 1)]));
    const relations = (story: Story) =>
      story.identity.relations.map(({ from, to, cardinality, owner }) => ({ from, to, cardinality, owner }));
    expect(relations(tell(shop(40), { decisions }))).toEqual(relations(tell(shop(40))));
  });

  it('does not let a hub glue', () => {
    const story = tell(shop(100), { decisions: said(['merge', 'customer:C-1', 'customer:C-2'], ['link-owns', 'customer:C-3', web(3)]) });
    expect(story.record('customer:C-2')).toBe(story.record('customer:C-1'));
    expect(new Set(range(100).map((n) => story.root(web(n)))).size).toBe(100);
    expect(state(story, 2)).toMatchObject({ state: 'refused', reason: expect.stringContaining('touches many records') as string });
  });

  it('does not let a hub glue where only one of the two is one', () => {
    // A campaign is called an order as well, and goes with orders for as long as the data runs.
    const campaign = (n: number): string => `order:CAMPAIGN-${n % 5}`;
    const events = range(200).flatMap((n): Told[] => [
      ...life(n),
      { at: n * 10 * MINUTE + 90_000, system: 'crm', ids: [web(n), campaign(n)], fields: ['order', 'campaign'] },
    ]);
    expect(tell(events).hubs).toContain('order');
    const story = tell(events, { decisions: said(['merge', web(3), campaign(1)]) });
    expect(story.record(web(3))).toBe(story.record(campaign(1)));
    const others = range(200).filter((n) => n !== 3);
    expect(new Set(others.map((n) => story.root(web(n)))).size).toBe(199);
    // What names the campaign beside another order is told in the journey of that order alone.
    expect(story.journeys(6 * (STEPS + 1) + STEPS)).toEqual([story.record(web(6))]);
    expect(state(story, 1)?.reason).toContain('only give context');
  });

  it('adds up the entries of both, those that name both once', () => {
    const events: Told[] = [...shop(30), { at: 1, system: 'shop', ids: [web(3), erp(4)] }];
    const eventsOf = (story: Story, id: string) => {
      const { records } = story.identity;
      const at = range(records.count + 1).find(
        (record) => record > 0 && `${records.type(record)} ${records.key(record)}` === story.record(id),
      )!;
      return records.events[at];
    };
    const before = tell(events);
    const after = tell(events, { decisions: said(['merge', web(3), web(4)]) });
    expect(eventsOf(after, web(3))).toBe(eventsOf(before, web(3))! + eventsOf(before, web(4))! - 1);
  });
});

describe('splitting by hand', () => {
  it('makes two records of one; other spellings go with the one they are written like', () => {
    const events = [...shop(30), { at: 1, system: 'crm', ids: ['order:so-1003'] }];
    const story = tell(events, { decisions: said(['split', web(3), erp(3)]) });
    expect(story.record(web(3))).not.toBe(story.record(erp(3)));
    expect(story.record('order:so-1003')).toBe(story.record(web(3)));
    expect(story.root(payment(3))).toBe(story.record(web(3)));
    expect(story.root(shipment(3))).toBe(story.record(erp(3)));
    expect(story.record(erp(5))).toBe(story.record(web(5)));
  });

  it('takes a spelling to another record together with a merge', () => {
    const story = tell(shop(30), { decisions: said(['split', web(3), erp(3)], ['merge', erp(3), web(8)]) });
    expect(story.record(erp(3))).toBe(story.record(web(8)));
    expect(story.root(shipment(3))).toBe(story.record(web(8)));
    expect(story.record(web(3))).toBe('order SO-1003');
  });
});

describe('linking by hand', () => {
  const stray: Told[] = [
    { at: 5 * MINUTE, system: 'crm', ids: ['ticket:T-1'] },
    { at: 6 * MINUTE, system: 'crm', execution: 'x1', ids: [] },
  ];

  it('hangs what no entry links, and runs that name nothing', () => {
    const events = [...shop(30), ...stray];
    const story = tell(events, {
      decisions: said(['link-owns', web(2), 'ticket:T-1'], ['link-owns', erp(2), 'execution:x1'], ['link-relates', web(2), web(9)]),
    });
    expect(story.root('ticket:T-1')).toBe(story.record(web(2)));
    expect(story.journeys(30 * STEPS)).toEqual(['order SO-1002']);
    expect(story.journeys(30 * STEPS + 1)).toEqual(['order SO-1002']);
    expect(story.links.get('order SO-1002 > ticket T-1')).toBe(0);
    expect(story.links.has('order SO-1002 > order SO-1009')).toBe(true);
    expect(story.root(web(9))).toBe('order SO-1009');
    expect(
      story.identity.relations.filter(({ decision }) => decision !== undefined).map(({ decision, owner }) => [decision, owner]),
    ).toEqual([
      [1, 'order'],
      [3, undefined],
    ]);
  });

  it('goes before what the data says, also against its direction', () => {
    const other = tell(shop(30), { decisions: said(['link-owns', web(2), shipment(5)]) });
    expect(other.root(shipment(5))).toBe('order SO-1002');
    const turned = tell(shop(30), { decisions: said(['link-owns', shipment(5), web(5)]) });
    expect(turned.root(web(5))).toBe(turned.record(shipment(5)));
    expect(turned.root(payment(5))).toBe(turned.record(shipment(5)));
    const between = [...turned.links.keys()].filter((link) => link.includes('SO-1005') && link.includes('SHP-4035'));
    expect(between).toEqual(['shipment SHP-4035 > order SO-1005']);
  });
});

describe('unlinking by hand', () => {
  it('gives what was linked a journey of its own', () => {
    const story = tell(shop(30), { decisions: said(['unlink', web(2), shipment(2)]) });
    expect(story.root(shipment(2))).toBe(story.record(shipment(2)));
    expect(story.links.has(`order SO-1002 > shipment SHP-4014`)).toBe(false);
    expect(story.root(shipment(3))).toBe(story.record(web(3)));
  });

  it('also where a third record leads from one to the other', () => {
    const parcels = range(60).map((n): Told => ({
      at: n * 10 * MINUTE + 6 * MINUTE,
      system: 'carrier',
      ids: [shipment(n), `parcel:PX${n}0`],
    }));
    const events = [...shop(60), ...parcels];
    expect(tell(events).root('parcel:PX20')).toBe('order SO-1002');
    const story = tell(events, { decisions: said(['unlink', web(2), 'parcel:PX20']) });
    expect(story.root('parcel:PX20')).toBe('parcel PX20');
    expect(story.root(shipment(2))).toBe('order SO-1002');
  });

  it('takes a run out of the journey of a record that it carries', () => {
    const story = tell(shop(30), { decisions: said(['unlink', web(2), 'execution:e2']) });
    expect(story.journeys(2 * STEPS)).toEqual(['order SO-1002']);
    expect(story.journeys(2 * STEPS + 1)).not.toContain('order SO-1002');
  });
});

describe('what cannot be applied', () => {
  it('waits for identifiers that nothing names', () => {
    const story = tell(shop(30), { decisions: said(['merge', web(1), 'order:SO-9'], ['link-owns', web(1), 'ticket:T-2']) });
    expect(story.identity.decided.map(({ state: one }) => one)).toEqual(['waiting', 'waiting']);
    expect(state(story, 2)?.reason).toBe('nothing that is imported names ticket T-2');
  });

  it('is refused where the data makes it contradict an earlier one, whatever the order of the files', () => {
    const decisions = said(['unlink', web(1), shipment(9)], ['link-owns', erp(1), shipment(9)], ['link-owns', web(4), erp(4)]);
    const story = tell(shop(30), { decisions });
    expect(state(story, 2)).toMatchObject({ state: 'refused', reason: expect.stringContaining('decision 1') as string });
    expect(state(story, 3)).toMatchObject({ state: 'refused', reason: 'the two are one record' });
    const apart = tell([{ ids: [erp(1)] }, { ids: [web(1)] }, { ids: [shipment(9)] }], { decisions });
    expect(state(apart, 2)?.state).toBe(apart.record(erp(1)) === apart.record(web(1)) ? 'refused' : 'applied');
  });
});

describe('conflicts', () => {
  const events = (count: number): Told[] => [...shop(count), { at: 9 * MINUTE, system: 'wms', ids: [web(5), shipment(20)] }];

  it('are told of a record that two claim where one is usual', () => {
    const story = tell(events(80));
    const [conflict, ...others] = story.identity.conflicts;
    expect(others).toEqual([]);
    const name = (record: number) => `${story.identity.records.type(record)} ${story.identity.records.key(record)}`;
    expect(conflict).toMatchObject({ kind: 'claimed', reason: '79 of 80 of type shipment go with one order' });
    expect(name(conflict!.record)).toBe('shipment SHP-4140');
    expect(conflict!.claims.map(({ record, entries }) => [name(record), entries])).toEqual([
      ['order SO-1005', 1],
      ['order SO-1020', 1],
    ]);
  });

  it('are none where too little is known, and settled by hand', () => {
    expect(tell(events(20)).identity.conflicts).toEqual([]);
    expect(tell(shop(80)).identity.conflicts).toEqual([]);
    for (const decision of [
      ['unlink', web(5), shipment(20)],
      ['link-owns', web(20), shipment(20)],
      ['merge', web(5), web(20)],
    ] as const)
      expect(tell(events(80), { decisions: said(decision) }).identity.conflicts).toEqual([]);
  });
});

describe('decisions', () => {
  const ids = (n: number): string[] => [web(n), erp(n), payment(n), shipment(n), `customer:C-${n % 7}`];
  const identifier = fc.integer({ min: 0, max: 5 }).chain((n) => fc.constantFrom(...ids(n)));
  const wish = fc
    .tuple(fc.constantFrom('link-owns', 'link-relates', 'unlink', 'merge', 'split'), identifier, identifier)
    .filter(([what, a, b]) => a !== b && (!['merge', 'split'].includes(what) || a.split(':')[0] === b.split(':')[0]));
  const wishes = fc.array(wish, { minLength: 1, maxLength: 6 });

  it('give the same whatever the order of the events', () => {
    const events = shop(24);
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 30 }), (list, chunkSize) => {
        const decisions = said(...list);
        const forth = tell(events, { decisions });
        const back = tell(events, { decisions, chunkSize, order: (chunks) => chunks.toReversed() });
        expect(all(back, events)).toEqual(all(forth, events));
        // Identifiers numbered the other way round, as after imports in another order.
        const turned = tell(events.toReversed(), { decisions });
        const { records, links } = all(turned, events.toReversed()) as { records: unknown; links: unknown };
        expect({ records, links }).toEqual({
          records: (all(forth, events) as { records: unknown }).records,
          links: (all(forth, events) as { links: unknown }).links,
        });
        expect(turned.identity.decided).toEqual(forth.identity.decided);
      }),
      { numRuns: 150 },
    );
  });

  it('end every way up at a root', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const story = tell(shop(12), { decisions: said(...list) });
        const { rootOf, records } = story.identity;
        for (let record = 1; record <= records.count; record++) expect(rootOf[rootOf[record]!]).toBe(rootOf[record]);
      }),
      { numRuns: 150 },
    );
  });
});
