import { mkdir } from 'node:fs/promises';
import { Cancelled, UserError } from '../model/errors.ts';
import { arrivals, calendar, shareBefore } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { SimEvent } from './event.ts';
import { drawFault, faultRates } from './faults.ts';
import type { FaultRates, Injection } from './faults.ts';
import { isoMs } from './local-time.ts';
import { makeOrder } from './order.ts';
import type { Order } from './order.ts';
import { Output } from './output.ts';
import type { WrittenFile } from './output.ts';
import type { Path } from './path.ts';
import { Random } from './random.ts';
import { Timeline } from './timeline.ts';
import { CRM_ENDS_EARLIER, FAULT_MARGIN, TruthWriter, truthFault } from './truth.ts';
import { walk } from './walk.ts';
import { CompanyWriter } from './write-company.ts';
import { writeNdjson } from './write-ndjson.ts';

export { FAULTS } from './faults.ts';
export type { FaultRates } from './faults.ts';
export { TRUTH_MARK } from './truth.ts';
export type { Truth } from './truth.ts';

/** `company`: each system in its own formats. `ndjson`: all steps as plain events in one file, for measuring. */
export const SIMULATION_FORMATS = ['company', 'ndjson'] as const;
export type SimulationFormat = (typeof SIMULATION_FORMATS)[number];

export interface SimulationOptions {
  /** Folder to write to; made when it is missing. Files of the same names are replaced. */
  readonly out: string;
  readonly orders: number;
  /** The same seed, orders, format, faults and start give the same bytes. */
  readonly seed: number;
  readonly format?: SimulationFormat | undefined;
  /** Shares of all orders (0..1), each 0.004 unless given. */
  readonly faults?: Partial<FaultRates> | undefined;
  /** First day, ISO date or time in UTC; 2026-03-02 unless given. */
  readonly start?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SimulationProgress {
  readonly orders: number;
  readonly events: number;
}

export interface SimulationSummary {
  readonly out: string;
  readonly orders: number;
  /** Entries written (lines, rows, elements, records); process logs not counted. */
  readonly events: number;
  readonly characters: number;
  readonly files: readonly WrittenFile[];
  readonly truth: string;
  /** Injected faults by `kind/subkind`. */
  readonly faults: { readonly [fault: string]: number };
  readonly clean: number;
  readonly open: number;
  readonly outsideCoverage: number;
}

const DEFAULT_START = '2026-03-02T00:00:00Z';
/** Orders between two reports of progress and looks at the signal. */
const STRIDE = 500;

/**
 * Writes the logs and exports of a made-up company into a folder, with faults injected at known rates and `truth.json`
 * naming each. Streams: what is held does not grow with the number of orders. Throws `UserError` for options out of
 * range, `Cancelled` when the signal fires, and what the file system throws.
 */
export async function simulate(
  options: SimulationOptions,
  onProgress?: (progress: SimulationProgress) => void,
): Promise<SimulationSummary> {
  const run = prepare(options);
  await makeFolder(options.out);
  const output = new Output(options.out);
  const truth = new TruthWriter(output, {
    seed: options.seed,
    orders: options.orders,
    format: run.format,
    start: isoMs(run.window.start),
    dataEndsAt: isoMs(run.window.end),
    coverage: [{ system: 'crm', endsAt: isoMs(run.ends.crm!) }],
  });
  const timeline = new Timeline(run.window.start);
  const writer = writerFor(run, output);
  let index = 0;
  for (const placedAt of arrivals(run.window, options.orders, new Random(options.seed, -1))) {
    timeline.flush(placedAt, writer.write);
    if (output.full) await output.settle();
    tell(run, index++, placedAt, timeline, truth);
    if (index % STRIDE !== 0) continue;
    if (options.signal?.aborted === true) {
      await output.finish();
      throw new Cancelled('the simulation');
    }
    onProgress?.({ orders: index, events: writer.events() });
  }
  // What is still in flight is bounded, but settle in between all the same.
  for (let at = run.window.start; at < run.window.end; at += 3_600_000) {
    timeline.flush(at, writer.write);
    if (output.full) await output.settle();
  }
  timeline.finish(writer.write);
  writer.finish();
  truth.finish();
  await output.finish();
  onProgress?.({ orders: index, events: writer.events() });
  return {
    out: options.out,
    orders: options.orders,
    events: writer.events(),
    characters: output.files.reduce((sum, file) => sum + file.characters, 0),
    files: output.files,
    truth: 'truth.json',
    faults: truth.counts,
    clean: truth.clean,
    open: truth.open,
    outsideCoverage: truth.outsideCoverage,
  };
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('invalid-input', `the folder ${path} cannot be made: ${reason}`);
  }
}

