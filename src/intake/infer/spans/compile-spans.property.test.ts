import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBatch } from '../../batch.ts';
import type { Part } from '../../containers/types.ts';
import type { Entry } from '../../entry.ts';
import type { Format } from '../../format.ts';
import { csv } from '../../formats/csv/csv.ts';
import { ndjson } from '../../formats/json/ndjson.ts';
import type { Mapper, Mapping, SourceContext } from '../../mapper.ts';
import { Notices } from '../../notices.ts';
import { readPart } from '../../read-part.ts';
import { compileFor, understand } from '../../understand.ts';

/** What a reader delivers, with texts in place of their numbers. */
function eventsOf(b: EventBatch): unknown[] {
  const pair = (k: number): string => (k === 0 ? '' : `${b.strings[b.pairType[k]!]!} ${b.strings[b.pairValue[k]!]!}`);
  return Array.from({ length: b.count }, (_, i) => ({
    place: [b.entry[i], b.line[i], b.offset[i], b.length[i]],
    time: [b.time[i], b.end[i], b.precision[i]],
    kind: b.kind[i],
    labels: [b.system, b.flow, b.step, b.statusRaw, b.error].map((column) => b.strings[column[i]!]),
    status: b.status[i],
    execution: [pair(b.execution[i]!), pair(b.parentExecution[i]!), b.span[i], b.parentSpan[i]],
    attempt: b.attempt[i],
    fingerprint: b.fingerprint[i],
    ids: Array.from({ length: b.idStart[i + 1]! - b.idStart[i]! }, (_unused, k) => {
      const at = b.idStart[i]! + k;
      return `${pair(b.idPair[at]!)} ${b.strings[b.idPath[at]!]!}`;
    }),
    attributes: Array.from({ length: b.attrStart[i + 1]! - b.attrStart[i]! }, (_unused, k) => {
      const at = b.attrStart[i]! + k;
      return [b.strings[b.attrName[at]!], b.strings[b.attrText[at]!], b.attrNumber[at]];
    }),
  }));
}

/** A format and how it reads the text. */
interface Reading {
  readonly format: Format;
  readonly source: SourceContext;
}

async function read(text: string, make: (source: SourceContext) => Mapper, { format, source }: Reading) {
  const notices = new Notices();
  const events: unknown[] = [];
  const rejections: unknown[] = [];
  let asSpans = 0;
  const mapper = make({ ...source, notices });
  const spans = mapper.spans?.();
  const counted: Mapper = Object.assign((...args: Parameters<Mapper>) => mapper(...args), {
    spans:
      spans === undefined
        ? undefined
        : () =>
            (...args: Parameters<typeof spans>) => {
              const taken = spans(...args);
              if (taken) asSpans++;
              return taken;
            },
  });
  const bytes = Buffer.from(text);
  const part = {
    path: 'x.ndjson',
    async *open() {
      for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
    },
  } as unknown as Part;
  await readPart(
    part,
    format,
    source.options,
    counted,
    {
      events: async (batch) => void events.push(...eventsOf(batch)),
      rejects: async (list) => void rejections.push(...list),
    },
    { cancelled: () => false, progress: () => undefined },
  );
  return { events, rejections, notices: notices.counts(), asSpans };
}

function sample(text: string, { format, source }: Reading): Promise<Entry[]> {
  const entries: Entry[] = [];
  const chunks = async function* () {
    yield Buffer.from(text);
  };
  return format
    .read(chunks(), source.options, { entry: (entry) => entries.push(entry), reject: () => undefined })
    .then(() => entries.slice(0, 100));
}

const SOURCE: SourceContext = {
  name: 'app.ndjson',
  formatId: 'ndjson',
  options: {},
  header: undefined,
  system: 'app',
  zone: 'Europe/Berlin',
  textPatterns: [{ type: 'order', source: '\\bSO-\\d{2,6}\\b', example: 'SO-1042' }],
};

const JSON_LINES: Reading = { format: ndjson, source: SOURCE };

/** The same lines read both ways. */
async function both(text: string, change: (mapping: Mapping) => Mapping = (mapping) => mapping, reading: Reading = JSON_LINES) {
  const mapping = change(understand(await sample(text, reading), reading.source, { profile: 'inferred' }, []).mapping);
  const asSpans = await read(text, (source) => compileFor(source, mapping, []), reading);
  const treesOnly = (source: SourceContext): Mapper => {
    const mapper = compileFor(source, mapping, []);
    return (entry, draft, emit) => mapper(entry, draft, emit);
  };
  return { mapping, asSpans, asTrees: await read(text, treesOnly, reading) };
}

