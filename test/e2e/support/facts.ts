/**
 * `orders`: 300 orders through the company's systems, in their formats. `large`: 10,000 orders as plain events. `faulty`: 12,000 orders of
 * which most went wrong.
 */
export type WorkspaceKind = 'orders' | 'large' | 'faulty';

export interface RecordRef {
  readonly type: string;
  readonly key: string;
}

/** What is in the simulated workspace `orders`. */
export interface OrdersFacts {
  readonly journeys: number;
  readonly findings: number;
  /** All attempts of a step failed. */
  readonly failed: RecordRef;
  /** A step failed and was tried again: findings of two kinds. */
  readonly retried: RecordRef;
  /** All identifiers of `retried`, and of what belongs to it alone. */
  readonly spellings: readonly string[];
  readonly missing: RecordRef;
  readonly uncovered: RecordRef;
  readonly mismatched: RecordRef;
  readonly clean: RecordRef;
}
