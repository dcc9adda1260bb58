import { rows, tally } from './score-rows.ts';
import type { KindScore, Tally } from './score-rows.ts';
import type { Score } from './score.ts';

/** The scores of several runs as if they were one. */
export function sumScores(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const cleanOrders = sum((score) => score.cleanOrders);
  const alarmsOnClean = sum((score) => score.alarmsOnClean);
  return {
    bySubkind: sumRows(scores.map((score) => score.bySubkind)),
    byKind: sumRows(scores.map((score) => score.byKind)),
    findings: sum((score) => score.findings),
    population: sum((score) => score.population),
    consequences: sum((score) => score.consequences),
    repeats: sum((score) => score.repeats),
    absencesExplained: sum((score) => score.absencesExplained),
    cleanOrders,
    alarmsOnClean,
    alarmsPerThousandClean: cleanOrders === 0 ? undefined : (1000 * alarmsOnClean) / cleanOrders,
    clockErrors: scores.flatMap((score) => score.clockErrors),
    missedExamples: scores.flatMap((score) => score.missedExamples),
    falseExamples: scores.flatMap((score) => score.falseExamples),
  };
}

function sumRows(tables: readonly (readonly KindScore[])[]): readonly KindScore[] {
  const sums = new Map<string, Tally>();
  for (const row of tables.flat()) {
    const sum = tally(sums, row.name);
    sum.injected += row.injected;
    sum.found += row.found;
    sum.other += row.otherSubkind;
    sum.missed += row.missed;
    sum.false += row.falseAlarms;
  }
  return rows(sums);
}
