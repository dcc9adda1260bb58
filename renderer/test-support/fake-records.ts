import type { WireFinding, WireRecord } from '../../src/api/wire.ts';
import type { FindingKind, Severity } from '../../src/model/finding.ts';
import { SEVERITIES } from '../../src/model/finding.ts';
import type { JourneyStatus } from '../../src/model/journey.ts';
import { pick, seeded } from './random.ts';

/** Four days of a made-up company. */
export const DATA_FROM = Date.parse('2026-05-01T00:00:00Z');
export const DATA_TO = Date.parse('2026-05-04T12:45:00Z');
export const SYSTEMS = ['shop', 'payments', 'boomi', 'erp', 'wms', 'crm'] as const;

interface Fault {
  readonly kind: FindingKind;
  readonly subkind: string;
  readonly severity: Severity;
  readonly status: JourneyStatus;
  readonly system: string;
  readonly step: string;
  readonly title: (key: string) => string;
  readonly explanation: string;
  readonly expected: string;
  readonly actual: string;
}

const FAULTS: readonly Fault[] = [
  {
    kind: 'gap',
    subkind: 'partial',
    severity: 'critical',
    status: 'incomplete',
    system: 'crm',
    step: 'update status',
    title: () => 'crm never received the confirmed order',
    explanation: 'The order was confirmed in erp and shipped by wms, but crm shows no entry for it although crm was logged at that time.',
    expected: 'crm update status after erp confirm',
    actual: 'nothing in crm until the end of its log',
  },
  {
    kind: 'delay',
    subkind: 'hop',
    severity: 'warning',
    status: 'completed',
    system: 'wms',
    step: 'allocate',
    title: () => 'erp → wms took 2 h 58 m, usually 4.1 s',
    explanation: 'The order left erp confirm at 09:12:31 and first appeared in wms allocate at 12:10:29.',
    expected: 'within 9.3 s (95 % of 11,204 orders)',
    actual: '2 h 58 m',
  },
  {
    kind: 'retry',
    subkind: 'hidden',
    severity: 'warning',
    status: 'completed',
    system: 'boomi',
    step: 'send to ERP',
    title: () => 'send to ERP ran 4 times with the same payload',
    explanation: 'The step ran four times with the same content within 12 s, without any entry calling it a retry.',
    expected: 'one attempt',
    actual: '4 attempts, the last succeeded',
  },
  {
    kind: 'error',
    subkind: 'exhausted',
    severity: 'critical',
    status: 'failed',
    system: 'boomi',
    step: 'send to ERP',
    title: () => 'all 5 attempts to send to ERP failed: HTTP 503 Service Unavailable',
    explanation: 'Every attempt ended with the same error. Nothing of this order is in erp.',
    expected: 'one successful attempt',
    actual: '5 failed attempts',
  },
  {
    kind: 'mismatch',
    subkind: 'field',
    severity: 'warning',
    status: 'completed',
    system: 'erp',
    step: 'confirm',
    title: () => 'amount differs: shop 129.90, erp 109.16',
    explanation: 'The two systems show different amounts for the same order. The ratio is 1.19, a tax rate.',
    expected: '129.90 EUR',
    actual: '109.16 EUR',
  },
  {
    kind: 'duplicate',
    subkind: 'delivery',
    severity: 'info',
    status: 'completed',
    system: 'wms',
    step: 'allocate',
    title: (key) => `wms processed ${key} twice`,
    explanation: 'The same message was handled twice, 1.4 s apart.',
    expected: 'processed once',
    actual: 'processed twice',
  },
];

export interface FakeData {
  readonly records: readonly WireRecord[];
  readonly findings: readonly WireFinding[];
}

