import { createLearner } from '../flows/index.ts';
import type { Expectations } from '../flows/index.ts';
import { buildJourney } from '../journey/index.ts';
import type { JourneyInput } from '../journey/index.ts';
import type { Attribute, Event, EventKind } from '../model/event.ts';
import type { Coverage, Journey, RelatedRecord } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import type { Status } from '../model/status.ts';
import { micros, MICROS_PER_SECOND } from '../model/time.ts';
import { judge } from './judge.ts';
import type { DetectorContext, Verdict } from './types.ts';

/** One entry of a made-up log. Times in seconds after the order was placed. */
export interface Line {
  readonly system: string;
  readonly step: string;
  readonly at: number | undefined;
  readonly took?: number;
  readonly status?: Status;
  readonly statusRaw?: string;
  readonly flow?: string;
  readonly attempt?: number;
  readonly execution?: number;
  readonly parentExecution?: number;
  readonly span?: number;
  readonly parentSpan?: number;
  readonly error?: string;
  readonly fingerprint?: number;
  /** Child records it mentions beside the order: `shipment SHP-1`. */
  readonly children?: readonly string[];
  readonly kind?: EventKind;
  readonly attributes?: { readonly [name: string]: string | number };
  readonly source?: number;
}

/** Seconds since the epoch at which the first order is placed; one follows every ten minutes. */
export const FIRST_PLACED = 1_772_400_000;
export const BETWEEN = 600;

/** The input of one journey, from its lines. */
export function inputOf(key: string, lines: readonly Line[], placed = 0, firstEvent = 1): JourneyInput {
  const refs: RecordRef[] = [{ type: 'order', key }];
  const idOf = (child: string): number => {
    const [type, name] = child.split(' ') as [string, string];
    const known = refs.findIndex((ref) => ref.type === type && ref.key === name);
    return known >= 0 ? known : refs.push({ type, key: name }) - 1;
  };
  const events = lines.map((line, i): Event => {
    const at = line.at === undefined ? undefined : Math.round((placed + line.at) * MICROS_PER_SECOND);
    return {
      id: firstEvent + i,
      source: line.source ?? 1,
      entry: i,
      time: at === undefined ? undefined : micros(at),
      end: at === undefined || line.took === undefined ? undefined : micros(at + Math.round(line.took * MICROS_PER_SECOND)),
      system: line.system,
      flow: line.flow,
      step: line.step,
      status: line.status ?? 'succeeded',
      statusRaw: line.statusRaw,
      execution: line.execution,
      parentExecution: line.parentExecution,
      span: line.span,
      parentSpan: line.parentSpan,
      attempt: line.attempt,
      error: line.error,
      fingerprint: line.fingerprint ?? 0,
      records: [0, ...(line.children ?? []).map(idOf)],
      attributes: Object.entries(line.attributes ?? {}).map(([name, value]): Attribute =>
        typeof value === 'number' ? { name, number: value, text: undefined } : { name, number: undefined, text: value },
      ),
      kind: line.kind ?? 'step',
    };
  });
  const related = refs.slice(1).map((record): RelatedRecord => ({ record, relation: 'child', events: [], confidence: 1 }));
  return {
    root: refs[0] as RecordRef,
    aliases: [],
    events,
    record: (id) => refs[id] as RecordRef,
    execution: (id) => `execution ${id}`,
    related,
  };
}

/** A repeatable latency factor, near log-normal with spread 0.3, bounded at three spreads. */
export function jitter(order: number, place: number): number {
  let sum = 0;
  for (const irrational of [0.618034, 0.414214, 0.732051]) sum += (((order + 1) * irrational + (place + 1) * 0.2361) % 1) - 0.5;
  return Math.exp(0.3 * 2 * sum);
}

