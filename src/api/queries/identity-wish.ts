import { contradiction } from '../../identity/by-hand/contradiction.ts';
import { UserError } from '../../model/errors.ts';
import type { DecisionKind, HandRelation, IdentityWish, SpelledIdentifier } from '../../model/identity-decision.ts';
import { identityDecisions } from '../../workspace/identity-decisions.ts';
import type { Db } from '../../workspace/open.ts';
import { identifiersSpelled, isHub } from '../../workspace/readers/identity.ts';
import { searchIdentifiers } from '../../workspace/readers/records.ts';

/** What a caller wants to say of two identifiers. */
export interface IdentityRequest {
  readonly kind: DecisionKind;
  readonly relation?: HandRelation | undefined;
  readonly a: NamedIdentifier;
  readonly b: NamedIdentifier;
  readonly note: string;
}

interface NamedIdentifier {
  readonly type?: string | undefined;
  readonly value: string;
}

/**
 * What a caller wants to say, as it is kept: with the types and spellings of the identifiers. Throws `UserError`: `not-found` for what no entry names,
 * `invalid-input` where the type does not follow, `identity-contradiction` for what contradicts an earlier decision or can never be.
 */
export function identityWish(db: Db, { kind, relation, a, b, note }: IdentityRequest): IdentityWish {
  const wish: IdentityWish = {
    kind,
    relation: kind === 'link' ? (relation ?? 'owns') : undefined,
    a: identifierNamed(db, a),
    b: identifierNamed(db, b),
    note: note.trim(),
  };
  const reason = contradiction(identityDecisions(db), wish) ?? hubReason(db, wish);
  if (reason !== undefined) throw new UserError('identity-contradiction', `this cannot be decided: ${reason}`);
  return wish;
}

function hubReason(db: Db, { kind, relation, a, b }: IdentityWish): string | undefined {
  if (kind !== 'link' || relation !== 'owns') return undefined;
  if (isHub(db, a))
    return `${a.type} ${a.value} touches many records: it gives context and owns none (say that the two belong together instead)`;
  if (isHub(db, b)) return `${b.type} ${b.value} touches many records: it is part of no journey (say that the two belong together instead)`;
  return undefined;
}

function identifierNamed(db: Db, { type, value }: NamedIdentifier): SpelledIdentifier {
  const wanted = value.trim();
  const found = identifiersSpelled(db, wanted, type);
  const business = found.filter(({ technical }) => !technical);
  const [one, ...others] = business.length > 0 ? business : found;
  if (one === undefined) {
    const near = searchIdentifiers(db, wanted, 3).map(({ matched }) => matched);
    const what = `no ${type ?? 'record'} is called ${wanted}`;
    throw new UserError('not-found', near.length === 0 ? what : `${what}; near it: ${near.join(', ')}`);
  }
  if (others.length > 0) {
    const types = [one, ...others].map((each) => each.type).toSorted();
    throw new UserError('invalid-input', `several records are called ${wanted}: say which type (${types.join(', ')})`);
  }
  return { type: one.type, value: one.value };
}