interface Run {
  readonly options: SimulationOptions;
  readonly format: SimulationFormat;
  readonly window: Calendar;
  readonly rates: FaultRates;
  /** Makes up for the orders that are placed too late to carry a fault. */
  readonly boost: number;
  /** When a system's log ends, where that is before the end of the data. */
  readonly ends: { readonly [system: string]: number | undefined };
}

function prepare(options: SimulationOptions): Run {
  const { orders, seed } = options;
  if (!Number.isSafeInteger(orders) || orders < 1 || orders > 20_000_000) {
    throw new UserError('invalid-input', `--orders must be a whole number from 1 to 20,000,000, not ${orders}`);
  }
  if (!Number.isSafeInteger(seed)) throw new UserError('invalid-input', `--seed must be a whole number, not ${seed}`);
  const start = Date.parse(options.start ?? DEFAULT_START);
  if (Number.isNaN(start)) throw new UserError('invalid-input', `--start must be an ISO date such as 2026-03-02, not ${options.start}`);
  const format = options.format ?? 'company';
  // What shows in exports alone cannot be seen in a file of plain events.
  const hidden: Partial<FaultRates> = format === 'ndjson' ? { 'mismatch/state': 0, 'mismatch/stale': 0 } : {};
  const rates = faultRates({ ...options.faults, ...hidden });
  const total = Object.values(rates).reduce((sum, rate) => sum + rate, 0);
  if (Object.values(rates).some((rate) => !(rate >= 0)) || total > 0.7) {
    throw new UserError('invalid-input', `fault rates must not be negative and must add up to at most 0.7, not ${total}`);
  }
  const window = calendar(start, orders);
  return {
    options,
    format,
    window,
    rates,
    boost: 1 / shareBefore(window, window.end - FAULT_MARGIN),
    ends: { crm: window.end - CRM_ENDS_EARLIER },
  };
}

/** Lives one order: its events into the timeline, its fault into the truth. */
function tell(run: Run, index: number, placedAt: number, timeline: Timeline, truth: TruthWriter): void {
  const { seed, orders } = run.options;
  const random = new Random(seed, index);
  const drawn = placedAt < run.window.end - FAULT_MARGIN ? drawFault(random, run.rates, run.boost) : undefined;
  // Repeated calls inside one run show in documents, which plain events leave out.
  const injection: Injection | undefined =
    drawn?.fault === 'retry/hidden' && run.format === 'ndjson' ? { ...drawn, place: 'allocate' } : drawn;
  const order = makeOrder(new Random(seed, index + 0x20000000), seed, index, orders, placedAt);
  let path: Path | undefined;
  if (injection !== undefined) {
    // A fault strikes a life that would have been plain: it never hides behind a legitimate variant.
    const struck = order.variant === 'split' ? order : { ...order, variant: 'plain' as const };
    path = walk(struck, new Random(seed, index + 0x40000000), injection);
    if (path.struck !== undefined && path.events.every((event) => isCovered(run, event))) {
      for (const event of path.events) timeline.push(event);
      return truth.order(struck, truthFault(path, injection, struck), false, false);
    }
  }
  record(run, order, walk(order, new Random(seed, index + 0x40000000), undefined), timeline, truth);
}

function record(run: Run, order: Order, path: Path, timeline: Timeline, truth: TruthWriter): void {
  let open = false;
  let outside = false;
  for (const event of path.events) {
    if (loggedAt(event) >= run.window.end) open = true;
    else if (!isCovered(run, event)) outside = true;
    else timeline.push(event);
  }
  truth.order(order, undefined, open, outside);
}

function isCovered(run: Run, event: SimEvent): boolean {
  return loggedAt(event) < (run.ends[event.system] ?? run.window.end);
}

/** An entry that tells how long something took is written when it is over. */
function loggedAt(event: SimEvent): number {
  return event.at + event.durationMs;
}

interface Writer {
  write(this: void, event: SimEvent): void;
  events(this: void): number;
  finish(this: void): void;
}

function writerFor(run: Run, output: Output): Writer {
  if (run.format === 'ndjson') {
    const write = writeNdjson(output);
    let count = 0;
    return {
      write: (event) => {
        count += write(event);
      },
      events: () => count,
      finish: () => undefined,
    };
  }
  const company = new CompanyWriter(output, run.options.seed);
  return { write: (event) => company.write(event), events: () => company.events, finish: () => company.finish() };
}
