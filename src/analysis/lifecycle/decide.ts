import { UserError } from '../../model/errors.ts';
import type { FindingStatus } from '../../model/finding.ts';
import {
  countDecision,
  decisions,
  dropDecision,
  findingById,
  isTaught,
  putDecision,
  standsBy,
  type Decision,
} from '../../workspace/finding-decisions.ts';
import type { Db } from '../../workspace/open.ts';
import { settle } from './standings.ts';

/** What is said of findings. Without a note the one before stays. */
export interface Saying {
  readonly findings: readonly string[];
  readonly status: FindingStatus;
  readonly note: string | undefined;
  /** ISO time. */
  readonly at: string;
}

/**
 * Keeps what was said of findings and settles all by it, in one transaction. A finding that is gone from the data can still be spoken of where something
 * was said of it before. Throws `UserError` `not-found` when an id names none, and then keeps nothing.
 */
export function decide(db: Db, saying: Saying): void {
  db.transaction(() => {
    const spoken = keep(db, saying);
    settle(db);
    // Open again is as if nothing had been said, unless the threshold of another false alarm would silence it: then it is an exception to that.
    const silenced = saying.status === 'open' ? spoken.filter(({ finding, note }) => note === '' && isTaught(db, finding)) : [];
    for (const decision of silenced) putDecision(db, decision);
    if (silenced.length > 0) settle(db);
    countDecision(db);
  })();
}

function keep(db: Db, { findings, status, note, at }: Saying): readonly Decision[] {
  const before = new Map(decisions(db).map((decision) => [decision.finding, decision]));
  return findings.map((finding) => {
    // What was said of it when its record went by another key is the same word, to be replaced.
    const former = before.get(standsBy(db, finding) ?? finding);
    const body = findingById(db, finding) ?? former?.body;
    if (body === undefined) throw new UserError('not-found', `no finding has the id ${finding}`);
    const decision: Decision = { finding, status, note: note ?? former?.note ?? '', at, body };
    if (former !== undefined) dropDecision(db, former.finding);
    if (status !== 'open' || decision.note !== '') putDecision(db, decision);
    return decision;
  });
}
