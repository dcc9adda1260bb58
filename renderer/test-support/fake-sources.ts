import type { WireCoverage, WireLearnedMapping, WireRejection, WireRejectionGroup, WireSource, WireWatch } from '../../src/api/wire.ts';
import { makePlan } from './fake-import.ts';
import { DATA_FROM, DATA_TO, SYSTEMS } from './fake-records.ts';

const HOUR = 3_600_000;

function iso(at: number): string {
  return new Date(at).toISOString();
}

export const COVERAGE: readonly WireCoverage[] = SYSTEMS.map((system, index) => ({
  system,
  from: iso(DATA_FROM + index * 4000),
  to: iso(system === 'crm' ? DATA_TO - 9 * HOUR : DATA_TO - index * 2000),
}));

const NAMES = [
  'shop-events.ndjson',
  'payments_2026-05.csv',
  'boomi-execution-records.json',
  'erp-server-2026-05-04-node-7.log.gz',
  'wms-events.ndjson',
  'crm-orders.csv',
] as const;
const FORMATS = ['ndjson', 'csv', 'json', 'text', 'ndjson', 'csv'] as const;

/** That many sources: six of one each, more are days of the same logs, with a day missing here and there. */
export function makeSources(count: number): readonly WireSource[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % SYSTEMS.length;
    const system = SYSTEMS[kind] ?? 'shop';
    const day = Math.floor(index / SYSTEMS.length);
    const whole = COVERAGE[kind];
    const name =
      day === 0
        ? (NAMES[kind] ?? system)
        : `${system}/${system}-node-${day % 5}-part-${String(day).padStart(4, '0')}.${FORMATS[kind] ?? 'log'}`;
    // One day is missing in most systems, so that a gap can be seen.
    const from = DATA_FROM + ((day * 7) % (system === 'shop' ? 80 : 24)) * HOUR + (day % 3 === 0 && system !== 'wms' ? 48 * HOUR : 0);
    return {
      id: index + 1,
      name,
      path: `exports/may/${name}`,
      format: FORMATS[kind] ?? 'text',
      profile: system === 'boomi' ? 'boomi-execution-record' : 'inferred',
      system,
      zone: system === 'payments' ? 'Europe/Berlin' : 'UTC',
      events: 90_218 - kind * 9_871,
      rejected: system === 'erp' ? 9_812 : system === 'payments' ? 188 : 0,
      duplicates: system === 'payments' ? 12 : 0,
      updated: system === 'boomi' ? 31 : 0,
      bytes: 31_400_000 - kind * 3_900_000,
      sha256: `${index}9f2c77ab`.repeat(8).slice(0, 64),
      importedAt: '2026-05-04T12:50:00Z',
      coverage:
        count > SYSTEMS.length
          ? { from: iso(from), to: iso(from + 5 * HOUR) }
          : whole === undefined
            ? null
            : { from: whole.from, to: whole.to },
      systems: [system],
      encoding: system === 'payments' ? 'windows-1252' : 'utf-8',
      notices:
        system === 'payments'
          ? [
              'status words that are not known: PARKED (412), HELD_2 (8)',
              '2 times exist twice at the change of clocks; the earlier instant was taken',
            ]
          : [],
      unknownStatuses:
        system === 'payments'
          ? [
              { word: 'PARKED', count: 412 },
              { word: 'HELD_2', count: 8 },
            ]
          : [],
      sidecarOf: null,
      carriedBy: null,
      copies: [],
      clocks: [],
    };
  });
}

const ERP = 'erp-server-2026-05-04-node-7.log.gz';
const PAYMENTS = 'payments_2026-05.csv';

export const REJECT_GROUPS: readonly WireRejectionGroup[] = [
  {
    source: ERP,
    sourceId: 4,
    code: 'no-time-no-order',
    count: 9_640,
    reason: `${ERP}, line 8,114: there is no time: "ts" is empty`,
    rereadable: true,
  },
  {
    source: PAYMENTS,
    sourceId: 2,
    code: 'too-few-cells',
    count: 188,
    reason: `${PAYMENTS}, line 12: the row has 3 cells, the header 8`,
    rereadable: false,
  },
  {
    source: ERP,
    sourceId: 4,
    code: 'truncated',
    count: 171,
    reason: `${ERP}, line 90,001: the line ends inside a quoted value`,
    rereadable: false,
  },
  { source: ERP, sourceId: 4, code: 'bad-encoding', count: 1, reason: `${ERP}, line 4,711: the bytes are no UTF-8`, rereadable: false },
  {
    source: '',
    sourceId: null,
    code: 'format-unknown',
    count: 2,
    reason: 'readme.pdf is in no format that Waybill knows: it begins with "%PDF-1.7"',
    rereadable: false,
  },
];

