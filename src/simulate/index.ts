import { mkdir } from 'node:fs/promises';
import { UserError } from '../model/errors.ts';
import { Clocks } from './clocks.ts';
import type { Skew } from './clocks.ts';
import { COMPANIES } from './companies.ts';
import { Coverage } from './coverage.ts';
import type { LogPart } from './coverage.ts';
import type { Company } from './define.ts';
import { faultRates } from './faults.ts';
import type { FaultRates } from './faults.ts';
import { givenParts } from './given.ts';
import type { GivenCoverage } from './given.ts';
import { isoMs } from './local-time.ts';
import { Output } from './output.ts';
import type { WrittenFile } from './output.ts';
import type { Plan } from './plan.ts';
import { TruthWriter } from './truth.ts';

export { COMPANIES } from './companies.ts';
export { namedRates } from './faults.ts';
export { coverageGiven, durationGiven, skewGiven } from './given.ts';
export type { GivenCoverage } from './given.ts';
export { TRUTH_MARK } from './truth.ts';
export type { Truth } from './truth.ts';

/** `company`: each system in its own formats. `ndjson`: all steps as plain events in one file, for measuring. */
export const SIMULATION_FORMATS = ['company', 'ndjson'] as const;
export type SimulationFormat = (typeof SIMULATION_FORMATS)[number];

