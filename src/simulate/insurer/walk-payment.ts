import { nextNight, nextWorkday } from '../business-hours.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { ClaimPath } from './path.ts';
import { LETTERS_BY } from './promised.ts';
import type { ClaimStates } from './states.ts';
import { LETTER_RUN, PAYMENT_RUN, RETURN_FILE } from './timings.ts';

interface Payment {
  readonly payment: string;
  readonly letter: string;
  readonly amountCents: number;
}

/** Payments and letters: from an approved amount to a closed claim. */
export function walkPayment(path: ClaimPath, states: ClaimStates, approvedAt: number): void {
  const { claim, random } = path;
  const share = claim.payments.length === 2 ? 0.7 : 1;
  const first = Math.round(wrongAmount(path, approvedAt) * share);
  const amounts = [first, Math.round(claim.approvedCents * (1 - share))];
  let closedFrom = 0;
  for (const [i, payment] of claim.payments.entries()) {
    const one: Payment = { payment, letter: claim.letters[i]!, amountCents: amounts[i]! };
    const paidAt = pay(path, states, one, approvedAt + i * random.int(20 * SECOND, 90 * SECOND));
    if (paidAt === undefined) return;
    closedFrom = Math.max(closedFrom, paidAt);
  }
  if (path.has('gap/partial', 'claims')) return;
  const closeAt = path.hop('close', closedFrom, 'claims', 'close');
  path.write('claims', closeAt, 'claims', 'close', {
    durationMs: path.duration('close', closeAt, 'claims', 'close'),
    message: 'claim closed',
  });
}

/** One payment with its letter. Answers when the claims system knew of it, or undefined when the claim ends here. */
function pay(path: ClaimPath, states: ClaimStates, one: Payment, approvedAt: number): number | undefined {
  const { payment, amountCents } = one;
  // The payment is made before anybody approved it.
  const early = path.has('order/out-of-order');
  const instructAt = early
    ? approvedAt - path.random.int(25 * MINUTE, 45 * MINUTE)
    : path.hop('instruct', approvedAt, 'payments', 'Anweisung');
  if (early) path.strike('payments', 'Anweisung', instructAt, 'the payment was instructed before the amount was approved');
  const instructedAt = instruct(path, one, instructAt);
  if (instructedAt === undefined) return undefined;
  states.ledger(instructedAt, payment, 'ANGEWIESEN', amountCents);
  if (path.has('gap/partial', 'execute')) {
    path.strike('payments', 'Ausfuehrung', instructedAt, 'instructed and in the ledger, but in no payment run; nothing follows');
    return undefined;
  }
  const executedAt = execute(path, one, instructedAt);
  if (executedAt === undefined) return undefined;
  states.ledger(executedAt, payment, 'AUSGEFUEHRT', amountCents);
  if (path.has('gap/partial', 'letters')) {
    path.strike('letters', 'render', executedAt, 'the claims system was told of the payment, the insured never was');
  } else {
    walkLetter(path, executedAt, one);
  }
  return tellClaims(path, states, one, executedAt);
}

/** With declared retries each try carries its number. */
function instruct(path: ClaimPath, { payment, amountCents }: Payment, at: number): number | undefined {
  const { random } = path;
  const exhausted = path.has('error/exhausted', 'instruct');
  const tries = exhausted ? 3 : path.has('retry/declared', 'instruct') ? random.int(1, 2) : 0;
  let start = at;
  for (let attempt = 1; attempt <= tries; attempt++) {
    const durationMs = 8 * SECOND + random.int(0, 500);
    path.write('payments', start, 'payments', 'Anweisung', {
      outcome: 'failed',
      durationMs,
      attempt,
      payment,
      amountCents,
      message: 'Bankverbindung nicht erreichbar',
    });
    start += durationMs + MINUTE * 2 ** (attempt - 1) + random.int(0, 3_000);
  }
  if (exhausted) {
    path.strike('payments', 'Anweisung', at, `${tries} attempts to instruct the payment, all failed; nothing follows`);
    return undefined;
  }
  if (tries > 0) path.strike('payments', 'Anweisung', at, `${tries} failed and then a good attempt, each with its number`);
  const durationMs = path.duration('instruct', start, 'payments', 'Anweisung');
  path.write('payments', start, 'payments', 'Anweisung', { durationMs, attempt: tries + 1, payment, amountCents });
  return start + durationMs;
}

