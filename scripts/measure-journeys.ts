/**
 * Measures journeys, expectations and findings on the made-up company, without files: how fast one core builds, learns and
 * judges, and how the findings score against what was injected.
 * Usage: node scripts/measure-journeys.ts [--orders 20000] [--seed 7] [--rate 0.004] [--verbose] [--show SO-100042]
 */
import { parseArgs } from 'node:util';
import { createLearner } from '../src/flows/index.ts';
import { judge } from '../src/findings/index.ts';
import { buildJourney } from '../src/journey/index.ts';
import type { JourneyInput } from '../src/journey/index.ts';
import type { Coverage, Journey } from '../src/model/journey.ts';
import type { Finding } from '../src/model/finding.ts';
import type { RecordRef } from '../src/model/record.ts';
import { micros } from '../src/model/time.ts';
import { arrivals, shareBefore } from '../src/simulate/calendar.ts';
import { drawFault, faultRates } from '../src/simulate/faults.ts';
import { isoMs } from '../src/simulate/local-time.ts';
import { Random } from '../src/simulate/random.ts';
import { score } from '../src/simulate/score.ts';
import { PLACES, USUAL, consequences } from '../src/simulate/shop/faults.ts';
import { CRM_ENDS_EARLIER, FAULT_MARGIN, SHOP, live as liveOrder } from '../src/simulate/shop/index.ts';
import { makeOrder } from '../src/simulate/shop/order.ts';
import { truthFault } from '../src/simulate/truth.ts';
import type { Truth } from '../src/simulate/truth.ts';
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
const company = makeCompany(orders, seed, Number(values.rate));
const spent = { build: 0, observe: 0, finish: 0, judge: 0 };

// Two passes, as the analysis makes them: one journey at a time, none is kept.
const learner = createLearner();
for (const chunk of company.chunks()) {
  const journeys = timed('build', () => chunk.map(buildJourney));
  timed('observe', () => journeys.forEach((journey) => learner.observe(journey)));
}
const { truth, scope, dataEnd, events } = company.summary();
const expectations = timed('finish', () => learner.finish(scope));
const context = { expectations, scope, dataEnd };
const findings: (Finding & { readonly owner: RecordRef })[] = [];
const statuses = new Map<string, number>();
for (const chunk of company.chunks()) {
  const journeys = chunk.map(buildJourney);
  const verdicts = timed('judge', () => journeys.map((journey) => judge(journey, context)));
  verdicts.forEach((verdict, i) => {
    statuses.set(verdict.status, (statuses.get(verdict.status) ?? 0) + 1);
    for (const finding of verdict.findings) findings.push({ ...finding, owner: (journeys[i] as Journey).record });
    if (values.show === journeys[i]?.record.key) console.log(JSON.stringify({ ...journeys[i], verdict }, undefined, 1));
  });
}

const total = spent.build + spent.observe + spent.finish + spent.judge;
console.log(`${orders} orders, ${events} events, ${findings.length} findings`);
console.log(
  `build ${ms(spent.build)}, observe ${ms(spent.observe)}, finish ${ms(spent.finish)}, judge ${ms(spent.judge)}; all ${ms(total)}`,
);
console.log(`per 1 M events: ${ms((total * 1e6) / events)}; per 100 k journeys: ${ms((total * 1e5) / orders)}`);
console.log(`statuses: ${[...statuses].map(([status, count]) => `${status} ${count}`).join(', ')}`);
// Findings on payments and shipments count for their order.
const result = score(
  truth,
  findings.map((finding) => ({ ...finding, record: finding.owner })),
);
for (const kind of result.bySubkind) {
  console.log(
    `${kind.name.padEnd(20)} injected ${kind.injected}, found ${kind.found}, other subkind ${kind.otherSubkind}, missed ${kind.missed}, false ${kind.falseAlarms}`,
  );
}
console.log(
  `alarms on clean orders: ${result.alarmsOnClean} of ${result.cleanOrders} (${result.alarmsPerThousandClean?.toFixed(2)} per 1,000), repeats ${result.repeats}, consequences ${result.consequences}, absences explained ${result.absencesExplained}`,
);
if (values.verbose) {
  for (const line of [...result.missedExamples.map((text) => `missed ${text}`), ...result.falseExamples.map((text) => `false  ${text}`)])
    console.log(line);
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

function timed<T>(stage: keyof typeof spent, work: () => T): T {
  // Processor time, not the clock: other work on the machine does not count.
  const from = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(from);
  spent[stage] += (user + system) / 1000;
  return result;
}

/** The made-up company in memory: the same orders in every pass, in chunks, and what is true of them. */
function makeCompany(count: number, from: number, rate: number) {
  const window = SHOP.rhythm.window(Date.parse('2026-03-02T00:00:00Z'), count);
  const { weight } = SHOP.rhythm;
  const boost = 1 / shareBefore(window, window.end - FAULT_MARGIN, weight);
  const rates = faultRates(USUAL, Object.fromEntries(USUAL.map((fault) => [fault, rate])));
  const ends: Record<string, number> = { crm: window.end - CRM_ENDS_EARLIER };
  const faults = new Map<string, Truth['faults'][number]>();
  const open = new Set<string>();
  const outside = new Set<string>();
  const coverage = new Map<string, { from: number; to: number }>();
  let total = 0;

  const live = (placedAt: number, i: number): JourneyInput => {
    const injection = placedAt < window.end - FAULT_MARGIN ? drawFault(new Random(from, i), rates, boost, PLACES) : undefined;
    const life = liveOrder({ seed: from, index: i, cases: count, at: placedAt, injection });
    const seen = life.events.filter((event) => event.at < (ends[event.system] ?? window.end));
    const { key, struck } = life;
    if (struck !== undefined && injection !== undefined)
      faults.set(key, truthFault(life, struck, injection.fault, 'order', consequences(injection)));
    if (life.events.some((event) => event.at >= window.end)) open.add(key);
    else if (seen.length < life.events.length) outside.add(key);
    for (const event of seen) {
      const span = coverage.get(event.system);
      if (span === undefined) coverage.set(event.system, { from: event.at, to: event.at });
      else {
        span.from = Math.min(span.from, event.at);
        span.to = Math.max(span.to, event.at);
      }
    }
    total += seen.length;
    return companyInput(makeOrder(new Random(from, i + 0x20000000), from, i, count, placedAt), seen, i);
  };

  return {
    *chunks(): Generator<JourneyInput[]> {
      let index = 0;
      let chunk: JourneyInput[] = [];
      for (const placedAt of arrivals(window, count, new Random(from, -1), weight)) {
        chunk.push(live(placedAt, index++));
        if (chunk.length < 500) continue;
        yield chunk;
        chunk = [];
      }
      yield chunk;
    },
    summary: () => ({
      truth: {
        waybill: 'simulation-truth',
        seed: from,
        orders: count,
        format: 'company',
        start: isoMs(window.start),
        dataEndsAt: isoMs(window.end),
        coverage: [],
        faults: [...faults.values()],
        open: [...open],
        unprovable: [],
        outsideCoverage: [...outside],
        clean: count - faults.size - open.size - outside.size,
        variants: {},
      } satisfies Truth,
      scope: {
        coverage: [...coverage].map(([system, span]): Coverage => ({ system, from: micros(span.from * 1000), to: micros(span.to * 1000) })),
      },
      dataEnd: micros(window.end * 1000),
      events: total,
    }),
  };
}