export interface SimulationOptions {
  /** Folder to write to; made when it is missing. Files of the same names are replaced. */
  readonly out: string;
  /** Which company; the shop unless told otherwise. */
  readonly company?: string | undefined;
  /** Number of its cases: orders, claims. */
  readonly orders: number;
  /** The same seed, company, orders and options give the same bytes. */
  readonly seed: number;
  readonly format?: SimulationFormat | undefined;
  /** Shares of all cases (0..1), each 0.004 unless given; what the company does not usually suffer 0. */
  readonly faults?: Partial<FaultRates> | undefined;
  /** First day, ISO date or time in UTC; 2026-03-02 unless given. */
  readonly start?: string | undefined;
  /** Clocks that are wrong. */
  readonly skews?: readonly Skew[] | undefined;
  /** Logs that are not whole, in place of the company's own. */
  readonly coverage?: readonly GivenCoverage[] | undefined;
  /** How much of the next day each daily file tells as well, in milliseconds. */
  readonly overlapMs?: number | undefined;
  /** Entries about nothing for each entry (0..1). */
  readonly noise?: number | undefined;
  /** Entries cut off in the middle, beside the whole ones, for each entry (0..1). */
  readonly broken?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SimulationProgress {
  readonly orders: number;
  readonly events: number;
}

export interface SimulationSummary {
  readonly out: string;
  readonly orders: number;
  /** Entries written (lines, rows, elements, records); process logs and noise not counted, nor what overlapping files repeat. */
  readonly events: number;
  readonly characters: number;
  readonly files: readonly WrittenFile[];
  readonly truth: string;
  /** Zone that an import has to be told for the local times without an offset; undefined where there are none. */
  readonly zone: string | undefined;
  /** Injected faults by `kind/subkind`. */
  readonly faults: { readonly [fault: string]: number };
  readonly clean: number;
  readonly open: number;
  readonly outsideCoverage: number;
}

const DEFAULT_START = '2026-03-02T00:00:00Z';

/**
 * Writes the logs and exports of a made-up company into a folder, with faults injected at known rates and `truth.json`
 * naming each. Streams: what is held does not grow with the number of cases. Throws `UserError` for options out of
 * range, `Cancelled` when the signal fires, and what the file system throws.
 */
export async function simulate(
  options: SimulationOptions,
  onProgress?: (progress: SimulationProgress) => void,
): Promise<SimulationSummary> {
  const company = companyOf(options.company ?? COMPANIES[0]!.id);
  const { plan, parts } = prepare(company, options);
  await makeFolder(options.out);
  const output = new Output(options.out);
  const { window } = plan;
  const skews = options.skews ?? [];
  const truth = new TruthWriter(output, {
    ...(company === COMPANIES[0] ? {} : { company: company.id }),
    seed: options.seed,
    orders: options.orders,
    format: plan.plain ? 'ndjson' : 'company',
    start: isoMs(window.start),
    dataEndsAt: isoMs(window.end),
    coverage: parts.map(({ system, from, until }) => ({
      system,
      ...(from > window.start ? { startsAt: isoMs(from) } : {}),
      endsAt: isoMs(until),
    })),
    ...(skews.length === 0
      ? {}
      : {
          clocks: skews.map(({ system, offsetMs, driftPpm }) => ({
            system,
            offsetMs,
            driftMs: Math.round(((window.end - window.start) / 1e6) * driftPpm),
          })),
        }),
  });
  const { events } = await company.run(plan, output, {
    truth,
    signal: options.signal,
    progress: (orders, written) => onProgress?.({ orders, events: written }),
  });
  truth.finish();
  await output.finish();
  return {
    out: options.out,
    orders: options.orders,
    events,
    characters: output.files.reduce((sum, file) => sum + file.characters, 0),
    files: output.files,
    truth: 'truth.json',
    zone: company.zone,
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

/** The company of an id. Throws `UserError`. */
export function companyOf(id: string): Company {
  const found = COMPANIES.find((company) => company.id === id);
  if (found !== undefined) return found;
  throw new UserError(
    'invalid-input',
    `there is no made-up company "${id}"; there is ${COMPANIES.map((company) => company.id).join(', ')}`,
  );
}

function prepare(company: Company, options: SimulationOptions): { readonly plan: Plan; readonly parts: readonly LogPart[] } {
  const { orders, seed, overlapMs = 0, noise = 0, broken = 0, skews = [] } = options;
  if (!Number.isSafeInteger(orders) || orders < 1 || orders > 20_000_000) {
    throw new UserError('invalid-input', `--orders must be a whole number from 1 to 20,000,000, not ${orders}`);
  }
  if (!Number.isSafeInteger(seed)) throw new UserError('invalid-input', `--seed must be a whole number, not ${seed}`);
  const start = Date.parse(options.start ?? DEFAULT_START);
  if (Number.isNaN(start)) throw new UserError('invalid-input', `--start must be an ISO date such as 2026-03-02, not ${options.start}`);
  const plain = options.format === 'ndjson';
  if (plain && company.plainFaults === undefined) throw new UserError('invalid-input', `${company.id} cannot be written as ndjson`);
  if (!(overlapMs >= 0 && overlapMs < 86_400_000)) throw new UserError('invalid-input', '--overlap must be less than 24 hours');
  for (const [flag, share] of [
    ['--noise', noise],
    ['--broken', broken],
  ] as const) {
    if (!(share >= 0 && share <= 1)) throw new UserError('invalid-input', `${flag} must be a share from 0 to 1, not ${share}`);
  }
  for (const { system } of [...skews, ...(options.coverage ?? [])]) checkSystem(company, system);
  const hidden = plain ? Object.fromEntries(company.plainFaults!.map((fault) => [fault, 0])) : {};
  const rates = faultRates(company.faults.usual, { ...options.faults, ...hidden });
  const total = Object.values(rates).reduce((sum, rate) => sum + rate, 0);
  if (Object.values(rates).some((rate) => !(rate >= 0)) || total > 0.7) {
    throw new UserError('invalid-input', `fault rates must not be negative and must add up to at most 0.7, not ${total}`);
  }
  const window = company.rhythm.window(start, orders);
  const parts = givenParts(options.coverage, window) ?? company.coverage?.(window) ?? [];
  const plan: Plan = {
    seed,
    cases: orders,
    plain,
    window,
    rates,
    clocks: new Clocks(window.start, skews),
    coverage: new Coverage(window, parts),
    overlapMs,
    noise,
    broken,
  };
  return { plan, parts };
}

function checkSystem(company: Company, system: string): void {
  if (company.systems.some(({ name }) => name === system)) return;
  const names = company.systems.map(({ name }) => name).join(', ');
  throw new UserError('invalid-input', `${company.id} has no system "${system}"; it has ${names}`);
}
