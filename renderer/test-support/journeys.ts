import type { WireBaseline } from '../../src/api/wire.ts';
import { buildFinding, buildJourney, type FakeJourney, type StepInput } from './journey-builder.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ZERO = '2026-05-04T09:12:04.000Z';
const order = (key: string) => ({ type: 'order', key });

/** A log-normal histogram, as a learned baseline has it. */
export function bellBaseline(medianMs: number, p95Ms: number, observedMs: number, observations: number): WireBaseline {
  const sigma = Math.log(p95Ms / medianMs) / 1.645;
  const bins = 24;
  const low = Math.log(medianMs) - 3 * sigma;
  const width = (6 * sigma) / bins;
  const edgesMs = Array.from({ length: bins + 1 }, (_, index) => Math.exp(low + index * width));
  const counts = Array.from({ length: bins }, (_, index) => {
    const z = (low + (index + 0.5) * width - Math.log(medianMs)) / sigma;
    return Math.round((observations * width * Math.exp(-0.5 * z * z)) / (sigma * Math.sqrt(2 * Math.PI)));
  });
  return { observations, medianMs, p95Ms, p99Ms: Math.exp(Math.log(medianMs) + 2.326 * sigma), observedMs, edgesMs, counts };
}

const usual = (median: number, p95: number) => ({ median, p95, observations: 11_204 });

const IDOC = `<IDOC BEGIN="1"><EDI_DC40 SEGMENT="1"><DOCNUM>0000000771893204</DOCNUM><STATUS>53</STATUS><CREDAT>20260504</CREDAT><CRETIM>111231</CRETIM></EDI_DC40><E1EDK01 SEGMENT="1"><BELNR>0000001042</BELNR><CURCY>EUR</CURCY><NTGEW>12.400</NTGEW></E1EDK01></IDOC>`;
const IDOC_TREE = {
  IDOC: {
    '@BEGIN': '1',
    EDI_DC40: { '@SEGMENT': '1', DOCNUM: '0000000771893204', STATUS: '53', CREDAT: '20260504', CRETIM: '111231' },
    E1EDK01: { '@SEGMENT': '1', BELNR: '0000001042', CURCY: 'EUR', NTGEW: '12.400' },
  },
};

