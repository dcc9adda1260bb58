import type { WireJobProgress, WireMapping, WirePartProgress, WirePlan, WirePlanPart } from '../../src/api/wire.ts';

const FIELDS: WireMapping['fields'] = [
  {
    path: 'ts',
    role: 'time',
    format: 'iso',
    confidence: 0.99,
    reason: 'all 200 values are ISO-8601 with an offset',
    samples: ['2026-05-04T09:12:04.180Z', '2026-05-04T09:12:05.011Z'],
  },
  { path: 'service', role: 'system', confidence: 0.93, reason: 'one value in 200, and the name says service', samples: ['wms'] },
  { path: 'action', role: 'step', confidence: 0.9, reason: '6 distinct words in 200 entries', samples: ['allocate', 'pick', 'ship'] },
  {
    path: 'state',
    role: 'status',
    confidence: 0.87,
    reason: 'all values are words of the status vocabulary',
    samples: ['OK', 'RETRY', 'FAILED'],
  },
  {
    path: 'order_ref',
    role: 'identifier',
    type: 'order',
    confidence: 0.95,
    reason: '198 of 200 values look like 100042 and the name says order',
    samples: ['SO100042', 'SO100043', 'SO100044'],
  },
  {
    path: 'shipment.id',
    role: 'identifier',
    type: 'shipment',
    confidence: 0.97,
    reason: 'the name says shipment and the values are distinct',
    samples: ['SHP-8812', 'SHP-8813'],
  },
  {
    path: 'took_ms',
    role: 'duration',
    format: 'ms',
    confidence: 0.84,
    reason: 'whole numbers, and the name says milliseconds',
    samples: ['182', '1204'],
  },
  { path: 'weight_g', role: 'attribute', type: 'weight', confidence: 0.6, reason: 'a number that varies', samples: ['1200', '430'] },
  { path: 'debug.thread', role: 'ignored', confidence: 0.7, reason: 'differs in every entry and names nothing', samples: ['worker-3'] },
];

function part(id: string, name: string, format: string, system: string, extra: Partial<WirePlanPart> = {}): WirePlanPart {
  return {
    id,
    name,
    path: `exports/may/${name}`,
    bytes: 4_200_000 + name.length * 181_000,
    outcome: 'ready',
    reason: '',
    format,
    formatReason: `the first 200 entries read as ${format}`,
    mapping: {
      profile: 'inferred',
      title: 'Inferred from the entries',
      confidence: 0.91,
      reason: 'time, step and an identifier were found',
      system,
      systemReason: 'every entry says so',
      zone: 'UTC',
      zoneReason: 'all times carry an offset',
      kind: 'step',
      fields: FIELDS,
    },
    preview: Array.from({ length: 12 }, (_, index) => ({
      at: new Date(Date.parse('2026-05-04T09:12:04.180Z') + index * 1213).toISOString(),
      system,
      flow: 'fulfilment',
      step: ['allocate', 'pick', 'ship'][index % 3] ?? 'ship',
      status: index === 4 ? 'failed' : index % 5 === 3 ? 'unknown' : 'succeeded',
      statusRaw: index === 4 ? 'FAILED' : index % 5 === 3 ? 'PARKED' : 'OK',
      records: [{ type: 'order', key: `SO-${100_042 + index}` }],
      line: index + 1,
      raw: `{"ts":"${new Date(Date.parse('2026-05-04T09:12:04.180Z') + index * 1213).toISOString()}","service":"${system}","action":"${['allocate', 'pick', 'ship'][index % 3] ?? 'ship'}","state":"OK","order_ref":"SO${100_042 + index}","shipment":{"id":"SHP-${8812 + index}"},"took_ms":${182 + index},"weight_g":1200,"debug":{"thread":"worker-3"}}`,
    })),
    sampled: { entries: 200, understood: 197 },
    notices: ['status words that are not known: PARKED (12)'],
    unknownStatuses: [{ word: 'PARKED', count: 12 }],
    remembered: id.startsWith('p1') ? 7 : null,
    source: null,
    sidecarOf: null,
    ...extra,
  };
}

/** What there is to say of a part that is not read. */
const NOTHING = {
  mapping: null,
  preview: [],
  sampled: null,
  notices: [],
  unknownStatuses: [],
  sidecarOf: null,
  remembered: null,
} satisfies Partial<WirePlanPart>;

/** The same part with other names of its fields, so that it is of another kind. */
function renamed(one: WirePlanPart, names: Readonly<Record<string, string>>): WirePlanPart {
  if (one.mapping === null) return one;
  const fields = one.mapping.fields.map((field) => ({ ...field, path: names[field.path] ?? field.path }));
  return { ...one, mapping: { ...one.mapping, fields } };
}

/** A plan over ten parts: three days of one log, ready ones in other formats, one known, one refused. */
export function makePlan(id: string): WirePlan {
  const boomi = part('p2', 'boomi-execution-records.json', 'json', 'boomi');
  return {
    id,
    parts: [
      ...['01', '02', '03'].map((day) => part(`p1-${day}`, `wms-2026-05-${day}.ndjson`, 'ndjson', 'wms')),
      {
        ...boomi,
        mapping:
          boomi.mapping === null
            ? null
            : {
                ...boomi.mapping,
                profile: 'boomi-execution-record',
                title: 'Boomi ExecutionRecord',
                confidence: 1,
                reason: 'the answer of a Boomi query',
              },
      },
      part('p3', 'payments_2026-05.csv', 'csv', 'payments'),
      part('p4', 'erp-server-2026-05-04-with-a-rather-long-name-from-node-7.log.gz', 'text', 'erp'),
      part('p5', 'shop-orders.json', 'json', 'shop', {
        outcome: 'known',
        reason: 'the same content was imported before as shop-orders.json',
        ...NOTHING,
      }),
      renamed(part('p6', 'crm.csv', 'csv', 'crm'), { order_ref: 'Opportunity', ts: 'CreatedDate' }),
      part('p7', 'readme.pdf', 'unknown', '', {
        outcome: 'refused',
        reason: 'readme.pdf is in no format that Waybill knows: it begins with "%PDF-1.7"',
        ...NOTHING,
        bytes: 82_113,
      }),
    ],
  };
}

