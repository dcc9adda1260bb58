import { spelled, type DecisionOutcome, type IdentityDecision, type SpelledIdentifier } from '../../model/identity-decision.ts';
import type { Merges } from '../aliases.ts';
import type { SettledObservations } from '../observations.ts';
import type { IdentifierTable } from '../types.ts';
import { HandLinks, type Learned } from './hand-links.ts';
import type { HandSpellings } from './seams.ts';
import { divideSpellings, type UnitOf } from './spellings.ts';

/**
 * What people said of who is who, carried through identity. What is learned (which families spell the same, which type owns which, what is a hub) is
 * learned from the data alone; decisions make exceptions to it. Nothing of this is made where there are no decisions.
 */
export class Hand implements HandSpellings {
  readonly #decisions: readonly IdentityDecision[];
  readonly #idOf: (identifier: SpelledIdentifier) => number | undefined;
  readonly #outcomes = new Map<number, DecisionOutcome>();
  #unitOf: UnitOf = new Map();
  #kindOf: (id: number) => number = () => 0;

  /** @param decisions the earliest first */
  constructor(decisions: readonly IdentityDecision[], identifiers: IdentifierTable, seen: Pick<SettledObservations, 'entries'>) {
    this.#decisions = decisions;
    this.#idOf = lookup(decisions, identifiers, seen.entries);
    for (const { id, a, b } of decisions) {
      const unknown = [a, b].filter((one) => this.#idOf(one) === undefined).map(spelled);
      if (unknown.length > 0) this.#say(id, 'waiting', `nothing that is imported names ${unknown.join(' or ')}`);
    }
  }

  spell(table: IdentifierTable, seen: SettledObservations, merges: Merges): UnitOf {
    this.#unitOf = divideSpellings(this.#decisions, this.#idOf, table, seen, merges, ({ id }, reason) => this.#say(id, 'refused', reason));
    const { families } = seen;
    for (const { id, kind, a, b } of this.#decisions) {
      if ((kind !== 'merge' && kind !== 'split') || this.#outcomes.has(id)) continue;
      const [left, right] = [this.#idOf(a)!, this.#idOf(b)!];
      const isOne =
        families.coreOf[left] === families.coreOf[right] &&
        merges.groupOf[families.familyOf[left]!] === merges.groupOf[families.familyOf[right]!];
      this.#say(id, 'applied', isOne === (kind === 'merge') ? 'the data says so by itself' : '');
    }
    return this.#unitOf;
  }

  kinds(kindOf: (id: number) => number): void {
    this.#kindOf = kindOf;
  }

  /** Applies links and their opposites to what was learned. Records of which a part is a hub become one: it must never glue. */
  link(learned: Learned): HandLinks {
    this.#keepHubs(learned);
    const known = this.#decisions.flatMap((decision) => {
      const [a, b] = [this.#idOf(decision.a), this.#idOf(decision.b)];
      const { recordOf } = learned.resolved;
      return a === undefined || b === undefined ? [] : [{ decision, a: recordOf[a]!, b: recordOf[b]! }];
    });
    return new HandLinks(known, learned, (decision, state, reason) => this.#say(decision, state, reason));
  }

  /** What became of each decision. */
  get outcomes(): readonly DecisionOutcome[] {
    return this.#decisions.map(({ id }) => this.#outcomes.get(id) ?? { decision: id, state: 'applied', reason: '' });
  }

  #keepHubs({ resolved, hubs }: Learned): void {
    const kinds = new Map<number, Set<number>>();
    for (const id of this.#unitOf.keys()) {
      const record = resolved.recordOf[id]!;
      kinds.set(record, (kinds.get(record) ?? new Set()).add(this.#kindOf(id)));
    }
    for (const [record, of] of kinds) {
      const hub = [...of].find((kind) => hubs.has(kind));
      if (hub === undefined || of.size === 1) continue;
      resolved.typeOf[record] = hub;
      for (const { id, kind, a } of this.#decisions)
        if (kind === 'merge' && resolved.recordOf[this.#idOf(a) ?? 0] === record)
          this.#say(id, 'applied', 'one of the two touches many records, so that together they only give context');
    }
  }

  #say(decision: number, state: DecisionOutcome['state'], reason: string): void {
    this.#outcomes.set(decision, { decision, state, reason });
  }
}

/** Ids of the identifiers that decisions name. Types are compared first: most identifiers are of none that is named. */
function lookup(
  decisions: readonly IdentityDecision[],
  identifiers: IdentifierTable,
  entries: Uint32Array,
): (identifier: SpelledIdentifier) => number | undefined {
  const wanted = new Map<string, Map<string, number>>();
  for (const { type, value } of decisions.flatMap(({ a, b }) => [a, b])) {
    const values = wanted.get(type) ?? new Map<string, number>();
    wanted.set(type, values.set(value, 0));
  }
  for (let id = 1; id <= identifiers.count; id++) {
    // Identifiers of sources that were removed are still in the table.
    const values = entries[id] === 0 ? undefined : wanted.get(identifiers.type(id));
    if (values === undefined) continue;
    const value = identifiers.value(id);
    if (values.has(value)) values.set(value, id);
  }
  return ({ type, value }) => wanted.get(type)?.get(value) || undefined;
}
