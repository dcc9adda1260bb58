import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bellBaseline, healthyOrder, longOrder, timelessOrder, traceOfSpans, troubledOrder } from '../../../../test-support/journeys.ts';
import { defaultView, selecting, stepOfEvent } from '../selection.ts';
import { coverageHints } from './coverage.ts';
import { groupFindings, worstStep } from './finding-order.ts';
import { graphModel } from './graph-model.ts';
import { baseName } from './base-name.ts';
import { highlight } from './highlight.ts';
import { histogram } from './histogram.ts';
import { isoMs, msIso } from './iso.ts';
import { stripHeight } from './strip-size.ts';
import { summaryText } from './summary.ts';
import { waterfall } from './waterfall-model.ts';

const NONE: ReadonlySet<string> = new Set();

describe('graphModel', () => {
  it('says on each card what matters most', () => {
    const { nodes } = graphModel(troubledOrder().journey, 'utc', NONE);
    expect(nodes.map((node) => [node.name, node.tone, node.detail])).toEqual([
      ['checkout', 'fine', '180 ms'],
      ['capture', 'fine', '412 ms'],
      ['send to ERP', 'warning', '4 attempts, hidden'],
      ['confirm', 'fine', '350 ms'],
      ['allocate', 'fine', '1.2 s'],
      ['ship', 'fine', '4 m 10 s'],
      ['update status', 'critical', 'never came, due 12:40'],
    ]);
  });

  it('speaks of a card in one sentence', () => {
    const { nodes } = graphModel(troubledOrder().journey, 'utc', NONE);
    expect(nodes[3]?.spoken).toBe('erp confirm, succeeded, 350 ms');
    expect(nodes[2]?.spoken).toBe('boomi send to ERP, succeeded, 16 s, 4 attempts, 1 finding');
    expect(nodes[6]?.spoken).toBe('crm update status, never came, due 12:40, 1 finding');
  });

  it('sets a late hop against its baseline, and only that one', () => {
    const { edges } = graphModel(troubledOrder().journey, 'utc', NONE);
    const late = edges.filter((edge) => edge.late !== undefined);
    expect(late.map((edge) => [edge.from, edge.to, edge.late, edge.label])).toEqual([['s4', 's5', 'warning', '2 h 58 m · ×2,604']]);
    expect(late[0]?.finding?.kind).toBe('delay');
    expect(edges.find((edge) => edge.to === 'g1')).toMatchObject({ ghost: 'confirmed', label: '' });
    expect(graphModel(healthyOrder().journey, 'utc', NONE).edges.every((edge) => edge.late === undefined)).toBe(true);
  });

  it('gives a finding about a hop to the hop and not to its cards', () => {
    const { nodes } = graphModel(troubledOrder().journey, 'utc', NONE);
    expect(nodes.filter((node) => node.findings.length > 0).map((node) => node.id)).toEqual(['s3', 'g1']);
  });

  it('draws runs of a long journey as one card each, and apart when asked', () => {
    const { journey } = longOrder();
    const model = graphModel(journey, 'utc', NONE);
    expect(model.nodes.length).toBeLessThan(16);
    expect(model.nodes.flatMap((node) => node.steps.map((step) => step.id)).length).toBe(journey.steps.length);
    expect(model.nodes.find((node) => node.name === 'poll status ×69')?.detail).toBe('69 times, 1 failed');
    expect(model.nodeOf.get('s50')).toBe('s3');
    expect(graphModel(journey, 'utc', new Set(['s3'])).nodes.length).toBe(model.nodes.length + 66);
  });

  it('has no label for parts that begin inside of their whole', () => {
    expect(graphModel(traceOfSpans().journey, 'utc', NONE).edges.filter((edge) => edge.label.startsWith('−'))).toEqual([]);
  });
});

