import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WireJourney } from '../../src/api/wire.ts';
import { DATA, HERE, imported, journeys, findings } from './imported.ts';

interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly name: string;
}

/** The spans of a minute file: no cell of it is quoted. */
function spansOf(...files: readonly string[]): Span[] {
  const rows = new Set(files.flatMap((file) => readFileSync(join(DATA, file), 'utf8').trim().split('\n').slice(1)));
  return [...rows].map((row) => {
    const [trace = '', id = '', parent = '', pod = '', operation = ''] = row.trim().split(',');
    return { trace, id, parent, name: `${pod.replace(/-[0-9a-z]+-[0-9a-z]{5}$/, '')} ${operation}` };
  });
}

/** `caller > called`, sorted, of the spans of one trace whose parent is in the data. */
function callsOf(spans: readonly Span[]): string[] {
  const names = new Map(spans.map((span) => [span.id, span.name]));
  return spans.flatMap((span) => (names.has(span.parent) ? [`${names.get(span.parent)} > ${span.name}`] : [])).sort();
}

function callsOfJourney(journey: WireJourney): string[] {
  const names = new Map(journey.steps.map((step) => [step.id, `${step.system} ${step.step}`]));
  return journey.hops
    .filter((hop) => hop.reason === 'parent-span')
    .map((hop) => `${names.get(hop.from)} > ${names.get(hop.to)}`)
    .sort();
}

describe.skipIf(!HERE)('microservices', () => {
  const minute = (name: string): string[] => [`microservices/${name}_log.csv`, `microservices/${name}_trace.csv`];

  test.each([
    ['08_43', 2435, 4445],
    ['08_44', 2622, 4907],
    ['08_45', 2795, 5108],
  ])('%s: every trace with the tree of its spans, and its log lines', async (name, lines, spans) => {
    const { client, summary } = await imported(...minute(name));
    expect(summary.sources.map(({ events }) => events)).toEqual([lines, spans]);
    const byTrace = Map.groupBy(spansOf(`microservices/${name}_trace.csv`), (span) => span.trace);
    const all = await journeys(client);
    expect(new Set(all.map((journey) => journey.record.key))).toEqual(new Set(byTrace.keys()));
    for (const journey of all) {
      const own = byTrace.get(journey.record.key)!;
      expect(journey.steps).toHaveLength(own.length);
      expect(callsOfJourney(journey)).toEqual(callsOf(own));
    }
    // Lines are notes: they hang on the span that wrote them and are no steps.
    expect(all.reduce((sum, journey) => sum + journey.events, 0)).toBe(lines + spans);
    expect(all.every((journey) => journey.record.type === 'trace')).toBe(true);
  });

  test('finds the traces in which a service logged an error', async () => {
    const { client } = await imported(...minute('08_44'));
    const log = readFileSync(join(DATA, 'microservices/08_44_log.csv'), 'utf8').split('\n');
    const wrong = new Set(log.filter((line) => / ERROR /.test(line)).map((line) => line.split(',')[5]));
    const found = (await findings(client)).filter((finding) => finding.kind === 'error');
    expect(new Set(found.map((finding) => finding.record?.key))).toEqual(wrong);
    expect(found.every((finding) => !/\d\d:\d\d:\d\d/.test(finding.title))).toBe(true);
  });

  test('all three minutes together: rows that neighbouring files repeat count once', async () => {
    const { client, summary } = await imported('microservices');
    expect(summary).toMatchObject({ events: 22_312 });
    const byTrace = Map.groupBy(
      spansOf(...['08_43', '08_44', '08_45'].map((name) => `microservices/${name}_trace.csv`)),
      (span) => span.trace,
    );
    const all = await journeys(client);
    expect(all).toHaveLength(byTrace.size);
    for (const journey of all) {
      const own = byTrace.get(journey.record.key)!;
      expect([journey.record.key, journey.steps.length]).toEqual([journey.record.key, own.length]);
      expect(callsOfJourney(journey)).toEqual(callsOf(own));
    }
  });
});

describe.skipIf(!HERE)('traces', () => {
  test('a bare Jaeger trace: 57 spans, 10 services, 1 error', async () => {
    const { client, summary } = await imported('traces/TraceTimelineViewer__genaiTestTrace.json');
    expect(summary).toMatchObject({ events: 57, journeys: 1 });
    const [journey] = await journeys(client);
    expect(journey?.steps).toHaveLength(57);
    expect(journey?.systems).toHaveLength(10);
    expect(journey?.status).toBe('completed');
    expect(journey?.findings.map(({ kind, system, severity }) => [kind, system, severity])).toEqual([['error', 'k8s-api', 'warning']]);
  });

  test('a Jaeger trace with two roots, a repeated span id and a reference to nothing', async () => {
    const { client, summary } = await imported('traces/fixtures__ui_01.json');
    expect(summary).toMatchObject({ events: 5, journeys: 1 });
    const [journey] = await journeys(client);
    expect(journey?.steps).toHaveLength(5);
    expect(journey?.findings.map((finding) => finding.kind)).toEqual(['error']);
  });

  test.each([
    ['snapshots__GetTrace.json', 1, 1],
    ['trace.json', 1, 0],
    ['traces_simple.jsonl', 3, 0],
    ['skew.json', 4, 0],
    ['yelp.json', 16, 0],
    ['messaging-kafka.json', 28, 1],
  ])('%s: %i spans in one journey', async (file, spans, found) => {
    const { client, summary } = await imported(`traces/${file}`);
    expect(summary).toMatchObject({ events: spans, journeys: 1, findings: found });
    const [journey] = await journeys(client);
    expect(journey?.steps).toHaveLength(spans);
  });

  test('log records without spans are told as steps of their trace', async () => {
    const { client } = await imported('traces/logfile_otel_collector.jsonl');
    const all = await journeys(client);
    expect(all.every((journey) => journey.steps.length > 0)).toBe(true);
  });
});