/** The order of the look study: six systems, a hidden retry, a hop of three hours, and a CRM that never heard of it. */
export function troubledOrder(): FakeJourney {
  const record = order('SO-1042');
  const steps: readonly StepInput[] = [
    {
      id: 's1',
      system: 'shop',
      flow: 'storefront',
      step: 'checkout',
      tries: [{ at: 0, ms: 180 }],
      kind: 'snapshot',
      payload: {
        event: 'order.created',
        id: 'gid://shop/Order/1042',
        name: 'SO-1042',
        total: '184.90',
        currency: 'EUR',
        customer: 'C-20771',
        lines: [
          { sku: 'LAMP-07', qty: 1 },
          { sku: 'BULB-E27', qty: 4 },
        ],
        note: '<script>alert(1)</script>',
      },
    },
    { id: 's2', system: 'payments', flow: 'capture', step: 'capture', tries: [{ at: 1980, ms: 412 }], usual: usual(1600, 4000) },
    {
      id: 's3',
      system: 'boomi',
      flow: 'order-to-erp',
      step: 'send to ERP',
      usual: usual(800, 2500),
      tries: [
        {
          at: 3300,
          ms: 900,
          status: 'failed',
          error: 'HTTP 503 Service Unavailable from https://erp.example/orders: connection pool exhausted',
        },
        { at: 8200, ms: 880, status: 'failed', error: 'HTTP 503 Service Unavailable from https://erp.example/orders' },
        { at: 13_400, ms: 910, status: 'failed', error: 'HTTP 503 Service Unavailable from https://erp.example/orders' },
        { at: 18_500, ms: 1100 },
      ],
    },
    {
      id: 's4',
      system: 'erp',
      flow: 'sales-order',
      step: 'confirm',
      tries: [{ at: 27_000, ms: 350 }],
      usual: usual(7000, 15_000),
      raw: IDOC,
      payload: IDOC_TREE,
      kind: 'snapshot',
    },
    {
      id: 's5',
      system: 'wms',
      flow: 'fulfilment',
      step: 'allocate',
      tries: [{ at: 2 * HOUR + 58 * MINUTE + 25_000, ms: 1200 }],
      after: ['s4'],
      usual: usual(4100, 9300),
    },
    {
      id: 's6',
      system: 'wms',
      flow: 'fulfilment',
      step: 'ship',
      tries: [{ at: 3 * HOUR + 1 * MINUTE + 56_000, ms: 4 * MINUTE + 10_000 }],
      usual: usual(3 * MINUTE, 12 * MINUTE),
    },
    {
      id: 'g1',
      system: 'crm',
      flow: 'order-status',
      step: 'update status',
      absence: 'confirmed',
      due: 3 * HOUR + 28 * MINUTE,
      after: ['s4'],
    },
  ];
  return buildJourney({
    ...record,
    aliases: ['0000001042', 'gid://shop/Order/1042', '4500001042', 'PAY-77310', 'ref:SO1042'],
    status: 'incomplete',
    reason: 'never reached CRM',
    zero: ZERO,
    firstEvent: 100,
    steps,
    files: { erp: 'erp_idoc_0504.xml', boomi: 'boomi-execution-records.json' },
    notes: [
      {
        at: 3400,
        system: 'boomi',
        step: 'log',
        text: '2026-05-04T09:12:07Z WARNING  HTTP Client Connector  order SO-1042: 503, will retry',
      },
      { at: 18_600, system: 'boomi', step: 'log', text: '2026-05-04T09:12:22Z INFO     HTTP Client Connector  order SO-1042: 201 Created' },
    ],
    dataEndsAt: '2026-05-04T12:45:00.000Z',
    related: [
      { type: 'payment', key: 'PAY-77310', relation: 'child', confidence: 1, evidence: [] },
      { type: 'shipment', key: 'SHP-90218', relation: 'child', confidence: 0.97, evidence: [] },
      { type: 'customer', key: 'C-20771', relation: 'context', confidence: 1, evidence: [] },
    ],
    coverage: ['shop', 'payments', 'boomi', 'erp', 'wms', 'crm'].map((system) => ({
      system,
      from: '2026-05-04T00:00:00.000Z',
      to: system === 'payments' ? '2026-05-04T12:10:00.000Z' : '2026-05-04T12:45:00.000Z',
    })),
    state: (events) => [
      {
        field: 'status',
        record,
        agree: false,
        values: [
          { system: 'shop', value: 'paid', at: events.get('s1')?.[0]?.at ?? null, event: events.get('s1')?.[0]?.id ?? 0 },
          { system: 'erp', value: 'confirmed', at: events.get('s4')?.[0]?.at ?? null, event: events.get('s4')?.[0]?.id ?? 0 },
          { system: 'wms', value: 'shipped', at: events.get('s6')?.[0]?.at ?? null, event: events.get('s6')?.[0]?.id ?? 0 },
        ],
      },
      {
        field: 'total',
        record,
        agree: true,
        values: [
          { system: 'shop', value: '184.90 EUR', at: events.get('s1')?.[0]?.at ?? null, event: events.get('s1')?.[0]?.id ?? 0 },
          { system: 'payments', value: '184.90 EUR', at: events.get('s2')?.[0]?.at ?? null, event: events.get('s2')?.[0]?.id ?? 0 },
        ],
      },
    ],
    findings: (events) => [
      buildFinding(record, events, {
        kind: 'gap',
        subkind: 'missing-step',
        severity: 'critical',
        confidence: 0.96,
        absence: 'confirmed',
        steps: ['g1'],
        system: 'crm',
        flow: 'order-status',
        step: 'update status',
        at: '2026-05-04T12:40:04.000Z',
        title: 'CRM update status never came',
        explanation:
          'In 11,198 of 11,204 comparable orders the CRM was updated within 28 minutes of shipping. The CRM was logged until 12:45 and holds no entry for this order.',
        expected: 'crm update status by 12:40',
        actual: 'nothing, although the CRM was logged',
        evidence: (events.get('s6') ?? []).map(({ id, source, line, at, system, step }) => ({ event: id, source, line, at, system, step })),
      }),
      buildFinding(record, events, {
        kind: 'delay',
        subkind: 'hop',
        severity: 'warning',
        steps: ['s4', 's5'],
        title: 'ERP → WMS took 2 h 58 m, usually 4.1 s',
        explanation:
          'The order left ERP confirm at 09:12:31 and first appeared in WMS allocate at 12:10:29. Under the same load, 95 % of 11,204 orders made this hop within 9.3 s.',
        expected: '4.1 s, at most 9.3 s',
        actual: '2 h 58 m',
        baseline: bellBaseline(4100, 9300, 2 * HOUR + 58 * MINUTE - 2000, 11_204),
      }),
      buildFinding(record, events, {
        kind: 'retry',
        subkind: 'hidden',
        severity: 'warning',
        confidence: 0.91,
        steps: ['s3'],
        title: 'send to ERP needed 4 attempts',
        explanation:
          'Boomi repeated the same payload four times within 16 s. No retry flag is set; the attempts share step, order and content.',
        expected: '1 attempt',
        actual: '4 attempts, the last succeeded',
      }),
    ],
  });
}

