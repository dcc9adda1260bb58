/**
 * Measures journeys, expectations and findings on the made-up company, without files: how fast one core builds, learns and
 * judges, and how the findings score against what was injected.
 * Usage: node scripts/measure-journeys.ts [--orders 20000] [--seed 7] [--verbose]
 */
import { parseArgs } from 'node:util';
import { createLearner } from '../src/flows/index.ts';
import { judge } from '../src/findings/index.ts';
import { buildJourney } from '../src/journey/index.ts';
import type { JourneyInput } from '../src/journey/index.ts';
import type { Coverage, Journey } from '../src/model/journey.ts';
import type { Finding } from '../src/model/finding.ts';
import { micros } from '../src/model/time.ts';
import { arrivals, calendar, shareBefore } from '../src/simulate/calendar.ts';
import { drawFault, faultRates } from '../src/simulate/faults.ts';
import { isoMs } from '../src/simulate/local-time.ts';
import { makeOrder, shopOrder } from '../src/simulate/order.ts';
import { Random } from '../src/simulate/random.ts';
import { score } from '../src/simulate/score.ts';
import { CRM_ENDS_EARLIER, FAULT_MARGIN, truthFault } from '../src/simulate/truth.ts';
import type { Truth } from '../src/simulate/truth.ts';
import { walk } from '../src/simulate/walk.ts';
import { companyInput } from './measure-journeys-input.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '7' },
    rate: { type: 'string', default: '0.004' },
    verbose: { type: 'boolean', default: false },
    show: { type: 'string', default: '' },
  },
});
const orders = Number(values.orders);
const seed = Number(values.seed);
const { inputs, truth, scope, dataEnd, events } = makeCompany(orders, seed, Number(values.rate));

const started = performance.now();
const journeys = inputs.map(buildJourney);
const built = performance.now();
const learner = createLearner();
for (const journey of journeys) learner.observe(journey);
const observed = performance.now();
const expectations = learner.finish(scope);
const learned = performance.now();
const context = { expectations, scope, dataEnd };
const verdicts = journeys.map((journey) => judge(journey, context));
const judged = performance.now();

const findings = verdicts.flatMap((verdict) => verdict.findings);
console.log(`${orders} orders, ${events} events, ${findings.length} findings`);
console.log(`build ${ms(built - started)}, observe ${ms(observed - built)}, finish ${ms(learned - observed)}, judge ${ms(judged - learned)}; all ${ms(judged - started)}`);
console.log(`per 1 M events: ${ms(((judged - started) * 1e6) / events)}`);
console.log(`statuses: ${[...Map.groupBy(verdicts, (verdict) => verdict.status)].map(([status, list]) => `${status} ${list.length}`).join(', ')}`);
const result = score(truth, findings.map((finding) => ({ ...finding, record: finding.record === undefined ? null : rootRecord(finding, journeys) })));
for (const kind of result.bySubkind) {
  console.log(`${kind.name.padEnd(20)} injected ${kind.injected}, found ${kind.found}, other subkind ${kind.otherSubkind}, missed ${kind.missed}, false ${kind.falseAlarms}`);
}
console.log(`alarms on clean orders: ${result.alarmsOnClean} of ${result.cleanOrders} (${result.alarmsPerThousandClean?.toFixed(2)} per 1,000), repeats ${result.repeats}, consequences ${result.consequences}, absences explained ${result.absencesExplained}`);
if (values.verbose) {
  for (const journey of journeys) if (journey.record.key === values.show) console.log(JSON.stringify(journey.steps.map((step) => [step.id, step.system, step.step, step.status, step.attempts.length, step.startedAt, step.record.key])));
  for (const line of [...result.missedExamples.map((text) => `missed ${text}`), ...result.falseExamples.map((text) => `false  ${text}`)]) console.log(line);
  const type = expectations.byType['order'];
  for (const follow of type?.follows ?? []) {
    const name = (index: number): string => `${type?.steps[index]?.system}.${type?.steps[index]?.step}`;
    const unless = follow.unless.map((variant) => name(variant.step)).join(', ');
    console.log(
      `${name(follow.after)} → ${name(follow.step)}: ${follow.followed}/${follow.eligible}, ${follow.basis}, median ${ms((follow.latency?.median ?? 0) / 1000)}, horizon ${ms(follow.horizon / 1000)}${unless === '' ? '' : `, unless ${unless}`}`,
    );
  }
}

function ms(value: number): string {
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** Findings on payments and shipments count for their order; ids are unique to one journey. */
function rootRecord(finding: Finding, all: readonly Journey[]): { type: string; key: string } | null {
  if (finding.record?.type === 'order') return finding.record;
  const at = verdicts.findIndex((verdict) => verdict.findings.includes(finding));
  return all[at]?.record ?? null;
}

function makeCompany(count: number, from: number, rate: number) {
  const window = calendar(Date.parse('2026-03-02T00:00:00Z'), count);
  const boost = 1 / shareBefore(window, window.end - FAULT_MARGIN);
  const given = Object.fromEntries(Object.keys(faultRates()).map((fault) => [fault, rate]));
  const ends: Record<string, number> = { crm: window.end - CRM_ENDS_EARLIER };
  const made: JourneyInput[] = [];
  const faults: Truth['faults'][number][] = [];
  const open: string[] = [];
  const outside: string[] = [];
  const coverage = new Map<string, { from: number; to: number }>();
  let index = 0;
  let total = 0;
  for (const placedAt of arrivals(window, count, new Random(from, -1))) {
    const i = index++;
    const injection = placedAt < window.end - FAULT_MARGIN ? drawFault(new Random(from, i), faultRates(given), boost) : undefined;
    let order = makeOrder(new Random(from, i + 0x20000000), from, i, count, placedAt);
    if (injection !== undefined && order.variant !== 'split') order = { ...order, variant: 'plain' };
    const path = walk(order, new Random(from, i + 0x40000000), injection);
    const seen = path.events.filter((event) => event.at < (ends[event.system] ?? window.end));
    if (path.struck !== undefined && injection !== undefined) faults.push(truthFault(path, injection, order));
    if (path.events.some((event) => event.at >= window.end)) open.push(shopOrder(order));
    else if (seen.length < path.events.length) outside.push(shopOrder(order));
    for (const event of seen) {
      const span = coverage.get(event.system);
      if (span === undefined) coverage.set(event.system, { from: event.at, to: event.at });
      else {
        span.from = Math.min(span.from, event.at);
        span.to = Math.max(span.to, event.at);
      }
    }
    total += seen.length;
    made.push(companyInput(order, seen, i));
  }
  const spans = [...coverage].map(([system, span]): Coverage => ({ system, from: micros(span.from * 1000), to: micros(span.to * 1000) }));
  const madeTruth: Truth = {
    waybill: 'simulation-truth',
    seed: from,
    orders: count,
    format: 'company',
    start: isoMs(window.start),
    dataEndsAt: isoMs(window.end),
    coverage: [],
    faults,
    open,
    outsideCoverage: outside,
    clean: count - faults.length - open.length - outside.length,
    variants: {},
  };
  return { inputs: made, truth: madeTruth, scope: { coverage: spans }, dataEnd: micros(window.end * 1000), events: total };
}
