import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toYaml } from './export.ts';
import { parseProfile } from './parse.ts';
import { partOf, readMapped, readWith } from './testing.ts';

const ORDERS = JSON.stringify(
  {
    batch: 'B-9',
    orders: [
      {
        number: 'SO-0001042',
        type: 'web',
        placed: '04.03.2031 10:15:02,431',
        properties: [
          { name: 'orderId', value: 'W-77' },
          { name: 'channel', value: 'app' },
        ],
        lines: [
          { no: 1, sku: 'A-1', state: 'done', amount: '1.234,50' },
          { no: 2, sku: 'B-2', state: 'broken', amount: '7,25' },
        ],
      },
      {
        number: 'SO-0001043',
        type: 'shop',
        placed: '04.03.2031 10:16:02,000',
        properties: [],
        lines: [{ no: 1, sku: 'C-3', state: 'odd' }],
      },
    ],
  },
  undefined,
  1,
);

const ORDER_LINES = `
profile: order-lines
records: orders[*].lines[*]
system: erp
zone: Europe/Berlin
step: line
others: ignore
types:
  order: { capture: 'SO-(\\d+)', strip-zeros: true }
fields:
  - { path: ../number, role: identifier, type: order }
  - { template: '{../number}/{no}', role: identifier, type: order-line }
  - { path: '../properties[name=orderId].value', role: identifier, type: web-order }
  - { path: ../placed, role: time, format: 'dd.MM.yyyy HH:mm:ss,SSS' }
  - { path: state, role: status, values: { done: succeeded, broken: failed } }
  - { path: amount, role: attribute, type: amount, format: decimal-comma }
  - { constant: export, role: attribute, type: origin }
`;

describe('records within JSON', () => {
  it('reads the elements of nested lists, each at its place, with what they stand in', async () => {
    const { events, places, refused, notices } = await readWith(ORDER_LINES, 'orders.json', ORDERS);
    expect(refused).toEqual([]);
    expect(events.map((event) => event.ids)).toEqual([
      ['order 1042', 'order-line SO-0001042/1', 'web-order W-77'],
      ['order 1042', 'order-line SO-0001042/2', 'web-order W-77'],
      ['order 1043', 'order-line SO-0001043/1'],
    ]);
    expect(events[0]).toMatchObject({
      time: '2031-03-04T09:15:02.431Z',
      precision: 'millisecond',
      system: 'erp',
      step: 'line',
      status: 'succeeded',
      attributes: { amount: 1234.5, origin: 'export' },
    });
    expect(events.map((event) => event.status)).toEqual(['succeeded', 'failed', 'unknown']);
    expect(places.map((place) => (JSON.parse(place) as { sku: string }).sku)).toEqual(['A-1', 'B-2', 'C-3']);
    expect(notices.unknownStatuses).toEqual([{ word: 'odd', count: 1 }]);
  });

  it('leaves out records that a filter does not want, on any level', async () => {
    const yaml = ORDER_LINES.replace('orders[*].lines[*]', 'orders[type=web].lines[no=2]');
    expect((await readWith(yaml, 'orders.json', ORDERS)).events.map((event) => event.ids[1])).toEqual(['order-line SO-0001042/2']);
  });

  it('reaches up to the document', async () => {
    const yaml = `${ORDER_LINES}  - { path: ../../batch, role: identifier, type: batch }\n`;
    const { events } = await readWith(yaml, 'orders.json', ORDERS);
    expect(events).toHaveLength(3);
    for (const event of events) expect(event.ids).toContain('batch B-9');
  });

  it('reads the same from JSON lines', async () => {
    const line = JSON.stringify(JSON.parse(ORDERS));
    const { events, format } = await readWith(ORDER_LINES, 'orders.ndjson', `${line}\n${line}\n`);
    expect(format).toBe('ndjson');
    expect(events.map((event) => [event.line, event.ids[0]])).toEqual([
      [1, 'order 1042'],
      [1, 'order 1042'],
      [1, 'order 1043'],
      [2, 'order 1042'],
      [2, 'order 1042'],
      [2, 'order 1043'],
    ]);
  });

  it('infers what the profile does not name', async () => {
    const { mapping } = await readWith('profile: p\nrecords: orders[*].lines[*]', 'orders.json', ORDERS);
    expect(mapping.fields.map((field) => field.path)).toEqual(expect.arrayContaining(['no', 'sku', 'state']));
  });
});