/** A healthy order: shop → erp → { wms ∥ crm } → shop, with an amount and a status told by several systems. */
export function healthyLines(order: number): Line[] {
  const amount = 50 + (order % 37) * 3.5;
  const create = 5 * jitter(order, 1);
  const confirm = create + 1 + 40 * jitter(order, 2);
  const allocate = confirm + 1 + 20 * jitter(order, 3);
  const update = confirm + 1 + 30 * jitter(order, 4);
  const ship = allocate + 1 + 900 * jitter(order, 5);
  const fulfilled = ship + 1 + 15 * jitter(order, 6);
  return [
    { system: 'shop', step: 'checkout', at: 0, attributes: { amount } },
    { system: 'erp', step: 'create', at: create, took: 1, attributes: { amount } },
    { system: 'erp', step: 'confirm', at: confirm, took: 1 },
    { system: 'wms', step: 'allocate', at: allocate, took: 1, fingerprint: 7 + order },
    { system: 'crm', step: 'update', at: update, took: 1 },
    { system: 'wms', step: 'ship', at: ship, took: 1 },
    { system: 'shop', step: 'fulfilled', at: fulfilled },
    {
      system: 'erp',
      step: 'export',
      kind: 'snapshot',
      at: fulfilled + 5 * jitter(order, 7),
      statusRaw: 'DELIVERED',
      attributes: { amount },
    },
    { system: 'shop', step: 'export', kind: 'snapshot', at: fulfilled + 2, statusRaw: 'fulfilled' },
  ];
}

/** Takes the lines of one order and gives the ones to use instead. */
export type Edit = (lines: Line[], order: number) => Line[];

export interface World {
  readonly journeys: readonly Journey[];
  readonly expectations: Expectations;
  readonly context: DetectorContext;
  readonly verdicts: readonly Verdict[];
}

export interface WorldOptions {
  readonly orders?: number;
  /** Orders that differ, by number. */
  readonly edits?: { readonly [order: number]: Edit };
  /** Systems whose log ends early: seconds after the first order was placed. */
  readonly endsAt?: { readonly [system: string]: number };
  /** End of the data, seconds after the last order was placed. */
  readonly after?: number;
  /** Seconds by which everything is shifted. */
  readonly shift?: number;
  readonly rename?: (system: string) => string;
  readonly clockErrors?: Readonly<Record<string, number>>;
}

/** Builds, learns and judges a small company: 200 orders, ten minutes apart. */
export function world(options: WorldOptions = {}): World {
  const orders = options.orders ?? 200;
  const shift = options.shift ?? 0;
  const rename = options.rename ?? ((system: string) => system);
  const dataEnd = micros((FIRST_PLACED + shift + orders * BETWEEN + (options.after ?? 86_400)) * MICROS_PER_SECOND);
  const endOf = (system: string): number => {
    const early = options.endsAt?.[system];
    return early === undefined ? dataEnd : (FIRST_PLACED + shift + early) * MICROS_PER_SECOND;
  };
  const journeys: Journey[] = [];
  for (let order = 0; order < orders; order++) {
    const placed = FIRST_PLACED + shift + order * BETWEEN;
    const lines = options.edits?.[order]?.(healthyLines(order), order) ?? healthyLines(order);
    const seen = lines.filter((line) => line.at === undefined || (placed + line.at) * MICROS_PER_SECOND < endOf(line.system));
    journeys.push(
      buildJourney(
        inputOf(
          `SO-${1000 + order}`,
          seen.map((line) => ({ ...line, system: rename(line.system) })),
          placed,
          1 + order * 100,
        ),
      ),
    );
  }
  const coverage = ['shop', 'erp', 'wms', 'crm'].map((system): Coverage => ({
    system: rename(system),
    from: micros((FIRST_PLACED + shift) * MICROS_PER_SECOND),
    to: micros(endOf(system)),
  }));
  const learner = createLearner();
  for (const journey of journeys) learner.observe(journey);
  const expectations = learner.finish({ coverage });
  const context: DetectorContext = { expectations, scope: { coverage, clockErrors: options.clockErrors ?? {} }, dataEnd };
  return { journeys, expectations, context, verdicts: journeys.map((journey) => judge(journey, context)) };
}

/** `kind/subkind` of all findings of one order. */
export function kindsOf(verdict: Verdict | undefined): string[] {
  return (verdict?.findings ?? []).map((finding) => `${finding.kind}/${finding.subkind}`);
}

/** A verdict as a golden file keeps it: everything but the bars of the charts. */
export function goldenOf(verdict: Verdict): string {
  const findings = verdict.findings.map((finding) => ({
    ...finding,
    baseline: finding.baseline === undefined ? undefined : { ...finding.baseline, edges: undefined, counts: undefined },
  }));
  return `${JSON.stringify({ ...verdict, findings }, undefined, 2)}\n`;
}
