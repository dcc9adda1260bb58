import { MINUTE, SECOND } from '../calendar.ts';
import type { ClaimPath } from './path.ts';
import type { ClaimStates } from './states.ts';

/** Portal, claims system and policy administration: from the notice to the answer whether it is covered; undefined when it ends before. */
export function walkIntake(path: ClaimPath, states: ClaimStates): { readonly at: number; readonly covered: boolean } | undefined {
  const { claim, random } = path;
  const notify = path.duration('notify', claim.at, 'portal', 'notified');
  path.write('portal', claim.at, 'portal', 'notified', { durationMs: notify, amountCents: claim.estimateCents });
  const registerAt = path.hop('register', claim.at + notify, 'claims', 'register');
  if (path.has('gap/missing-step', 'register')) {
    path.strike('claims', 'register', registerAt, 'the notice never reached the claims system; nothing follows');
    return undefined;
  }
  const register = path.duration('register', registerAt, 'claims', 'register');
  path.write('claims', registerAt, 'claims', 'register', { durationMs: register, message: 'claim registered' });
  states.claim(registerAt + register, 'REGISTERED');
  if (path.has('gap/missing-step', 'cover')) {
    path.strike('policy', 'COVER_CHECK', registerAt, 'registered, and policy administration was never asked; nothing follows');
    return undefined;
  }
  if (path.has('duplicate/delivery', 'register')) registerTwice(path, registerAt + register);
  if (claim.variant === 'withdrawn') {
    withdraw(path, states, registerAt + register);
    return undefined;
  }
  return checkCover(path, path.hop('cover', registerAt + register, 'policy', 'COVER_CHECK'), random.int(10, 60));
}

/** The portal's message is delivered again: a second claim of the same notice. */
function registerTwice(path: ClaimPath, after: number): void {
  const at = after + path.random.int(2 * MINUTE, 6 * MINUTE);
  const number = path.claim.number + 5_000_000;
  const spelled = String(number).padStart(7, '0');
  path.extra.push(`26-${spelled}`, `26/${spelled}`, `26${spelled}`);
  path.write('claims', at, 'claims', 'register', { durationMs: path.random.int(300, 700), number, message: 'claim registered' });
  path.strike('claims', 'register', at, `registered again as claim 26-${spelled} after the first registration had succeeded`);
}

/** Policy administration answers, perhaps after tries that it numbers or that nothing tells of. */
function checkCover(path: ClaimPath, at: number, jitter: number): { readonly at: number; readonly covered: boolean } | undefined {
  const { random, claim } = path;
  const exhausted = path.has('error/exhausted', 'cover');
  const declared = exhausted ? 3 : path.has('retry/declared', 'cover') ? random.int(1, 2) : 0;
  const storm = path.has('retry/storm');
  const silent = storm ? random.int(14, 40) : path.has('retry/hidden', 'cover') ? random.int(2, 3) : 0;
  let start = at;
  for (let i = 0; i < declared + silent; i++) {
    const numbered = i < declared;
    const durationMs = 5_000 + random.int(0, 200);
    path.write('policy', start, 'policy', 'COVER_CHECK', {
      outcome: 'timeout',
      durationMs,
      attempt: numbered ? i + 1 : 1,
      state: '',
      message: 'host did not answer',
    });
    start += durationMs + 10 * SECOND * (storm ? 1 : 2 ** i) + jitter;
  }
  if (exhausted) {
    path.strike('policy', 'COVER_CHECK', at, `${declared} attempts to check the cover, all failed; nothing follows`);
    return undefined;
  }
  if (declared > 0) path.strike('policy', 'COVER_CHECK', at, `${declared} failed and then a good attempt, each with its number`);
  if (silent > 0) path.strike('policy', 'COVER_CHECK', at, `the cover was checked ${silent + 1} times, all of them numbered 1`);
  const durationMs = path.duration('cover', start, 'policy', 'COVER_CHECK');
  const covered = claim.variant !== 'not-covered';
  path.write('policy', start, 'policy', 'COVER_CHECK', { durationMs, attempt: declared + 1, state: covered ? 'COVERED' : 'NOT_COVERED' });
  return { at: start + durationMs, covered };
}

/** The insured repaired it themselves: a normal end. */
function withdraw(path: ClaimPath, states: ClaimStates, after: number): void {
  const at = path.hop('withdraw', after, 'portal', 'withdrawn');
  path.write('portal', at, 'portal', 'withdrawn', { durationMs: 700, amountCents: path.claim.estimateCents });
  const toldAt = path.hop('told', at + 700, 'claims', 'withdraw');
  path.write('claims', toldAt, 'claims', 'withdraw', { durationMs: 130, message: 'claim withdrawn by the insured' });
  states.claim(toldAt, 'WITHDRAWN');
}
