import { numberOf } from '../journey/index.ts';
import type { Journey } from '../model/journey.ts';
import { AgreementStats, endOfSystem } from './agreement-stats.ts';
import type { SystemCoverage } from './coverage.ts';
import { pairKey, Tellers } from './fields.ts';
import { fnv1a } from './statistics.ts';
import { toldGroups } from './told-groups.ts';
import type { ToldGroup } from './told-groups.ts';
import type { FieldExpectation } from './types.ts';

/** Two tellers that were met in fewer journeys say nothing, even with their kin. */
const MIN_JOURNEYS = 5;

/** Learns which fields of which steps and documents agree; see `createAgreementLearner`. */
export interface AgreementLearner {
  observe(journey: Journey): void;
  finish(coverage: SystemCoverage): readonly FieldExpectation[];
}

/**
 * Learns how the same field agrees between steps and documents, which nobody has to declare: directly (an approximate functional dependency: the
 * same in nearly all journeys), by a constant factor (net and gross), and, where one of them tells it once for each of several records, as a sum (two
 * shipments of an order), each (one currency), or record by record. This is the matching of invoices against orders and receipts, of which tools are told the rules.
 */
export function createAgreementLearner(): AgreementLearner {
  const tellers = new Tellers();
  const stats = new Map<number, AgreementStats>();
  const number = tellers.put.bind(tellers);
  return {
    observe(journey) {
      if (journey.told.length === 0) return;
      const hash = fnv1a(journey.record.key);
      for (const groups of toldGroups(journey, number)) {
        for (let i = 1; i < groups.length; i++) {
          for (let j = 0; j < i; j++) {
            const [x, y] = [groups[i]!, groups[j]!];
            if (isOfOneSystem(x, y) && !(isNumber(x) && isNumber(y))) continue;
            const [a, b] = x.teller < y.teller ? [x, y] : [y, x];
            const key = pairKey(a.teller, b.teller);
            let known = stats.get(key);
            if (known === undefined) stats.set(key, (known = new AgreementStats(a.teller, b.teller)));
            known.observe(a, b, hash);
          }
        }
      }
    },
    finish: (coverage) =>
      withKin(
        [...stats.values()]
          .filter(({ journeys, several }) => journeys + several >= MIN_JOURNEYS)
          .map((each) => expectationOf(each, tellers, coverage)),
      ),
  };
}

/** Texts that two steps of one system tell need not be about the record: who did it, for which group, on which host. */
function isOfOneSystem(x: ToldGroup, y: ToldGroup): boolean {
  return x.values[0]!.system === y.values[0]!.system;
}

function isNumber({ values }: ToldGroup): boolean {
  return numberOf(values[0]!.attribute) !== undefined;
}

/**
 * Adds up what is known of pairs that differ in their systems only, so that a partner with few orders is judged by what holds for all of them (partial
 * pooling): each must itself be in keeping with it, which is asked where they are judged.
 */
function withKin(expectations: readonly FieldExpectation[]): readonly FieldExpectation[] {
  const keyOf = ({ field, stepA, stepB, factor = 1 }: FieldExpectation): string => {
    const [steps, over] = stepA <= stepB ? [`${stepA}\u0000${stepB}`, factor] : [`${stepB}\u0000${stepA}`, 1 / factor];
    return `${field}\u0000${steps}\u0000${over.toPrecision(4)}`;
  };
  const groups = Map.groupBy(expectations, keyOf);
  return expectations.map((each) => {
    const kin = groups.get(keyOf(each)) as FieldExpectation[];
    if (kin.length === 1) return each;
    return {
      ...each,
      kin: { journeys: kin.reduce((sum, { journeys }) => sum + journeys, 0), agreed: kin.reduce((sum, { agreed }) => sum + agreed, 0) },
    };
  });
}

function expectationOf(stats: AgreementStats, { names }: Tellers, coverage: SystemCoverage): FieldExpectation {
  const [x, y] = [names[stats.a]!, names[stats.b]!];
  const { journeys, agreed, factor, several, grace } = stats.finish((teller) => endOfSystem(coverage, names[teller]!.system));
  // In the order of their names, so that the result does not depend on which was met first.
  const straight = x.system < y.system || (x.system === y.system && x.step <= y.step);
  const [a, b] = straight ? [x, y] : [y, x];
  return {
    field: a.field,
    fieldB: b.field,
    recordType: a.recordType,
    systemA: a.system,
    systemB: b.system,
    stepA: a.step,
    stepB: b.step,
    journeys,
    agreed,
    lag: undefined,
    pairs: [],
    ...(factor === undefined ? {} : { factor: straight ? factor : 1 / factor }),
    ...(several === undefined ? {} : { several: straight ? several : { ...several, ...turned(several.parts) } }),
    ...(grace === undefined ? {} : { grace }),
  };
}

function turned(parts: 'a' | 'b' | undefined): { readonly parts?: 'a' | 'b' } {
  return parts === undefined ? {} : { parts: parts === 'a' ? 'b' : 'a' };
}
