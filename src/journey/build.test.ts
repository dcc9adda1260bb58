import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputOf } from '../findings/testing.ts';
import type { Line } from '../findings/testing.ts';
import type { Journey } from '../model/journey.ts';
import { buildJourney } from './index.ts';
import { inOrder } from './order.ts';

const build = (lines: readonly Line[]): Journey => buildJourney(inputOf('SO-1', lines));
const steps = (journey: Journey) =>
  journey.steps.map((step) => `${step.id} ${step.system}.${step.step} ${step.status} ×${step.attempts.length}`);
const hops = (journey: Journey) =>
  journey.hops.map((hop) => `${hop.from}>${hop.to} ${hop.reason} ${hop.latency === undefined ? '?' : hop.latency / 1e6}`);

describe('steps and attempts', () => {
  it('pairs a start with its end, also with other steps in between', () => {
    const journey = build([
      { system: 'erp', step: 'create', at: 0, status: 'started' },
      { system: 'wms', step: 'reserve', at: 2 },
      { system: 'erp', step: 'create', at: 5, status: 'succeeded' },
    ]);
    expect(steps(journey)).toEqual(['s1 erp.create succeeded ×1', 's2 wms.reserve succeeded ×1']);
    expect(journey.steps[0]).toMatchObject({ startedAt: 0, endedAt: 5e6 });
    expect(journey.steps[0]?.attempts[0]?.events).toEqual([1, 3]);
  });

  it('keeps concurrent executions of one step apart', () => {
    const journey = build([
      { system: 'erp', step: 'create', at: 0, status: 'started', execution: 1 },
      { system: 'erp', step: 'create', at: 1, status: 'started', execution: 2 },
      { system: 'erp', step: 'create', at: 2, status: 'failed', execution: 1 },
      { system: 'erp', step: 'create', at: 3, status: 'succeeded', execution: 2 },
    ]);
    expect(journey.steps[0]?.attempts.map(({ status, execution }) => [execution, status])).toEqual([
      [1, 'failed'],
      [2, 'succeeded'],
    ]);
  });

  it('takes executions that ran side by side and went well for steps of their own', () => {
    const items = [1, 2, 3].flatMap((execution): Line[] => [
      { system: 'sfn', step: 'reserve', at: execution, status: 'started', execution },
      { system: 'sfn', step: 'reserve', at: 20 - execution, status: 'succeeded', execution },
    ]);
    const journey = build(items);
    expect(steps(journey)).toEqual(['s1 sfn.reserve succeeded ×1', 's2 sfn.reserve succeeded ×1', 's3 sfn.reserve succeeded ×1']);
    expect(journey.steps.map((step) => step.attempts[0]?.events)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('takes a second execution for another try where the first one was lost, failed, or is numbered', () => {
    const begin = { system: 'erp', step: 'create', at: 0, status: 'started', execution: 1 } as const;
    const again = { system: 'erp', step: 'create', at: 5, status: 'started', execution: 2 } as const;
    const done = { system: 'erp', step: 'create', at: 9, status: 'succeeded', execution: 2 } as const;
    expect(steps(build([begin, again, done]))).toEqual(['s1 erp.create succeeded ×2']);
    const late = { ...begin, at: 8 };
    expect(steps(build([begin, again, { ...late, status: 'failed' }, done]))).toEqual(['s1 erp.create succeeded ×2']);
    expect(steps(build([begin, { ...again, attempt: 2 }, { ...late, status: 'succeeded' }, done]))).toEqual(['s1 erp.create succeeded ×2']);
  });

  it('makes repeats after failure attempts, and repeats after success steps', () => {
    const journey = build([
      { system: 'erp', step: 'create', at: 0, status: 'failed' },
      { system: 'erp', step: 'create', at: 9 },
      { system: 'erp', step: 'create', at: 60 },
    ]);
    expect(steps(journey)).toEqual(['s1 erp.create succeeded ×2', 's2 erp.create succeeded ×1']);
  });

  it('believes declared attempt numbers, and begins anew at one', () => {
    const journey = build(
      [1, 2, 3, 1].map((attempt, i): Line => ({
        system: 'erp',
        step: 'create',
        at: i,
        attempt,
        status: i === 2 ? 'succeeded' : i === 3 ? 'succeeded' : 'failed',
      })),
    );
    expect(steps(journey)).toEqual(['s1 erp.create succeeded ×3', 's2 erp.create succeeded ×1']);
    expect(journey.steps[0]?.attempts.map((attempt) => attempt.declared)).toEqual([1, 2, 3]);
  });

  it('takes the steps of a retried run for attempts of the first run’s steps', () => {
    const journey = build([
      { system: 'boomi', step: 'run', at: 0, took: 5, status: 'failed', execution: 1 },
      { system: 'boomi', step: 'read', at: 1, execution: 1 },
      { system: 'boomi', step: 'send', at: 2, status: 'failed', execution: 1 },
      { system: 'boomi', step: 'run', at: 300, took: 5, execution: 2, parentExecution: 1 },
      { system: 'boomi', step: 'read', at: 301, execution: 2 },
      { system: 'boomi', step: 'send', at: 302, execution: 2 },
    ]);
    expect(steps(journey)).toEqual(['s1 boomi.run succeeded ×2', 's2 boomi.read succeeded ×2', 's3 boomi.send succeeded ×2']);
    expect(journey.steps[0]?.attempts.map((attempt) => attempt.declared)).toEqual([undefined, 2]);
  });

  it('knows a retried run by its declaration also where the steps that had gone well come first', () => {
    const journey = build([
      { system: 'boomi', step: 'listen', at: 0, execution: 1 },
      { system: 'boomi', step: 'run', at: 0, took: 5, status: 'failed', execution: 1 },
      { system: 'boomi', step: 'listen', at: 300, execution: 2 },
      { system: 'boomi', step: 'run', at: 300, took: 5, status: 'failed', execution: 2, parentExecution: 1 },
      { system: 'boomi', step: 'listen', at: 600, execution: 3 },
      { system: 'boomi', step: 'run', at: 600, took: 5, execution: 3, parentExecution: 1 },
    ]);
    expect(steps(journey)).toEqual(['s1 boomi.listen succeeded ×3', 's2 boomi.run succeeded ×3']);
    expect(journey.steps[0]?.attempts.map((attempt) => attempt.declared)).toEqual([undefined, 2, 3]);
  });

  it('takes the spans of a retried run for attempts of the first run’s, whatever their ids', () => {
    const first = { system: 'n8n', execution: 1 } as const;
    const second = { system: 'n8n', execution: 2 } as const;
    const journey = build([
      { ...first, step: 'run', at: 0, took: 2, status: 'failed', span: 9 },
      { ...first, step: 'Map', at: 0.1, span: 1, parentSpan: 9 },
      { ...first, step: 'Create order', at: 1, status: 'failed', span: 2, parentSpan: 1 },
      { ...second, step: 'run', at: 300, took: 2, parentExecution: 1, span: 9 },
      { ...second, step: 'Create order', at: 301, span: 7, parentSpan: 9 },
    ]);
    expect(steps(journey)).toEqual(['s1 n8n.run succeeded ×2', 's2 n8n.Map succeeded ×1', 's3 n8n.Create order succeeded ×2']);
  });

  it('does not take a called run for a retry of its caller', () => {
    const journey = build([
      { system: 'boomi', flow: 'main', step: 'run', at: 0, took: 9, status: 'failed', execution: 1 },
      { system: 'boomi', step: 'send', at: 1, execution: 1 },
      { system: 'boomi', flow: 'sub', step: 'run', at: 2, took: 3, execution: 2, parentExecution: 1 },
      { system: 'boomi', step: 'send', at: 3, execution: 2 },
    ]);
    expect(steps(journey)).toEqual([
      's1 boomi.run failed ×1',
      's2 boomi.send succeeded ×1',
      's3 boomi.run succeeded ×1',
      's4 boomi.send succeeded ×1',
    ]);
  });

  it('takes an invoice over two shipments for a step of the invoice, and what names both of its invoices for none of either', () => {
    const journey = build([
      { system: 'edi', step: 'invoice', at: 0, children: ['invoice I-1', 'shipment S-1', 'shipment S-2'], fingerprint: 1 },
      { system: 'edi', step: 'invoice', at: 60, children: ['invoice I-2', 'shipment S-3', 'shipment S-4'], fingerprint: 2 },
      {
        system: 'edi',
        step: 'statement',
        at: 90,
        children: ['invoice I-1', 'invoice I-2', 'shipment S-1', 'shipment S-2'],
        fingerprint: 3,
      },
    ]);
    expect(journey.steps.map(({ step, record }) => `${step} ${record.type} ${record.key}`)).toEqual([
      'invoice invoice I-1',
      'invoice invoice I-2',
      `statement order ${journey.record.key}`,
    ]);
  });

  it('keeps the steps of different shipments apart, and does not split by the only payment', () => {
    const journey = build([
      { system: 'pay', step: 'capture', at: 0, status: 'started', children: ['payment P'] },
      { system: 'pay', step: 'capture', at: 1, children: [] },
      { system: 'wms', step: 'ship', at: 5, children: ['shipment A'] },
      { system: 'wms', step: 'ship', at: 6, children: ['shipment B'] },
    ]);
    expect(journey.steps.map((step) => `${step.step} ${step.record.type} ${step.record.key}`)).toEqual([
      'capture payment P',
      'ship shipment A',
      'ship shipment B',
    ]);
  });

  it('reads an entry that is told again as a repeat: what overlapping exports tell twice never gets here', () => {
    const line: Line = { system: 'erp', step: 'create', at: 0, took: 1, fingerprint: 7 };
    expect(build([line, line]).steps.flatMap((step) => step.attempts)).toHaveLength(2);
    expect(build([line, { ...line, source: 2 }]).steps.flatMap((step) => step.attempts)).toHaveLength(2);
  });

  it('puts a caller before what it called, whatever their clocks say', () => {
    const journey = build([
      { system: 'order', step: 'create', at: 1, took: 3, execution: 1, span: 2, parentSpan: 1 },
      { system: 'shop', step: 'POST /order', at: 2, took: 5, execution: 1, span: 1 },
      { system: 'order', step: 'insert', at: 2, took: 1, execution: 1, span: 3, parentSpan: 2 },
    ]);
    expect(journey.steps.map((step) => step.step)).toEqual(['POST /order', 'create', 'insert']);
    expect(hops(journey)).toEqual(['s1>s2 parent-span -1', 's2>s3 parent-span 1']);
  });

  it('tells the lines of a record that only log lines mention', () => {
    const journey = build([
      { system: 'payment', step: 'charge card', at: 0, kind: 'note', status: 'unknown' },
      { system: 'payment', step: 'card declined', at: 2, kind: 'note', status: 'failed', error: 'declined' },
    ]);
    expect(steps(journey)).toEqual(['s1 payment.charge card unknown ×1', 's2 payment.card declined failed ×1']);
  });

  it('takes an error line for the outcome of a step that tells none', () => {
    const journey = build([
      { system: 'food', step: 'find', at: 0, took: 2, status: 'unknown', execution: 1, span: 5 },
      { system: 'food', step: 'log', at: 1, kind: 'note', status: 'failed', error: 'list is null', execution: 1, span: 5 },
      { system: 'food', step: 'next', at: 3, took: 2, status: 'unknown', execution: 1, span: 6 },
    ]);
    expect(journey.steps.map((step) => [step.step, step.status, step.attempts[0]?.error])).toEqual([
      ['find', 'failed', 'list is null'],
      ['next', 'unknown', undefined],
    ]);
  });

  it('hangs log lines on the attempt they fall into', () => {
    const journey = build([
      { system: 'erp', step: 'create', at: 0, status: 'started', execution: 1 },
      { system: 'erp', step: 'log', at: 1, kind: 'note', status: 'failed', error: 'lock timeout', execution: 1 },
      { system: 'wms', step: 'ship', at: 5, took: 2 },
      { system: 'wms', step: 'log', at: 6, kind: 'note', status: 'unknown' },
      { system: 'crm', step: 'log', at: 7, kind: 'note', status: 'failed', error: 'nobody’s' },
    ]);
    expect(steps(journey)).toEqual(['s1 erp.create failed ×1', 's2 wms.ship succeeded ×1']);
    expect(journey.steps[0]?.attempts[0]).toMatchObject({ error: 'lock timeout', events: [1, 2] });
    expect(journey.steps[1]?.attempts[0]?.events).toEqual([3, 4]);
    expect(journey.systems).toEqual(['erp', 'wms', 'crm']);
  });

  it('gives an execution that only log lines tell of one step in each system', () => {
    const line = { system: 'mule', flow: 'orders', kind: 'note', status: 'unknown' } as const;
    const journey = build([
      { system: 'shop', step: 'place', at: 0, took: 1, execution: 1 },
      { system: 'shop', step: 'log', at: 0.5, kind: 'note', status: 'failed', error: 'slow', execution: 1 },
      { ...line, step: 'orders/processors/1', at: 5, execution: 2 },
      { ...line, step: 'orders/processors/2', at: 6, execution: 2 },
      { ...line, step: 'orders/processors/1', at: 9, execution: 3, status: 'failed', error: 'refused' },
      { system: 'mail', step: 'sent', kind: 'note', at: 10, status: 'unknown', execution: 3 },
    ]);
    expect(steps(journey)).toEqual([
      's1 shop.place succeeded-with-warning ×1',
      's2 mule.run unknown ×1',
      's3 mule.run failed ×1',
      's4 mail.log lines unknown ×1',
    ]);
    expect(journey.steps[1]).toMatchObject({ startedAt: 5e6, endedAt: 6e6, flow: 'orders', attempts: [{ events: [3, 4] }] });
    expect(journey.steps[2]?.attempts[0]?.error).toBe('refused');
  });

  it('gives a system that is only known from documents one step', () => {
    const journey = build([
      { system: 'erp', step: 'create', at: 0 },
      { system: 'erp', step: 'export', at: 9, kind: 'snapshot' },
      { system: 'crm', step: 'export', at: 3, kind: 'snapshot' },
      { system: 'crm', step: 'export', at: 8, kind: 'snapshot' },
    ]);
    expect(steps(journey)).toEqual(['s1 erp.create succeeded ×1', 's2 crm.snapshot: export unknown ×1']);
    expect(journey.steps[1]?.attempts[0]?.events).toEqual([3, 4]);
  });
});

describe('order and hops', () => {
  it('keeps the order of the source where times are equal or absent', () => {
    const journey = build([
      { system: 'erp', step: 'a', at: undefined },
      { system: 'erp', step: 'b', at: undefined },
      { system: 'erp', step: 'c', at: undefined },
    ]);
    expect(hops(journey)).toEqual(['s1>s2 sequence ?', 's2>s3 sequence ?']);
    expect(journey.startedAt).toBeUndefined();
  });

  it('follows parent spans, and branches where children overlap', () => {
    const journey = build([
      { system: 'web', step: 'root', at: 0, took: 10, execution: 1, span: 1 },
      { system: 'pay', step: 'charge', at: 1, took: 2, execution: 1, span: 2, parentSpan: 1 },
      { system: 'mail', step: 'send', at: 2, took: 3, execution: 1, span: 3, parentSpan: 1 },
      { system: 'pay', step: 'bank', at: 1.5, took: 1, execution: 1, span: 4, parentSpan: 2 },
      { system: 'web', step: 'done', at: 6, took: 1, execution: 1, span: 5, parentSpan: 1 },
    ]);
    expect(hops(journey)).toEqual(['s1>s2 parent-span 1', 's2>s3 parent-span 0.5', 's1>s4 parent-span 2', 's1>s5 parent-span 6']);
    expect(journey.steps.map((step) => `${step.step} ${step.branch}`)).toEqual(['root 0', 'charge 0', 'bank 0', 'send 1', 'done 1']);
  });

  it('puts a parent before its child that begins at the same instant', () => {
    const journey = build([
      { system: 'a', step: 'inner', at: 0, took: 1, execution: 1, span: 2, parentSpan: 1 },
      { system: 'a', step: 'outer', at: 0, took: 5, execution: 1, span: 1 },
    ]);
    expect(journey.steps.map((step) => step.step)).toEqual(['outer', 'inner']);
    expect(hops(journey)).toEqual(['s1>s2 parent-span 0']);
  });

  it('enters a run from its record, and goes on from its last step', () => {
    const journey = build([
      { system: 'boomi', step: 'run', at: 0, took: 10, execution: 1 },
      { system: 'boomi', step: 'read', at: 1, took: 1, execution: 1 },
      { system: 'boomi', step: 'send', at: 3, took: 1, execution: 1 },
      { system: 'erp', step: 'create', at: 12, took: 1 },
    ]);
    expect(hops(journey)).toEqual(['s1>s2 parent-execution 1', 's2>s3 time 1', 's3>s4 time 8']);
  });

  it('opens a branch where two systems work at the same time', () => {
    const journey = build([
      { system: 'erp', step: 'confirm', at: 0, took: 1 },
      { system: 'wms', step: 'pick', at: 2, took: 60 },
      { system: 'crm', step: 'update', at: 5, took: 1 },
      { system: 'wms', step: 'ship', at: 70, took: 1 },
    ]);
    expect(hops(journey)).toEqual(['s1>s2 time 1', 's1>s3 time 4', 's2>s4 time 8']);
    expect(journey.steps.map((step) => step.branch)).toEqual([0, 0, 1, 0]);
  });
});

describe('properties', () => {
  const line = fc.record({
    system: fc.constantFrom('shop', 'erp', 'wms'),
    step: fc.constantFrom('a', 'b', 'c'),
    at: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined, freq: 8 }),
    took: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    status: fc.constantFrom('started', 'succeeded', 'failed', 'unknown', 'waiting', 'retried'),
    attempt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    execution: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    span: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    parentSpan: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    kind: fc.constantFrom('step', 'step', 'step', 'note', 'snapshot'),
    children: fc.constantFrom([], ['shipment A'], ['shipment B']),
    source: fc.integer({ min: 1, max: 3 }),
  }) as fc.Arbitrary<Line>;

  it('gives the same journey whatever the order of the events', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (lines, keys) => {
        const input = inputOf('SO-1', lines);
        const shuffled = input.events.map((event) => ({ event, key: keys.next().value as number })).toSorted((a, b) => a.key - b.key);
        expect(buildJourney({ ...input, events: shuffled.map(({ event }) => event) })).toEqual(buildJourney(input));
      }),
      { numRuns: 300 },
    );
  });

  it('puts every step event into exactly one attempt, and leads forward', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const input = inputOf('SO-1', lines);
        const journey = buildJourney(input);
        const placed = journey.steps.flatMap((step) => step.attempts.flatMap((attempt) => attempt.events));
        expect(new Set(placed).size).toBe(placed.length);
        for (const event of inOrder(input.events)) if (event.kind === 'step') expect(placed).toContain(event.id);
        const order = new Map(journey.steps.map((step, i) => [step.id, i]));
        for (const hop of journey.hops) expect(order.get(hop.from)).toBeLessThan(order.get(hop.to) as number);
        expect(new Set(journey.hops.map((hop) => hop.to)).size).toBe(journey.hops.length);
      }),
      { numRuns: 300 },
    );
  });
});
