/** What people can say of who is who. */
export const DECISION_KINDS = ['link', 'unlink', 'merge', 'split'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What the first record of a link is to the second one. */
export const HAND_RELATIONS = ['owns', 'relates'] as const;
export type HandRelation = (typeof HAND_RELATIONS)[number];

/** An identifier as its source spells it. */
export interface SpelledIdentifier {
  readonly type: string;
  readonly value: string;
}

/** What somebody may say: without a number and a time yet. */
export interface IdentityWish {
  readonly kind: DecisionKind;
  /** Of a link: whether the record of `a` owns that of `b`, so that it becomes part of its journey, or the two only belong together. Else undefined. */
  readonly relation: HandRelation | undefined;
  readonly a: SpelledIdentifier;
  readonly b: SpelledIdentifier;
  readonly note: string;
}

/**
 * What somebody said of two identifiers, by their spelling: it means the same whatever is imported before or after it.
 * - `link`: the records of the two belong together; `unlink`: they do not.
 * - `merge`: the two are one record; `split`: they are two.
 */
export interface IdentityDecision extends IdentityWish {
  /** Increases with each decision. Of two that contradict each other the earlier one holds. */
  readonly id: number;
  /** ISO time. */
  readonly at: string;
}

/** What became of a decision in the data at hand. */
export interface DecisionOutcome {
  readonly decision: number;
  /** `waiting`: no entry names one of the two. `refused`: it contradicts an earlier decision, or cannot be. */
  readonly state: 'applied' | 'waiting' | 'refused';
  /** One sentence; empty when it is applied without anything to add. */
  readonly reason: string;
}

/** `order SO-1042`, for sentences. */
export function spelled({ type, value }: SpelledIdentifier): string {
  return `${type} ${value}`;
}

/** `order SO-1042 owns shipment SHP-9`: what was decided, as words. */
export function decisionText({ kind, relation, a, b }: Pick<IdentityWish, 'kind' | 'relation' | 'a' | 'b'>): string {
  switch (kind) {
    case 'link':
      return relation === 'relates' ? `${spelled(a)} and ${spelled(b)} belong together` : `${spelled(a)} owns ${spelled(b)}`;
    case 'unlink':
      return `${spelled(a)} and ${spelled(b)} do not belong together`;
    case 'merge':
      return `${spelled(a)} and ${spelled(b)} are one record`;
    case 'split':
      return `${spelled(a)} and ${spelled(b)} are two records`;
  }
}