const XML = `<?xml version="1.0"?>
<!-- orders -->
<e:Envelope xmlns:e="urn:env" xmlns="urn:orders">
 <Order id="7" status="open">
  <Number>SO-77</Number>
  <Line no="1"><Sku>A</Sku><x:Sku xmlns:x="urn:other">not this</x:Sku></Line>
  <Line no="2" kind="gift"><Sku>B</Sku></Line>
 </Order>
 <Order id="8" status="closed">
  <Number>SO-78</Number>
  <Line no="1"><Sku>C</Sku></Line>
 </Order>
 <o:Order xmlns:o="urn:other"><Number>none</Number><Line no="9"/></o:Order>
</e:Envelope>`;

const XML_PROFILE = `
profile: xml-orders
namespaces: { o: 'urn:orders' }
match: { elements: ['o:Order', 'o:Line'] }
records: //o:Order/o:Line
system: erp
others: ignore
fields:
  - { path: 'o:Sku', role: identifier, type: item }
  - { path: '@no', role: attribute, type: line }
  - { path: '../@status', role: status, values: { open: running, closed: succeeded } }
`;

describe('records within XML', () => {
  it('finds them by namespace, whatever the prefixes are, and reads attributes of what they stand in', async () => {
    const { events, places, refused } = await readWith(XML_PROFILE, 'orders.xml', XML);
    expect(refused).toEqual([]);
    expect(events.map((event) => [event.ids, event.attributes['line'], event.status])).toEqual([
      [['item A'], 1, 'running'],
      [['item B'], 2, 'running'],
      [['item C'], 1, 'succeeded'],
    ]);
    expect(places[0]).toMatch(/^<Line no="1">.*<\/Line>$/s);
  });

  it('reads elements of what they stand in, from the entry that holds both', async () => {
    const yaml = `${XML_PROFILE}  - { path: '../o:Number', role: identifier, type: order }\n`;
    const { events, places } = await readWith(yaml, 'orders.xml', XML);
    expect(events.map((event) => event.ids)).toEqual([
      ['item A', 'order SO-77'],
      ['item B', 'order SO-77'],
      ['item C', 'order SO-78'],
    ]);
    expect(places[0]).toMatch(/^<Order id="7"/);
  });

  it('filters by attribute and reads repeated elements whether there are several or one', async () => {
    const gifts = await readWith(XML_PROFILE.replace('o:Line\nsystem', "o:Line[@kind='gift']\nsystem"), 'orders.xml', XML);
    expect(gifts.events.map((event) => event.ids)).toEqual([['item B']]);
    const yaml = `
profile: per-order
namespaces: { o: 'urn:orders' }
records: //o:Order
others: ignore
fields:
  - { path: 'o:Number', role: identifier, type: order }
  - { path: o:Line/o:Sku, role: identifier, type: item }
  - { path: 'o:Line[2]/@no', role: attribute, type: second }
`;
    const { events } = await readWith(yaml, 'orders.xml', XML);
    expect(events.map((event) => [event.ids, event.attributes])).toEqual([
      [['order SO-77', 'item A', 'item B'], { second: 2 }],
      [['order SO-78', 'item C'], {}],
    ]);
  });

  it('says when there are no such elements', async () => {
    const yaml = XML_PROFILE.replace(/match:.*\n/, '').replace('//o:Order/o:Line', '//o:Invoice');
    await expect(readWith(yaml, 'orders.xml', XML)).rejects.toThrow(
      'the profile xml-orders does not fit orders.xml: there is no element //o:Invoice',
    );
  });
});

const LOG = `# started by hand
A|20310304 101502|SO-1042|posted
  with a second line

B|20310304 101503|SO-1043|FAIL no stock
nonsense
B|2031|SO-1044|posted
`;

const LINES = `
profile: pipes
lines: '^(?<step>[A-Z])\\|(?<at>[^|]*)\\|(?<order>[^|]*)\\|(?<text>.*)$'
system: pipe
others: ignore
fields:
  - { path: step, role: step, values: { A: send, B: book } }
  - { path: at, role: time, format: compact, zone: Europe/Berlin }
  - { path: order, role: identifier, type: order }
  - { path: text, role: message }
  - { path: text, extract: '^(FAIL|posted)', role: status, values: { FAIL: failed, posted: succeeded } }
  - { path: rest, role: attribute, type: detail }
`;