const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    '-',
    'null',
    'N/A',
    ' padded ',
    'Grüße',
    'a"b\\c\u0007',
    '\ud83d\ude00',
    '{"id":"SO-77"}',
    '[1,2]',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constant('x'.repeat(300)),
);
const often = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
const order = fc.integer({ min: 1000, max: 1012 }).map((n) => `SO-${n}`);

/** Values by key; what is not said of a line is left out. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ts: often(
    fc
      .integer({ min: 0, max: 40_000 })
      .map((s) => new Date(Date.UTC(2026, 9, 24, 20) + s * 1000).toISOString())
      .chain((iso) => fc.constantFrom(iso, iso.replace('Z', ''), iso.slice(0, 19), '1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z')),
  ),
  finished_at: often(fc.constantFrom('2026-10-25T10:00:00.000Z', '9999-12-31T00:00:00Z', '2026-10-25T02:30:00')),
  system: often(fc.constantFrom('erp', 'shop', 'wms')),
  flow: often(fc.constantFrom('order-to-erp', 'stock')),
  step: often(fc.constantFrom('create', 'confirm', 'ship')),
  status: often(fc.constantFrom('ok', 'failed', 'RETRY', 'zorch', 'in progress')),
  level: often(fc.constantFrom('INFO', 'ERROR', 'WARN', 'zorch')),
  order_id: often(order),
  order: fc.record({ id: often(order), note: odd }, { requiredKeys: [] }),
  payment_id: often(fc.integer({ min: 1, max: 9 }).map((n) => `PAY-D0909C8ECDF${n}`)),
  shipment_id: often(fc.integer({ min: 1, max: 9 }).map((n) => `SHP-100${n}`)),
  trace_id: often(fc.integer({ min: 0, max: 9 }).map((n) => `6856b59b8d05b4df533ccf23b08e5f5${n}`)),
  parent_id: often(fc.constantFrom('b1e777a9d02b4c64', '', 'none')),
  attempt: often(fc.integer({ min: 0, max: 4 })),
  duration_ms: often(fc.integer({ min: 0, max: 9999 })),
  amount: often(
    fc.oneof(
      fc.integer({ min: 100, max: 99_999 }).map((n) => n / 100),
      fc.constantFrom('12,50', '1 234.50'),
    ),
  ),
  currency: often(fc.constantFrom('EUR', 'USD')),
  message: often(fc.tuple(order, fc.nat(99)).map(([key, n]) => `posted ${key} to WMS in ${n} ms`)),
  error: often(fc.constantFrom('timeout of SO-1003', 'refused')),
  lines: fc.array(fc.record({ sku: fc.constantFrom('A-1', 'B-2') }), { maxLength: 2 }),
};

const line = fc
  .tuple(
    fc.record(VALUES as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] }),
    fc.constantFrom('', ' '),
    fc.integer({ min: 0, max: 60 }),
  )
  .map(([value, gap, damage]) => {
    const text = gap === '' ? JSON.stringify(value) : JSON.stringify(value, undefined, 1).replace(/\n */g, ' ');
    if (damage === 0) return text.slice(0, -2);
    if (damage === 1) return text.replace('{', '{"order_id":"SO-1","order_id":"SO-2",');
    if (damage === 2) return text.replace('{', '{"seq":12345678901234567890,');
    return text;
  });

/** Lines as a logger writes them: a few shapes, many times. */
const shaped = fc
  .uniqueArray(fc.constantFrom(...Object.keys(VALUES)), { minLength: 3, maxLength: 14 })
  .chain((keys) => fc.array(fc.record(Object.fromEntries(keys.map((key) => [key, VALUES[key]!]))), { minLength: 30, maxLength: 80 }))
  .map((values) => values.map((value) => JSON.stringify(value)));

// What a user may say of a mapping, beside what was found.
const changes = fc.constantFrom<(mapping: Mapping) => Mapping>(
  (mapping) => mapping,
  (mapping) => ({ ...mapping, statuses: { zorch: 'failed', ok: 'waiting' } }),
  (mapping) => ({ ...mapping, reading: { others: 'ignore' } }),
  (mapping) => ({ ...mapping, kind: 'snapshot', step: 'seen', system: 'crm', execution: 'run-1' }),
);

test('whatever the lines, they give the same events as spans and as trees', async () => {
  let asSpansAltogether = 0;
  await fc.assert(
    fc.asyncProperty(shaped, fc.array(line, { maxLength: 30 }), changes, async (usual, others, change) => {
      const lines = [...usual];
      for (const [i, other] of others.entries()) lines.splice((i * 7) % (lines.length + 1), 0, other);
      const { asSpans, asTrees } = await both(`${lines.join('\n')}\n`, change);
      asSpansAltogether += asSpans.asSpans;
      expect({ ...asSpans, asSpans: 0 }).toEqual(asTrees);
    }),
    { numRuns: 60 },
  );
  // How many there are is chance, as mappings are: a few of the sixty runs are enough to have compared something.
  expect(asSpansAltogether).toBeGreaterThan(50);
});