/** Orders (and a tail of payments and shipments that stand alone) with plausible times, and the findings of the troubled ones. */
export function makeData(count: number, seed = 7): FakeData {
  const random = seeded(seed);
  const records: WireRecord[] = [];
  const findings: WireFinding[] = [];
  for (let index = 0; index < count; index += 1) {
    const type = index % 29 === 11 ? 'payment' : index % 37 === 5 ? 'shipment' : 'order';
    const number = 100_001 + index;
    const key = type === 'order' ? `SO-${number}` : type === 'payment' ? `PAY-${number}` : `SHP-${number}`;
    const startMs = DATA_FROM + Math.floor(((index + random()) / count) * (DATA_TO - DATA_FROM - 600_000));
    const fault = type === 'order' && random() < 0.06 ? pick(random, FAULTS) : undefined;
    const open = fault === undefined && DATA_TO - startMs < 3 * 3_600_000 && random() < 0.5;
    const durationMs = Math.round(Math.exp(11 + random() * 3) * (fault?.kind === 'delay' ? 20 : 1));
    const startedAt = new Date(startMs).toISOString();
    const systems =
      type === 'order'
        ? SYSTEMS.filter(
            (system) =>
              !(fault?.kind === 'gap' && system === 'crm') && !(fault?.kind === 'error' && ['erp', 'wms', 'crm'].includes(system)),
          )
        : [type === 'payment' ? 'payments' : 'wms'];
    const steps = type === 'order' ? systems.length + 2 : 2;
    const attempts = steps + (fault?.kind === 'retry' ? 3 : fault?.kind === 'error' ? 4 : 0);
    records.push({
      type,
      key,
      aliases: type === 'order' ? [String(number).padStart(10, '0'), `gid://shop/Order/${number}`] : [],
      status: fault?.status ?? (open ? 'open' : 'completed'),
      startedAt,
      endedAt: open ? null : new Date(Math.min(startMs + durationMs, DATA_TO)).toISOString(),
      durationMs: open ? null : Math.min(durationMs, DATA_TO - startMs),
      systems: [...systems],
      steps,
      attempts,
      events: attempts + 4,
      findings: fault === undefined ? 0 : 1,
      completeness: {
        share: type === 'order' ? (systems.length - 1) / (SYSTEMS.length - 1) : null,
        systems: { met: systems.length - 1, of: type === 'order' ? SYSTEMS.length - 1 : 0 },
        fields: { met: 0, of: 0 },
        times: { met: 0, of: 0 },
      },
      severity: fault?.severity ?? null,
      worst: fault?.title(key) ?? null,
    });
    if (fault !== undefined) findings.push(makeFinding(fault, key, startMs + Math.min(durationMs, 60_000), index));
  }
  return { records, findings };
}

function makeFinding(fault: Fault, key: string, atMs: number, index: number): WireFinding {
  const at = new Date(atMs).toISOString();
  return {
    id: `${fault.kind}-${fault.subkind}-${key}`,
    kind: fault.kind,
    subkind: fault.subkind,
    severity: fault.severity,
    confidence: 0.8 + (index % 20) / 100,
    record: { type: 'order', key },
    system: fault.system,
    flow: 'order-to-cash',
    step: fault.step,
    steps: ['s4'],
    at,
    title: fault.title(key),
    explanation: fault.explanation,
    expected: fault.expected,
    actual: fault.actual,
    absence: fault.kind === 'gap' ? 'confirmed' : null,
    evidence: [{ event: index + 1, source: `${fault.system}-2026-05.ndjson`, line: index + 2, at, system: fault.system, step: fault.step }],
    baseline: null,
    status: 'open',
    note: null,
    decidedAt: null,
    taughtBy: null,
  };
}

const STATUS_ORDER: readonly JourneyStatus[] = ['failed', 'incomplete', 'open', 'unknown', 'completed'];

/** What the engine would sort by, as numbers or text; absent values come last either way. */
export function sortValue(record: WireRecord, sort: string): number | string | null {
  switch (sort) {
    case 'ended':
      return record.endedAt;
    case 'duration':
      return record.durationMs;
    case 'key':
      return record.key;
    case 'status':
      return STATUS_ORDER.indexOf(record.status);
    case 'steps':
      return record.steps;
    case 'findings':
      return record.findings;
    case 'severity':
      return record.severity === null ? -1 : SEVERITIES.indexOf(record.severity);
    default:
      return record.startedAt;
  }
}