describe('waterfall', () => {
  it('has a bar for each attempt, in order, on the axis', () => {
    const { rows, scale } = waterfall(troubledOrder().journey);
    expect(rows.map((row) => row.bars.length)).toEqual([1, 1, 4, 1, 1, 1, 0]);
    expect(scale.breaks.length).toBe(1);
    for (const { bars } of rows) for (const bar of bars) expect(bar.left >= 0 && bar.left + bar.width <= 1.000001).toBe(true);
    expect(rows[2]?.bars.map((bar) => [bar.tone, bar.retried])).toEqual([
      ['critical', true],
      ['critical', true],
      ['critical', true],
      ['fine', false],
    ]);
    expect(rows[6]?.ghost).toBeDefined();
  });
  it('knows how deep a span is nested', () => {
    const { rows } = waterfall(traceOfSpans().journey);
    expect(rows[0]?.depth).toBe(0);
    expect(rows[1]?.depth).toBe(1);
    expect(Math.max(...rows.map((row) => row.depth))).toBe(2);
  });
  it('is empty without times', () => {
    expect(waterfall(timelessOrder().journey).scale.parts).toEqual([]);
  });
});

describe('summaryText', () => {
  it('tells the journey in plain sentences', () => {
    expect(summaryText(troubledOrder().journey, 'utc').split('\n').slice(0, 5)).toEqual([
      'Order SO-1042 (also 0000001042, gid://shop/Order/1042, 4500001042 and 2 more), incomplete: never reached CRM.',
      '2026-05-04 09:12:04 → 12:18:10 UTC, 3 h 6 m. 5 systems, 6 steps, 9 attempts, 1 absent.',
      'Completeness 80 %: 4 of 5 other systems reached.',
      'shop checkout → payments capture → boomi send to ERP (4 attempts) → erp confirm → wms allocate → wms ship → [crm update status: never came, due 12:40]',
      '- critical: CRM update status never came. In 11,198 of 11,204 comparable orders the CRM was updated within 28 minutes of shipping. The CRM was logged until 12:45 and holds no entry for this order.',
    ]);
  });
  it('says when there are no times, and does not list 200 steps', () => {
    expect(summaryText(timelessOrder().journey, 'utc')).toContain('The sources tell no times.');
    expect(summaryText(longOrder().journey, 'utc')).toContain('189 more steps');
  });
});

describe('groupFindings', () => {
  it('names and counts, worst first', () => {
    const { findings } = troubledOrder().journey;
    expect(groupFindings(findings).map((group) => [group.label, group.severity])).toEqual([
      ['1 gap', 'critical'],
      ['1 delay', 'warning'],
      ['1 hidden retry', 'warning'],
    ]);
    expect(groupFindings([...findings, ...findings]).map((group) => group.label)).toEqual(['2 gaps', '2 delays', '2 hidden retries']);
  });
});

describe('coverage', () => {
  it('names logs that end early', () => {
    expect(coverageHints(troubledOrder().journey, 'utc')).toEqual(['payments logged until 12:10']);
    expect(coverageHints(healthyOrder().journey, 'utc')).toEqual([]);
  });
});

describe('selecting', () => {
  const { journey } = troubledOrder();
  const delay = journey.findings.find((finding) => finding.kind === 'delay');
  const after = (search: Parameters<typeof selecting>[1], act: (selection: ReturnType<typeof selecting>) => void): unknown => {
    let written: unknown;
    act(selecting(journey, search, (next) => (written = next)));
    return written;
  };
  it('keeps the finding open along its own steps only', () => {
    const search = { view: undefined, step: 's4', event: undefined, finding: delay?.id };
    expect(after(search, (selection) => selection.selectStep('s5'))).toMatchObject({ step: 's5', finding: delay?.id });
    expect(after(search, (selection) => selection.selectStep('s1'))).toMatchObject({ step: 's1', finding: undefined });
  });
  it('finds the step of an event', () => {
    const event = journey.steps[2]?.attempts[1]?.event ?? -1;
    expect(stepOfEvent(journey, event)).toBe('s3');
    expect(
      after({ view: 'events', step: undefined, event: undefined, finding: undefined }, (selection) => selection.selectEvent(event)),
    ).toEqual({ view: 'events', step: 's3', event, finding: undefined });
    expect(stepOfEvent(journey, 999_999)).toBeUndefined();
  });
  it('opens a trace of many spans as a timeline, an order as a graph', () => {
    expect(defaultView(traceOfSpans().journey)).toBe('timeline');
    expect(defaultView(journey)).toBe('graph');
    expect(defaultView(timelessOrder().journey)).toBe('graph');
  });
});

