import { decisionText, type IdentityDecision } from '../../model/identity-decision.ts';

/** The links that people made and took away, each checked against those before it. Records are told by whatever stands for them. */
export class LinkLedger<T> {
  readonly #links = new Map<T, Map<T, IdentityDecision>>();
  readonly #unlinks = new Map<T, Map<T, IdentityDecision>>();
  /** Child → its owner by hand. */
  readonly #owners = new Map<T, { readonly owner: T; readonly decision: IdentityDecision }>();

  /** Takes a link or its opposite between the records `a` and `b`. Returns why not when it contradicts what it took before. */
  admit(decision: IdentityDecision, a: T, b: T): string | undefined {
    if (a === b) return 'the two are one record';
    const opposite = (decision.kind === 'link' ? this.#unlinks : this.#links).get(a)?.get(b);
    if (opposite !== undefined) return contradicts(opposite);
    if (decision.kind === 'link' && decision.relation === 'owns') {
      const known = this.#owners.get(b);
      if (known !== undefined && known.owner !== a) return contradicts(known.decision);
      for (let above = this.#owners.get(a); above !== undefined; above = this.#owners.get(above.owner))
        if (above.owner === b) return contradicts(above.decision);
      this.#owners.set(b, { owner: a, decision });
    }
    const taken = decision.kind === 'link' ? this.#links : this.#unlinks;
    put(taken, a, b, decision);
    put(taken, b, a, decision);
    return undefined;
  }
}

function put<T>(pairs: Map<T, Map<T, IdentityDecision>>, a: T, b: T, decision: IdentityDecision): void {
  const of = pairs.get(a) ?? new Map<T, IdentityDecision>();
  pairs.set(a, of);
  if (!of.has(b)) of.set(b, decision);
}

/** Why a decision is refused: it says the opposite of another one. */
export function contradicts(decision: IdentityDecision): string {
  return `it contradicts decision ${decision.id}, by which ${decisionText(decision)}`;
}