/** Everything as it should be. */
export function healthyOrder(): FakeJourney {
  return buildJourney({
    ...order('SO-1041'),
    aliases: ['0000001041'],
    status: 'completed',
    reason: 'every expected step succeeded',
    zero: ZERO,
    firstEvent: 300,
    dataEndsAt: '2026-05-04T12:45:00.000Z',
    coverage: ['shop', 'payments', 'boomi', 'erp', 'wms', 'crm'].map((system) => ({
      system,
      from: '2026-05-04T00:00:00.000Z',
      to: '2026-05-04T12:45:00.000Z',
    })),
    steps: [
      { id: 's1', system: 'shop', step: 'checkout', tries: [{ at: 0, ms: 170 }] },
      { id: 's2', system: 'payments', step: 'capture', tries: [{ at: 1700, ms: 390 }], usual: usual(1600, 4000) },
      { id: 's3', system: 'boomi', flow: 'order-to-erp', step: 'send to ERP', tries: [{ at: 2900, ms: 940 }], usual: usual(800, 2500) },
      { id: 's4', system: 'erp', step: 'confirm', tries: [{ at: 9800, ms: 310 }], usual: usual(7000, 15_000) },
      { id: 's5', system: 'wms', step: 'allocate', tries: [{ at: 14_200, ms: 1100 }], usual: usual(4100, 9300), after: ['s4'] },
      {
        id: 's6',
        system: 'crm',
        step: 'update status',
        tries: [{ at: 14_500, ms: 90 }],
        usual: usual(4000, 9000),
        after: ['s4'],
        branch: 1,
      },
      {
        id: 's7',
        system: 'wms',
        step: 'ship',
        tries: [{ at: 3 * MINUTE, ms: 4 * MINUTE }],
        after: ['s5'],
        usual: usual(3 * MINUTE, 12 * MINUTE),
      },
    ],
  });
}

/** A trace of one system with 57 spans in a tree. */
export function traceOfSpans(): FakeJourney {
  const names = [
    'GET /checkout',
    'authorise',
    'load cart',
    'SELECT cart',
    'price',
    'SELECT price',
    'tax',
    'POST /payment',
    'INSERT payment',
    'reserve',
    'UPDATE stock',
    'publish order',
  ];
  const steps: StepInput[] = [{ id: 's1', system: 'checkout-service', step: 'POST /checkout', tries: [{ at: 0, ms: 480 }], after: [] }];
  for (let index = 2; index <= 57; index += 1) {
    const parent = index < 9 ? 1 : 2 + ((index * 5) % 7);
    const at = parent === 1 ? (index - 1) * 55 : (parent - 1) * 55 + (index % 6) * 7 + 1;
    steps.push({
      id: `s${index}`,
      system: 'checkout-service',
      step: names[index % names.length] ?? 'span',
      tries: [
        { at, ms: parent === 1 ? 50 : 5 + (index % 4), ...(index === 41 ? { status: 'failed' as const, error: 'deadlock detected' } : {}) },
      ],
      after: [`s${parent}`],
      branch: parent,
    });
  }
  return buildJourney({
    type: 'trace',
    key: '4bf92f3577b34da6a3ce929d0e0e4736',
    status: 'unknown',
    reason: 'nothing is known of how such a trace ends',
    zero: ZERO,
    firstEvent: 1000,
    steps,
    findings: (events) => [
      buildFinding({ type: 'trace', key: '4bf92f' }, events, {
        kind: 'error',
        subkind: 'failed',
        severity: 'critical',
        steps: ['s41'],
        title: 'SELECT price failed',
        explanation: 'The span ended with an error: deadlock detected.',
        expected: 'success',
        actual: 'failed: deadlock detected',
      }),
    ],
  });
}