describe('lines of text', () => {
  it('are cut by the groups of a regular expression, with the lines that belong to them', async () => {
    const { events, refused, places, format } = await readWith(LINES, 'pipe.log', LOG);
    expect(format).toBe('text-pattern');
    expect(events.map(({ step, time, ids, status, error }) => [step, time, ids, status, error])).toEqual([
      ['send', '2031-03-04T09:15:02Z', ['order SO-1042'], 'succeeded', ''],
      ['book', '2031-03-04T09:15:03Z', ['order SO-1043'], 'failed', 'FAIL no stock'],
    ]);
    expect(events[0]?.attributes).toEqual({ detail: 'with a second line' });
    expect(places[0]).toBe('A|20310304 101502|SO-1042|posted\n  with a second line');
    expect(refused).toEqual(['the line does not fit the pattern of the profile', '"at" is no time of the form compact: "2031"']);
  });
});

describe('values', () => {
  const line = (value: object): string => `${JSON.stringify(value)}\n`;

  it('are extracted, mapped, joined and filled in', async () => {
    const yaml = `
profile: values
step: log
others: ignore
fields:
  - { template: '{date} {time}', role: time, format: 'dd/MM/yy HH:mm', zone: America/New_York }
  - { path: text, extract: 'order (?<value>SO-\\d+)', role: identifier, type: order }
  - { path: text, extract: 'invoice (\\w+-\\d+)', role: identifier, type: invoice }
  - { path: 'tags[*]', role: identifier, type: tag }
  - { path: "['strange.key']", role: attribute, type: strange }
  - { path: 'nested.*.id', role: identifier, type: part }
  - { path: where, role: system, values: { S: shop, W: warehouse } }
  - { path: took, role: duration, format: min }
  - { path: n, role: sequence }
  - { path: try, role: attempt, format: from-0 }
`;
    const { events, refused } = await readWith(
      yaml,
      'x.ndjson',
      line({
        date: '04/03/31',
        time: '09:15',
        text: 'order SO-1, order SO-2 and invoice R-3',
        tags: ['a', 'b'],
        'strange.key': "12'345.5",
        nested: { x: { id: 'p1' }, y: { id: 'p2' } },
        where: 'W',
        took: 1.5,
        n: 7,
        try: 1,
      }) + line({ date: '04/03/31', time: '', text: '', where: 'Q' }),
    );
    expect(events[0]).toMatchObject({
      time: '2031-03-04T14:15:00Z',
      end: '2031-03-04T14:16:30Z',
      precision: 'minute',
      system: 'warehouse',
      sequence: 7,
      attempt: 2,
      attributes: { strange: 12345.5 },
    });
    expect(events[0]?.ids).toEqual(['order SO-1', 'order SO-2', 'invoice R-3', 'tag a', 'tag b', 'part p1', 'part p2']);
    expect(refused).toEqual(['there is no time: "{date} {time}" is empty']);
  });

  it('get the form of their times from the first ones where the profile says none', async () => {
    const { events, mapping } = await readWith(
      'profile: p\nothers: ignore\nstep: s\nfields: [{ path: odd, role: time }]',
      'x.ndjson',
      line({ odd: '04-MAR-31 09.15.02 AM' }) + line({ odd: '13-MAR-31 09.15.02 PM' }),
    );
    expect(mapping.fields[0]?.format).toBe('rfc2822');
    expect(events.map((event) => event.time)).toEqual(['2031-03-04T09:15:02Z', '2031-03-13T21:15:02Z']);
  });

  it('take the year of logs without one from the name of the file', async () => {
    const log = 'Dec 31 23:59:59 host app: order SO-1042 sent\nJan  1 00:00:01 host app: order SO-1043 sent\n';
    const { events } = await readWith(undefined, 'app-2031-01-02.log', log);
    expect(events.map((event) => event.time)).toEqual(['2030-12-31T23:59:59Z', '2031-01-01T00:00:01Z']);
  });
});

describe('a profile on a platform’s', () => {
  const entry = JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1930382102431000000',
                severityNumber: 9,
                body: { stringValue: 'posted' },
                custom: { no: 'X-0007', state: 'geht' },
              },
            ],
          },
        ],
      },
    ],
  });

  it('reads fields beside the platform’s own', async () => {
    const yaml = `
profile: own-otlp
base: otlp-logs
types: { dossier: { strip-prefix: x-, strip-zeros: true } }
fields:
  - { path: custom.no, role: identifier, type: dossier }
  - { path: custom.state, role: status, values: { geht: running } }
  - { constant: night, role: attribute, type: shift }
`;
    const { events, mapping } = await readWith(yaml, 'logs.jsonl', `${entry}\n`);
    expect(mapping).toMatchObject({ profile: 'own-otlp', base: 'otlp-logs' });
    expect(events[0]).toMatchObject({ time: '2031-03-04T09:15:02.431Z', system: 'shop', status: 'running', ids: ['dossier 7'] });
    expect(events[0]?.attributes).toMatchObject({ shift: 'night' });
  });
});