/** The payment run of the night. */
function execute(path: ClaimPath, { payment, amountCents }: Payment, instructedAt: number): number | undefined {
  const { random } = path;
  const missed = path.has('delay/hop', 'execute') ? random.int(3, 5) : 0;
  const at = nextNight(instructedAt, PAYMENT_RUN, 1 + missed) + random.int(5 * SECOND, 6 * MINUTE);
  if (missed > 0)
    path.strike('payments', 'Ausfuehrung', at, `was in the payment run only after ${missed} others; usually it is in the next`);
  const durationMs = path.duration('execute', at, 'payments', 'Ausfuehrung');
  const failed = path.has('error/failed', 'execute');
  const said = { durationMs, attempt: 1, payment, amountCents };
  if (failed) {
    path.write('payments', at, 'payments', 'Ausfuehrung', { ...said, outcome: 'failed', message: 'IBAN ungueltig' });
    path.strike('payments', 'Ausfuehrung', at, 'the payment was refused and not made again; nothing follows');
    return undefined;
  }
  path.write('payments', at, 'payments', 'Ausfuehrung', said);
  if (path.has('duplicate/delivery', 'execute')) {
    const again = at + DAY + random.int(0, MINUTE);
    path.write('payments', again, 'payments', 'Ausfuehrung', { ...said, durationMs: random.int(100, 220) });
    path.strike('payments', 'Ausfuehrung', again, 'paid again in the run of the next night');
  }
  return at + durationMs;
}

/** A letter is rendered in the morning and posted. Answers when; undefined when it was not. */
export function walkLetter(path: ClaimPath, after: number, { payment, letter }: Pick<Payment, 'payment' | 'letter'>): number | undefined {
  const { random } = path;
  let at = nextWorkday(after, LETTER_RUN) + random.int(5 * SECOND, 9 * MINUTE);
  if (path.has('delay/window')) {
    at += random.int(LETTERS_BY - LETTER_RUN + 1, LETTERS_BY - LETTER_RUN + 6) * HOUR;
    path.strike('letters', 'render', at, `rendered after ${LETTERS_BY}:00 of the first business day after the payment`);
  }
  if (path.has('error/failed', 'letter')) {
    path.write('letters', at, 'letters', 'render', {
      outcome: 'failed',
      durationMs: 1_500,
      payment,
      letter,
      message: 'template KV-17 not found',
    });
    path.strike('letters', 'render', at, 'the letter could not be rendered and was not rendered again');
    return undefined;
  }
  const repeats = path.has('retry/hidden', 'letter') ? random.int(2, 3) : 0;
  const firstAt = at;
  for (let i = 0; i < repeats; i++) {
    path.write('letters', at, 'letters', 'render', { outcome: 'failed', durationMs: 1_500, payment, letter, message: 'render farm busy' });
    at += 20 * SECOND * 2 ** i + random.int(0, 900);
  }
  if (repeats > 0) path.strike('letters', 'render', firstAt, `the letter was rendered ${repeats + 1} times, with no flag`);
  const render = path.duration('render', at, 'letters', 'render');
  path.write('letters', at, 'letters', 'render', { durationMs: render, payment, letter });
  const postAt = path.hop('post', at + render, 'letters', 'post');
  path.write('letters', postAt, 'letters', 'post', { durationMs: 60, letter });
  return postAt;
}

/** The bank's return file tells the claims system what was paid. */
function tellClaims(path: ClaimPath, states: ClaimStates, { payment }: Payment, executedAt: number): number {
  if (path.has('gap/partial', 'claims')) {
    path.strike('claims', 'paid', executedAt, 'the insured was told of the payment, the claims system never was');
    return executedAt;
  }
  const at = path.hop('paid', nextWorkday(executedAt, RETURN_FILE), 'claims', 'paid');
  path.write('claims', at, 'claims', 'paid', { durationMs: path.random.int(80, 200), payment, message: 'payment received by the insured' });
  // The status of the claim is kept by a job that writes no log: it shows in the export only.
  if (path.has('mismatch/stale')) {
    states.frozen = true;
    path.strike('claims', 'export', at, 'the payment never reached the status of the claim: the export still says APPROVED');
  }
  const wrong = path.has('mismatch/state');
  if (wrong) path.strike('claims', 'export', at, 'the claims system says REJECTED, the ledger that it was paid');
  states.claim(at, wrong ? 'REJECTED' : 'PAID');
  return at;
}

/** What is paid: the approved amount, unless the fault says otherwise. */
function wrongAmount(path: ClaimPath, at: number): number {
  const { approvedCents } = path.claim;
  if (!path.has('mismatch/field')) return approvedCents;
  const wrong = path.random.pick([approvedCents * 100, Math.round(approvedCents * 1.19), approvedCents + path.random.int(1, 9) * 1_000]);
  path.strike('payments', 'Anweisung', at, `paid ${wrong} cents instead of ${approvedCents}`);
  return wrong;
}