/** That many parts of four kinds, with some that are known and some that cannot be read. */
export function makeManyParts(count: number): WirePlanPart[] {
  const kinds = [
    ['wms', 'ndjson'],
    ['erp', 'text'],
    ['payments', 'csv'],
    ['shop', 'json'],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const [system, format] = kinds[index % kinds.length] ?? kinds[0];
    const name = `${system}/2026/${String(1 + (index % 12)).padStart(2, '0')}/${system}-events-node-${index % 7}-${String(index).padStart(5, '0')}.${format}`;
    if (index % 97 === 96) return part(`m${index}`, name, '', '', { outcome: 'refused', reason: `${name} is empty`, ...NOTHING });
    if (index % 50 === 49)
      return part(`m${index}`, name, '', '', {
        outcome: 'known',
        reason: `the same content was imported before as ${name}`,
        ...NOTHING,
      });
    return part(`m${index}`, name, format, system);
  });
}

const TOTAL_BYTES = 31_400_000;

const FILES = [
  { name: 'wms-events.ndjson', bytes: 14_200_000, entries: 90_221, from: 0, to: 8 },
  { name: 'payments_2026-05.csv', bytes: 9_100_000, entries: 41_377, from: 0, to: 14 },
  { name: 'shop-orders.json', bytes: 8_100_000, entries: 80_402, from: 8, to: 16 },
] as const;

/** How far each file has come at the n-th message. */
function fileProgress(step: number): WirePartProgress[] {
  const started = FILES.filter((file) => file.from <= step).map((file, index): WirePartProgress => {
    const share = Math.min(1, (step - file.from) / (file.to - file.from));
    return {
      part: `p${index}`,
      name: `exports/may/${file.name}`,
      state: share < 1 ? 'reading' : 'imported',
      bytes: Math.round(file.bytes * share),
      totalBytes: file.bytes,
      entries: Math.round(file.entries * share),
      rejected: index === 0 && step > 6 ? 3 : 0,
    };
  });
  return started.toSorted((a, b) => Number(a.state === 'imported') - Number(b.state === 'imported'));
}

/** The n-th of the progress messages of an import, 0..20; the last one is done. */
export function makeProgress(job: string, step: number): WireJobProgress {
  const share = Math.min(1, step / 16);
  const done = step >= 20;
  return {
    job,
    state: done ? 'done' : 'running',
    stage: done ? 'Done' : step < 16 ? 'Reading' : step < 18 ? 'Indexing' : 'Analysing',
    detail: step < 16 ? 'wms-events.ndjson' : '',
    bytes: Math.round(TOTAL_BYTES * share),
    totalBytes: TOTAL_BYTES,
    entries: Math.round(212_000 * share),
    rejected: step > 8 ? 3 : 0,
    files: { total: 3, done: step < 8 ? 0 : step < 14 ? 1 : step < 16 ? 2 : 3 },
    parts: fileProgress(step),
    rate: step < 16 ? 212_000 : 0,
    remainingSeconds: done ? 0 : Math.max(1, 8 - Math.round(step / 2)),
    summary: done
      ? {
          sources: [
            {
              name: 'wms-events.ndjson',
              format: 'ndjson',
              profile: 'inferred',
              events: 90_218,
              rejected: 3,
              new: 90_187,
              duplicates: 0,
              updated: 31,
              sha256: '9f2c'.repeat(16),
              coverage: { from: '2026-05-01T00:00:04Z', to: '2026-05-04T12:44:58Z' },
              outcome: 'imported',
              notices: [
                'status words that are not known: PARKED (412), HELD_2 (8)',
                '2 times exist twice at the change of clocks; the earlier instant was taken',
              ],
            },
            {
              name: 'payments_2026-05.csv',
              format: 'csv',
              profile: 'inferred',
              events: 41_377,
              rejected: 0,
              new: 41_365,
              duplicates: 12,
              updated: 0,
              sha256: '77ab'.repeat(16),
              coverage: { from: '2026-05-01T00:00:09Z', to: '2026-05-04T12:44:31Z' },
              outcome: 'imported',
            },
            {
              name: 'shop-orders.json',
              format: 'json',
              profile: 'inferred',
              events: 0,
              rejected: 0,
              new: 0,
              duplicates: 0,
              updated: 0,
              sha256: '01cd'.repeat(16),
              coverage: { from: null, to: null },
              outcome: 'known',
            },
          ],
          refused: [{ path: 'readme.pdf', reason: 'readme.pdf is no text in any known format' }],
          events: 131_595,
          new: 131_552,
          duplicates: 12,
          updated: 31,
          records: 21_004,
          journeys: 10_000,
          findings: 571,
          seconds: 2.4,
        }
      : null,
    error: null,
  };
}