describe('highlight', () => {
  it('marks the longest value where two overlap', () => {
    expect(highlight('<A>0000001042</A>', ['1042', '0000001042'])).toEqual([
      { at: 0, text: '<A>', marked: false },
      { at: 3, text: '0000001042', marked: true },
      { at: 13, text: '</A>', marked: false },
    ]);
  });
  it('takes no value for a pattern, and gives the text back', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 4 })), (text, values) => {
        const pieces = highlight(text, values);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces) expect(text.startsWith(piece.text, piece.at)).toBe(true);
        for (const piece of pieces) if (piece.marked) expect(values).toContain(piece.text);
      }),
    );
  });
});

describe('histogram', () => {
  it('holds what is usual and what was observed on one axis', () => {
    const { bars, at } = histogram(bellBaseline(4100, 9300, 10_680_000, 11_204));
    expect(bars.length).toBe(24);
    expect(at(10_680_000)).toBe(1);
    expect(at(4100)).toBeLessThan(at(9300));
    expect(Math.max(...bars.map((bar) => bar.height))).toBe(1);
    expect(bars[0]?.x).toBe(0);
  });
  it('survives a baseline without any spread or a zero', () => {
    const { at, bars } = histogram({ observations: 5, medianMs: 0, p95Ms: 0, p99Ms: 0, observedMs: 0, edgesMs: [0, 0], counts: [5] });
    expect([at(0), bars[0]?.x]).toEqual([0, 0]);
  });
});

describe('isoMs', () => {
  it('keeps microseconds apart', () => {
    expect((isoMs('2026-05-04T09:12:04.000250Z') ?? 0) - (isoMs('2026-05-04T09:12:04Z') ?? 0)).toBeCloseTo(0.25, 3);
    expect(isoMs('nonsense')).toBeUndefined();
    expect(msIso(isoMs('2026-05-04T09:12:04.180Z') ?? 0)).toBe('2026-05-04T09:12:04.180Z');
  });
});

describe('worstStep', () => {
  it('is what is absent, where the worst finding is about that', () => {
    expect(worstStep(troubledOrder().journey)?.id).toBe('g1');
  });
  it('is the last step of the worst finding, and none without findings', () => {
    const { journey } = troubledOrder();
    const delays = journey.findings.filter((finding) => finding.kind === 'delay');
    expect(worstStep({ ...journey, findings: delays })?.id).toBe(delays[0]?.steps.at(-1));
    expect(worstStep(healthyOrder().journey)).toBeUndefined();
  });
});

describe('stripHeight', () => {
  it('leaves the room to the graph where there is little', () => {
    expect(stripHeight(400, 6, 7)).toBe(0);
    expect(stripHeight(602, 6, 7)).toBe(156);
    expect(stripHeight(900, 2, 211)).toBe(300);
  });
});

describe('delays between steps that no hop joins', () => {
  it('get a line of their own', () => {
    const { journey } = healthyOrder();
    const delay = troubledOrder().journey.findings.find((finding) => finding.kind === 'delay');
    if (delay === undefined) throw new Error('the fixture lost its delay');
    const late = (steps: string[]) =>
      graphModel({ ...journey, findings: [{ ...delay, steps }] }, 'utc', NONE)
        .edges.filter((edge) => edge.late !== undefined)
        .map((edge) => [edge.from, edge.to, edge.label]);
    expect(late(['s7', 's2'])).toEqual([['s2', 's7', '2 h 58 m · ×2,604']]);
    expect(late(['s4', 's5'])).toHaveLength(1);
    expect(graphModel({ ...journey, findings: [{ ...delay, steps: ['s4', 's5'] }] }, 'utc', NONE).edges).toHaveLength(journey.hops.length);
  });
});

describe('baseName', () => {
  it('leaves folders out, as both kinds of system write them', () => {
    expect(baseName('logs/wms/events.ndjson.gz')).toBe('events.ndjson.gz');
    expect(baseName(String.raw`logs\wms.csv`)).toBe('wms.csv');
    expect(baseName('wms.csv')).toBe('wms.csv');
  });
});
