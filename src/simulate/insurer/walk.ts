import { MINUTE } from '../calendar.ts';
import type { Injection } from '../faults.ts';
import type { Random } from '../random.ts';
import type { Claim } from './claim.ts';
import { ClaimPath } from './path.ts';
import { ClaimStates } from './states.ts';
import { walkDossier } from './walk-dossier.ts';
import { walkIntake } from './walk-intake.ts';
import { walkLetter, walkPayment } from './walk-payment.ts';

/**
 * One claim's whole life: what every system would write about it, with at most one fault. The same claim, generator state and injection give the
 * same life.
 */
export function walkClaim(claim: Claim, random: Random, injection: Injection | undefined): ClaimPath {
  const path = new ClaimPath(claim, random, injection);
  const states = new ClaimStates();
  const intake = walkIntake(path, states);
  if (intake?.covered === false) reject(path, states, intake.at);
  if (intake?.covered === true) {
    const approvedAt = walkDossier(path, states, intake.at);
    if (approvedAt !== undefined) walkPayment(path, states, approvedAt);
  }
  states.export(path);
  return path;
}

/** The policy does not cover it: a normal end, with a letter that no payment leads to. */
function reject(path: ClaimPath, states: ClaimStates, after: number): void {
  const at = path.hop('reject', after, 'claims', 'reject');
  path.write('claims', at, 'claims', 'reject', { durationMs: 90, message: 'claim rejected, no cover' });
  states.claim(at, 'REJECTED');
  const posted = walkLetter(path, at, { letter: path.claim.letters[0]!, payment: '' });
  if (posted === undefined) return;
  const closeAt = posted + path.random.int(2 * MINUTE, 5 * MINUTE);
  path.write('claims', closeAt, 'claims', 'close', { durationMs: 110, message: 'claim closed' });
}