/** A cell as some writer leaves it: bare, in quotes, or as Excel's text. */
const cell = (value: unknown): fc.Arbitrary<string> => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  const quoted = `"${text.replaceAll('"', '""')}"`;
  const bare = /[",\n]/.test(text) ? quoted : text;
  return fc.oneof({ weight: 20, arbitrary: fc.constant(bare) }, fc.constantFrom(quoted, `=${quoted}`, ` ${bare}`));
};
const lineOfTable = fc.constantFrom('', 'Total,,,,,,,,', '--,--,--', 'a,b', '"open', '"x"y,1', 'ts,system', '"a\nb",c');
const table = fc
  .uniqueArray(fc.constantFrom(...Object.keys(VALUES)), { minLength: 3, maxLength: 10 })
  .chain((keys) =>
    fc
      .array(fc.tuple(...keys.map((key) => VALUES[key]!.chain(cell))), { minLength: 30, maxLength: 60 })
      .map((rows) => ({ header: keys, lines: rows.map((row) => row.join(',')) })),
  );

test('whatever the rows of a table, they give the same events as spans and cell by cell', async () => {
  let asSpansAltogether = 0;
  await fc.assert(
    fc.asyncProperty(table, fc.array(lineOfTable, { maxLength: 6 }), changes, async ({ header, lines }, others, change) => {
      const all = [header.join(','), ...lines];
      for (const [i, other] of others.entries())
        all.splice(1 + ((i * 11) % all.length), 0, other === 'ts,system' ? header.join(',') : other);
      const options = { delimiter: ',', header, headerRow: true, skip: 0 };
      const source = { ...SOURCE, name: 'app.csv', formatId: 'csv', options, header };
      const { asSpans, asTrees } = await both(`${all.join('\n')}\n`, change, { format: csv, source });
      asSpansAltogether += asSpans.asSpans;
      expect({ ...asSpans, asSpans: 0 }).toEqual(asTrees);
    }),
    { numRuns: 60 },
  );
  // How many there are is chance, as mappings are: a few of the sixty runs are enough to have compared something.
  expect(asSpansAltogether).toBeGreaterThan(50);
});

const LOG = Array.from({ length: 200 }, (_, i) => ({
  ts: new Date(Date.UTC(2026, 4, 4, 10) + i * 1500).toISOString(),
  system: ['shop', 'erp'][i % 2],
  step: ['create', 'confirm', 'ship'][i % 3],
  status: 'ok',
  order: { id: `SO-${1000 + (i >> 2)}` },
  amount: i / 4,
  message: `posted SO-${1000 + (i >> 2)}`,
}));

test('the lines of a logger are not parsed but for the first of each shape', async () => {
  const { asSpans, asTrees } = await both(LOG.map((value) => JSON.stringify(value)).join('\n'));
  expect(asSpans.asSpans).toBe(199);
  expect(asSpans.events).toEqual(asTrees.events);
});

test('no row of an ordinary table is read cell by cell', async () => {
  const header = ['ts', 'system', 'step', 'status', 'order_id', 'amount', 'message'];
  const rows = LOG.map(({ ts, system, step, status, order: { id }, amount, message }) =>
    [ts, system, step, status, id, amount, `"${message}, again"`].join(','),
  );
  const options = { delimiter: ',', header, headerRow: true, skip: 0 };
  const source = { ...SOURCE, name: 'app.csv', formatId: 'csv', options, header };
  const { asSpans, asTrees } = await both([header.join(','), ...rows].join('\n'), undefined, { format: csv, source });
  expect(asSpans.asSpans).toBe(200);
  expect(asSpans.events).toEqual(asTrees.events);
});

test('a source that is written newest first is numbered from its end either way', async () => {
  const text = LOG.toReversed()
    .map((value) => JSON.stringify(value))
    .join('\n');
  const { mapping, asSpans, asTrees } = await both(text);
  expect(mapping.newestFirst).toBe(true);
  expect(asSpans.asSpans).toBe(199);
  expect(asSpans.events).toEqual(asTrees.events);
});

test('a path into a text that holds JSON is read from the tree', async () => {
  const lines = LOG.map((value) => JSON.stringify({ ...value, order: JSON.stringify(value.order) }));
  const { asSpans, asTrees } = await both(lines.join('\n'));
  expect(asSpans.asSpans).toBe(0);
  expect(asSpans.events).toEqual(asTrees.events);
});