describe('a profile', () => {
  it.each([
    [ORDER_LINES, 'orders.json', ORDERS],
    [XML_PROFILE, 'orders.xml', XML],
    [LINES, 'pipe.log', LOG],
  ])('comes back from the mapping it made: %#', async (yaml, name, text) => {
    const first = await readWith(yaml, name, text);
    const exported = toYaml(first.mapping);
    const [written, back] = [parseProfile(yaml), parseProfile(exported)];
    expect(back.reading).toEqual(written.reading);
    expect([back.profile, back.system]).toEqual([written.profile, written.system]);
    expect(back.fields).toHaveLength(written.fields.length);
    const second = await readWith(exported, name, text);
    expect(second.events).toEqual(first.events);
    expect(second.refused).toEqual(first.refused);
    expect(toYaml(second.mapping)).toBe(exported);
  });
});

describe('profiles beside the data', () => {
  const userProfiles = [
    parseProfile('profile: any-csv\nmatch: { format: csv }\nsystem: some'),
    parseProfile(
      'profile: legacy\nmatch: { file: "legacy/**/*.csv", header: [BELNR, STATUS] }\nsystem: old\nfields: [{ path: BELNR, role: identifier, type: document }]',
    ),
    parseProfile('profile: unpicky\nsystem: nobody'),
    parseProfile('profile: lines\nmatch: { file: "*.pipe" }\nlines: "^(?<a>[^|]+)[|](?<b>.*)$"\nfields: [{ path: a, role: step }]'),
    parseProfile('profile: deep\nmatch: { paths: [order.lines] }\nsystem: deep\nrecords: "[*]"'),
  ];
  const csv = 'BELNR,STATUS,ts\nX-77,done,2031-03-04T09:15:02Z\nX-78,done,2031-03-04T09:16:02Z\n';

  it.each([
    ['legacy/2031/a.csv', csv, 'legacy'],
    ['other/a.csv', csv, 'any-csv'],
    ['legacy/b.csv', 'id,ts\nA-1,2031-03-04T09:15:02Z\n', 'any-csv'],
    ['a.pipe', 'send|SO-1\nbook|SO-1\n', 'lines'],
    ['a.json', '[{"order":{"lines":[1]},"ts":"2031-03-04T09:15:02Z"}]', 'deep'],
    ['b.json', '[{"order":{"id":"SO-1"},"ts":"2031-03-04T09:15:02Z"}]', 'inferred'],
  ])('%s is read with %#', async (name, text, expected) => {
    expect((await readWith(undefined, name, text, { userProfiles })).mapping.profile).toBe(expected);
  });

  it('leave files alone that a given profile is not for', async () => {
    const yaml = 'profile: mine\nmatch: { header: [NOTHING] }\n';
    expect((await readWith(yaml, 'x.csv', csv)).mapping.profile).toBe('inferred');
    expect((await readWith('profile: mine', 'x.csv', csv)).mapping.profile).toBe('mine');
    expect((await readWith(undefined, 'x.csv', csv, { userProfiles, profile: 'inferred' })).mapping.profile).toBe('inferred');
  });
});

describe('damage', () => {
  it('in a document with namespaces costs what is damaged, and nothing throws', async () => {
    const { mapping, format } = await readWith(XML_PROFILE, 'orders.xml', XML);
    const options = { path: ['Envelope', 'Order', 'Line'], namespaces: { o: 'urn:orders' }, elements: ['', 'o:Order', 'o:Line'] };
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: XML.length - 1 }),
        fc.constantFrom('<', '>', '"', '/', ' ', 'x', ':', '&'),
        fc.boolean(),
        async (at, char, cut) => {
          const text = cut ? XML.slice(0, at) : XML.slice(0, at) + char + XML.slice(at + 1);
          const { events } = await readMapped(partOf('orders.xml', text), format, options, mapping);
          expect(events.length).toBeLessThanOrEqual(4);
          if (at > XML.indexOf('</Order>')) expect(events.slice(0, 2).map((event) => event.ids[0])).toEqual(['item A', 'item B']);
        },
      ),
    );
  });
});