const REJECTS: readonly WireRejection[] = REJECT_GROUPS.flatMap((group, at) =>
  Array.from({ length: group.count }, (_, index): WireRejection => {
    if (group.sourceId === null)
      return {
        id: null,
        source: `readme-${index}.pdf`,
        sourceId: null,
        line: null,
        offset: null,
        length: null,
        code: group.code,
        reason: group.reason,
        excerpt: '',
      };
    const line = 8_114 + index * 9;
    return {
      id: at * 100_000 + index + 1,
      source: group.source,
      sourceId: group.sourceId,
      line,
      offset: line * 117,
      length: 96 + (index % 60),
      code: group.code,
      reason: group.reason.replace(/line [\d,]+/, `line ${line.toLocaleString('en')}`),
      excerpt: `2026-05-04 09:12:${String(index % 60).padStart(2, '0')},004 INFO  [IDOC] order="0000${1000 + index}" posted to client 800 by RFC_USER`,
    };
  }),
);

/** A page of the rejected entries that pass. */
export function rejectsPage({
  source,
  code,
  offset = 0,
  limit = 100,
}: {
  readonly source?: number | undefined;
  readonly code?: string | undefined;
  readonly offset?: number;
  readonly limit?: number;
}) {
  const rows = REJECTS.filter((one) => (source === undefined || one.sourceId === source) && (code === undefined || one.code === code));
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

/** One rejected entry with its text and what stands around it. */
export function rejectedText(id: number) {
  const found = REJECTS.find((one) => one.id === id) ?? REJECTS[0];
  if (found === undefined) throw new Error('there is no rejected entry');
  return {
    ...found,
    text: `${found.excerpt}\n\tat com.example.erp.Idoc.post(Idoc.java:118)\n\tat com.example.erp.Gateway.send(Gateway.java:52)`,
    truncated: false,
    before: '2026-05-04 09:12:30,871 INFO  [IDOC] order="00000999" posted to client 800 by RFC_USER\n',
    after: '\n2026-05-04 09:12:32,400 INFO  [IDOC] order="00001001" posted to client 800 by RFC_USER\n',
  };
}

/** Mappings that were corrected before. */
export function makeLearned(): readonly WireLearnedMapping[] {
  const mapping = makePlan('p').parts[0]?.mapping;
  if (mapping === undefined || mapping === null) throw new Error('the first part is ready');
  return [
    {
      id: 7,
      name: 'wms-2026-04-30.ndjson',
      stem: 'wms-.ndjson',
      format: 'ndjson',
      correctedAt: '2026-05-01T07:20:00Z',
      corrections: ['weight_g is an attribute, weight', 'PARKED means waiting'],
      mapping,
    },
  ];
}

/** Folders that are watched: one quiet, one gone, one that failed. */
export function makeWatches(): WireWatch[] {
  return [
    {
      id: 'w1',
      path: '/srv/exports/wms',
      options: { timezone: 'Europe/Berlin' },
      addedAt: '2026-05-01T07:00:00Z',
      state: 'waiting',
      job: null,
      taken: 41,
      known: 3,
      failed: 0,
      lastImport: { at: '2026-05-04T12:44:10Z', files: 2, events: 18_204, rejected: 0 },
      lastError: null,
    },
    {
      id: 'w2',
      path: '/srv/exports/erp/a-folder-with-a-rather-long-name/that-nobody-would-type/production',
      options: { system: 'erp' },
      addedAt: '2026-05-02T09:30:00Z',
      state: 'importing',
      job: null,
      taken: 8,
      known: 0,
      failed: 1,
      lastImport: { at: '2026-05-04T11:02:00Z', files: 1, events: 7_771, rejected: 12 },
      lastError: { at: '2026-05-04T11:03:00Z', file: 'erp-broken.log.gz', message: 'erp-broken.log.gz is a gzip file that ends too early' },
    },
    {
      id: 'w3',
      path: '/mnt/share/crm',
      options: {},
      addedAt: '2026-05-03T16:00:00Z',
      state: 'missing',
      job: null,
      taken: 0,
      known: 0,
      failed: 0,
      lastImport: null,
      lastError: null,
    },
  ];
}
