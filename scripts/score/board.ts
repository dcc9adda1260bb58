import type { Company } from '../../src/simulate/define.ts';
import { sumScores } from '../../src/simulate/score-sum.ts';
import type { Score } from '../../src/simulate/score.ts';
import { scoreRun } from './run.ts';
import { optionsOf, scenarioOf } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

/** One run and what came of it. */
export interface Played {
  readonly company: Company;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly score: Score;
}

/** Plays all seeds of all companies, one after the other. */
export async function play(
  companies: readonly Company[],
  seeds: readonly number[],
  orders: number,
  tell: (text: string) => void,
  only?: Scenario,
): Promise<readonly Played[]> {
  const all: Played[] = [];
  for (const company of companies) {
    for (const seed of seeds) {
      const scenario = only ?? scenarioOf(seed);
      tell(`${company.id} ${seed} ${scenario} …\n`);
      all.push({ company, seed, scenario, score: await scoreRun({ company, seed, orders, more: optionsOf(company, seed, scenario) }) });
    }
  }
  return all;
}

/** The sum of the runs that fit. */
export function sumOf(played: readonly Played[], fits: (one: Played) => boolean): Score {
  return sumScores(played.filter(fits).map(({ score }) => score));
}
