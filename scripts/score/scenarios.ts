import type { Company } from '../../src/simulate/define.ts';
import { FAULTS } from '../../src/simulate/faults.ts';
import { Random } from '../../src/simulate/random.ts';
import type { SimulationOptions } from '../../src/simulate/index.ts';

/** Seeds that detectors are tuned on: whoever changes a rule looks at these, and only at these. */
export const TUNING_SEEDS: readonly number[] = Array.from({ length: 22 }, (_, i) => i + 1);
/** Seeds that are reported: nobody looks at what a detector did on them, only at the sums. 199 is the last that is held out. */
export const REPORTING_SEEDS: readonly number[] = Array.from({ length: 15 }, (_, i) => i + 101);

/** Share of the cases that gets each fault: twice what a run has by itself, so that a few runs hold enough of each kind to tell. */
const RATE = 0.008;
const HOUR = 3_600_000;

export type Scenario = 'plain' | 'rough' | 'skewed' | 'clean';

/** What each scenario is, for the page. */
export const SCENARIOS: Readonly<Record<Scenario, string>> = {
  plain: 'every fault, the logs as the company keeps them',
  rough:
    'every fault; one log begins late and another ends early, or one is absent; files share three hours; 3 % noise, 1 % broken entries',
  skewed: 'every fault; one clock is wrong by half a minute to half an hour, another drifts',
  clean: 'no fault',
};

/** Which scenario a seed plays: two in five are plain. */
export function scenarioOf(seed: number): Scenario {
  return (['clean', 'plain', 'rough', 'plain', 'skewed'] as const)[seed % 5]!;
}

/** What the simulation is asked for. */
export function optionsOf(company: Company, seed: number, scenario: Scenario): Partial<SimulationOptions> {
  const random = new Random(seed, 0x5c03e);
  const names = company.systems.map(({ name }) => name);
  const draw = (): string => names.splice(random.int(0, names.length - 1), 1)[0]!;
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, company.faults.places[fault] === undefined ? 0 : RATE]));
  switch (scenario) {
    case 'plain':
      return { faults };
    case 'rough': {
      const coverage = random.chance(0.5)
        ? [
            { system: draw(), startsAfter: company.rhythm.margin / 2 },
            { system: draw(), endsBefore: company.rhythm.margin / 2 },
          ]
        : [{ system: draw(), absent: true }];
      return { faults, coverage, overlapMs: 3 * HOUR, noise: 0.03, broken: 0.01 };
    }
    case 'skewed': {
      const sign = (): number => (random.chance(0.5) ? 1 : -1);
      const constant = { system: draw(), offsetMs: sign() * Math.round(30_000 * 60 ** random.float()), driftPpm: 0 };
      const drifting = { system: draw(), offsetMs: sign() * random.int(20_000, 90_000), driftPpm: sign() * random.int(20, 60) };
      return { faults, skews: [constant, drifting] };
    }
    case 'clean':
      return { faults: Object.fromEntries(FAULTS.map((fault) => [fault, 0])) };
  }
}
