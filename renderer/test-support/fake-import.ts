import type { WireJobProgress, WireMapping, WirePlan, WirePlanPart } from '../../src/api/wire.ts';

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
    preview: Array.from({ length: 6 }, (_, index) => ({
      at: new Date(Date.parse('2026-05-04T09:12:04.180Z') + index * 1213).toISOString(),
      system,
      flow: 'fulfilment',
      step: ['allocate', 'pick', 'ship'][index % 3] ?? 'ship',
      status: index === 4 ? 'failed' : 'succeeded',
      statusRaw: index === 4 ? 'FAILED' : 'OK',
      records: [{ type: 'order', key: `SO-${100_042 + index}` }],
      line: index + 1,
    })),
    ...extra,
  };
}

/** A plan over seven parts: ready ones in several formats, one known, one refused. */
export function makePlan(id: string): WirePlan {
  const boomi = part('p2', 'boomi-execution-records.json', 'json', 'boomi');
  return {
    id,
    parts: [
      part('p1', 'wms-events.ndjson', 'ndjson', 'wms'),
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
      part('p5', 'shop-orders.json', 'json', 'shop', { outcome: 'known', reason: 'already imported as shop-orders.json' }),
      part('p6', 'crm.csv', 'csv', 'crm'),
      part('p7', 'readme.pdf', 'unknown', '', {
        outcome: 'refused',
        reason: 'readme.pdf is no text in any known format',
        mapping: null,
        preview: [],
        bytes: 82_113,
      }),
    ],
  };
}

const TOTAL_BYTES = 31_400_000;

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
              duplicates: 0,
              sha256: '9f2c'.repeat(16),
              coverage: { from: '2026-05-01T00:00:04Z', to: '2026-05-04T12:44:58Z' },
              outcome: 'imported',
            },
            {
              name: 'payments_2026-05.csv',
              format: 'csv',
              profile: 'inferred',
              events: 41_377,
              rejected: 0,
              duplicates: 12,
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
              duplicates: 0,
              sha256: '01cd'.repeat(16),
              coverage: { from: null, to: null },
              outcome: 'known',
            },
          ],
          refused: [{ path: 'readme.pdf', reason: 'readme.pdf is no text in any known format' }],
          events: 131_595,
          records: 21_004,
          journeys: 10_000,
          findings: 571,
          seconds: 2.4,
        }
      : null,
    error: null,
  };
}
