import { Cancelled } from '../model/errors.ts';
import { BackwardHops } from './backward-hops.ts';
import { arrivals, shareBefore } from './calendar.ts';
import type { Clocks } from './clocks.ts';
import type { CompanySpec, Desk, Life, LifeRequest, SimEntry, Writer } from './company.ts';
import type { Coverage } from './coverage.ts';
import { drawFault } from './faults.ts';
import type { Injection, Places } from './faults.ts';
import { DayFiles } from './files.ts';
import type { Output } from './output.ts';
import type { Plan, RunHooks, RunResult } from './plan.ts';
import { Random } from './random.ts';
import { Timeline } from './timeline.ts';
import { truthFault } from './truth.ts';
import type { TruthWriter } from './truth.ts';

/** Cases between two reports of progress and looks at the signal. */
const STRIDE = 500;
/** Streams of randomness beside those of the cases. */
const ARRIVALS = -1;
const NOISE = -2;

/** Lives all cases of a company and writes what its systems wrote. What is held does not grow with the number of cases. */
export async function runCompany<E extends SimEntry>(
  spec: CompanySpec<E>,
  plan: Plan,
  output: Output,
  hooks: RunHooks,
): Promise<RunResult> {
  const { window, cases, seed } = plan;
  const timeline = new Timeline<E>(window.start);
  const writer = writerFor(spec, plan, output);
  const write = throughClocks(writer, plan.clocks);
  const teller = new Teller(spec, plan, timeline, hooks.truth);
  let index = 0;
  for (const at of arrivals(window, cases, new Random(seed, ARRIVALS), spec.rhythm.weight)) {
    timeline.flush(at, write);
    if (output.full) await output.settle();
    teller.tell(index++, at);
    if (index % STRIDE !== 0) continue;
    if (hooks.signal?.aborted === true) {
      await output.finish();
      throw new Cancelled('the simulation');
    }
    hooks.progress(index, writer.events());
  }
  // What is still in flight is bounded, but settle in between all the same.
  for (let at = window.start; at < window.end; at += 3_600_000) {
    timeline.flush(at, write);
    if (output.full) await output.settle();
  }
  timeline.finish(write);
  hooks.truth.clocks(teller.backwards.most());
  writer.finish();
  hooks.progress(index, writer.events());
  return { events: writer.events() };
}

function writerFor<E extends SimEntry>(spec: CompanySpec<E>, plan: Plan, output: Output): Writer<E> {
  const files = new DayFiles(output, {
    overlapMs: plan.overlapMs,
    noise: plan.noise,
    broken: plan.broken,
    random: new Random(plan.seed, NOISE),
  });
  const desk: Desk = { seed: plan.seed, files, output, clocks: plan.clocks };
  return plan.plain ? spec.plain!.writer(desk) : spec.writer(desk);
}

/** What the timeline hands out is true time; what is written is what each system's clock showed. */
function throughClocks<E extends SimEntry>(writer: Writer<E>, clocks: Clocks): (event: E) => void {
  if (clocks.right) return (event) => writer.write(event, event.at);
  return (event) => {
    const ahead = clocks.ahead(event.system, event.at);
    writer.write(ahead === 0 ? event : { ...event, at: event.at + ahead }, event.at);
  };
}

/** Lives cases one after the other: their entries into the timeline, their faults into the truth. */
class Teller<E extends SimEntry> {
  readonly #spec: CompanySpec<E>;
  readonly #plan: Plan;
  readonly #timeline: Timeline<E>;
  readonly #truth: TruthWriter;
  readonly #places: Places;
  readonly #lastFault: number;
  /** Makes up for the cases that begin too late to carry a fault. */
  readonly #boost: number;
  readonly backwards: BackwardHops<E>;

  constructor(spec: CompanySpec<E>, plan: Plan, timeline: Timeline<E>, truth: TruthWriter) {
    const { window, coverage } = plan;
    this.#spec = spec;
    this.#plan = plan;
    this.#timeline = timeline;
    this.#truth = truth;
    this.#places = visiblePlaces(spec.faults.places, coverage);
    this.#lastFault = window.end - spec.rhythm.margin;
    this.backwards = new BackwardHops(plan.clocks, spec.stepOf);
    this.#boost = 1 / shareBefore(window, this.#lastFault, spec.rhythm.weight);
  }

  tell(index: number, at: number): void {
    const { seed, cases, plain, rates } = this.#plan;
    const drawn = at < this.#lastFault ? drawFault(new Random(seed, index), rates, this.#boost, this.#places) : undefined;
    const injection = drawn !== undefined && plain ? this.#spec.plain!.adapt(drawn) : drawn;
    const request: LifeRequest = { seed, index, cases, at, injection };
    if (injection !== undefined && this.#strike(this.#spec.live(request), injection)) return;
    this.#record(this.#spec.live({ ...request, injection: undefined }));
  }

  /** Takes a life with a fault, if there was occasion for one and all of it is logged. */
  #strike(life: Life<E>, injection: Injection): boolean {
    const { struck } = life;
    if (struck === undefined || !life.events.every((event) => this.#isLogged(event))) return false;
    this.#push(life.events);
    this.backwards.observe(life.events.filter((event) => this.#isTold(event)));
    this.#truth.fault(life, truthFault(life, struck, injection.fault, this.#spec.recordType, this.#spec.faults.consequences(injection)));
    return true;
  }

  #record(life: Life<E>): void {
    let open = false;
    let outside = false;
    for (const event of life.events) {
      if (loggedAt(event) >= this.#plan.window.end) open = true;
      else if (!this.#isLogged(event)) outside = true;
      else this.#pushOne(event);
    }
    this.backwards.observe(life.events.filter((event) => this.#isTold(event)));
    this.#truth.life(life, open, outside);
  }

  #push(events: readonly E[]): void {
    for (const event of events) this.#pushOne(event);
  }

  #pushOne(event: E): void {
    if (!this.#plan.coverage.isAbsent(event.system)) this.#timeline.push(event);
  }

  #isTold(event: E): boolean {
    return !this.#plan.coverage.isAbsent(event.system) && this.#isLogged(event);
  }

  /** What an absent system did is unknown to everybody, and expected by nobody. */
  #isLogged(event: E): boolean {
    const { coverage } = this.#plan;
    return coverage.isAbsent(event.system) ? loggedAt(event) < this.#plan.window.end : coverage.has(event.system, loggedAt(event));
  }
}

/** An entry that tells how long something took is written when it is over. */
function loggedAt(event: SimEntry): number {
  return event.at + event.durationMs;
}

function visiblePlaces(places: Places, coverage: Coverage): Places {
  return Object.fromEntries(
    Object.entries(places).map(([fault, all]) => [fault, all.filter((place) => !place.needs.some((system) => coverage.isAbsent(system)))]),
  );
}
