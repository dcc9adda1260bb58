import { UserError } from '../../model/errors.ts';
import { decisionText, type SpelledIdentifier } from '../../model/identity-decision.ts';
import type { IdentityRequest } from '../queries/identity-wish.ts';
import type { WireIdentityDecision } from '../wire.ts';
import type { Engine } from './engine.ts';

/** A decision that is kept, and the job that analyses by it. */
export interface StartedDecision {
  readonly a: SpelledIdentifier;
  readonly b: SpelledIdentifier;
  readonly text: string;
  readonly job: string;
}

/**
 * Keeps what somebody said of who is who and analyses again. Throws `UserError`: `not-found` for an identifier that names nothing, `invalid-input` where its
 * type does not follow, `identity-contradiction` for what cannot be said, `workspace-busy` while a job runs.
 */
export async function decideIdentity(engine: Engine, request: IdentityRequest): Promise<StartedDecision> {
  const wish = await engine.readers.ask('identityWish', [request]);
  const at = new Date().toISOString();
  const job = engine.startAnalysis((writer) => writer.addIdentityDecision(wish, at));
  return { a: wish.a, b: wish.b, text: decisionText(wish), job };
}

/** Takes back what was said of who is who: the last of it unless told. Throws `UserError` `not-found` when there is none. */
export async function undoIdentity(
  engine: Engine,
  id: number | undefined,
): Promise<{ readonly decision: WireIdentityDecision; readonly job: string }> {
  const said = await engine.readers.ask('identityDecisions', []);
  const decision = id === undefined ? said[0] : said.find((one) => one.id === id);
  if (decision === undefined)
    throw new UserError('not-found', id === undefined ? 'nothing was decided by hand' : `there is no decision ${id}`);
  return { decision, job: engine.startAnalysis((writer) => writer.removeIdentityDecision(decision.id)) };
}