/** An order that was polled again and again: more than 200 steps, most of them repeats. */
export function longOrder(): FakeJourney {
  const steps: StepInput[] = [
    { id: 's1', system: 'shop', step: 'checkout', tries: [{ at: 0, ms: 150 }] },
    { id: 's2', system: 'boomi', flow: 'order-to-erp', step: 'send to ERP', tries: [{ at: 2000, ms: 800 }] },
  ];
  let at = 10_000;
  for (let index = 3; index <= 210; index += 1) {
    const polling = index % 70 !== 0;
    steps.push(
      polling
        ? {
            id: `s${index}`,
            system: 'boomi',
            flow: 'order-status',
            step: 'poll status',
            tries: [{ at, ms: 120, ...(index === 101 ? { status: 'failed' as const, error: 'read timed out' } : {}) }],
          }
        : {
            id: `s${index}`,
            system: 'erp',
            flow: 'sales-order',
            step: index === 70 ? 'release credit block with a very long name that nobody would read in full' : 'partial delivery',
            tries: [{ at, ms: 900 }],
          },
    );
    at += 5 * MINUTE;
  }
  steps.push({ id: 's211', system: 'wms', step: 'ship', tries: [{ at: at + MINUTE, ms: 60_000 }] });
  steps.push({ id: 'g1', system: 'crm', step: 'update status', absence: 'still-open', due: at + 4 * HOUR, after: ['s211'] });
  steps.push({ id: 'g2', system: 'archive', step: 'store document', absence: 'outside-coverage', after: ['s211'] });
  return buildJourney({
    ...order('SO-1777-WITH-A-VERY-LONG-KEY-FROM-AN-EDI-PARTNER-000000000000000042'),
    aliases: ['0000001777'],
    status: 'open',
    reason: 'the CRM has until tomorrow 06:30',
    zero: ZERO,
    firstEvent: 2000,
    steps,
  });
}

/** A record whose sources tell no times at all, only an order. */
export function timelessOrder(): FakeJourney {
  return buildJourney({
    ...order('PO-88'),
    status: 'failed',
    reason: 'post invoice failed',
    zero: undefined,
    firstEvent: 4000,
    findings: (events) => [
      buildFinding(order('PO-88'), events, {
        kind: 'error',
        subkind: 'failed',
        severity: 'critical',
        steps: ['s5'],
        title: 'erp post invoice failed',
        explanation: 'The only attempt ended with: Tolerance limit exceeded for quantity.',
        expected: 'success',
        actual: 'failed',
      }),
    ],
    steps: [
      { id: 's1', system: 'procurement', step: 'create order' },
      { id: 's2', system: 'procurement', step: 'approve' },
      { id: 's3', system: 'erp', step: 'goods receipt', after: ['s2'], branch: 0 },
      { id: 's4', system: 'erp', step: 'receive invoice', after: ['s2'], branch: 1 },
      {
        id: 's5',
        system: 'erp',
        step: 'post invoice',
        after: ['s3', 's4'],
        tries: [{ status: 'failed', error: 'Tolerance limit exceeded for quantity' }],
      },
    ],
  });
}

/** All fixtures by the name that `?journey=` takes. */
export const FAKE_JOURNEYS: Readonly<Record<string, () => FakeJourney>> = {
  troubled: troubledOrder,
  healthy: healthyOrder,
  trace: traceOfSpans,
  long: longOrder,
  timeless: timelessOrder,
};
