import { MINUTE, SECOND } from '../calendar.ts';
import type { DocumentKind, InterchangeKey } from './event.ts';
import { TRANSLATOR, later } from './path.ts';
import type { Path, Said } from './path.ts';
import { JOBS } from './schedule.ts';
import type { Decided } from './walk-erp.ts';

/** Sends a document in the interchange of its run, and lets the retailer acknowledge it. Answers when it was sent. */
export function sendOut(path: Path, kind: DocumentKind, at: number, said: Said, rejected = false): void {
  const { partner } = path.order;
  const sent: InterchangeKey = { kind, inbound: false, at };
  path.send(sent, said);
  const shared = path.shared(`${partner.id} ${kind} ${at}`);
  path.write('translator', TRANSLATOR, at, 'transmit', { interchange: sent, durationMs: shared.int(300, 1_800) });
  const answer: InterchangeKey = { kind: 'acknowledgement', inbound: true, at: later(shared, at, 20 * MINUTE, 0.3) };
  path.send(answer, { of: sent, ok: !rejected, delivery: said.delivery ?? 0, invoice: said.invoice ?? 0 });
  const receivedAt = JOBS.fetch.next(answer.at + 30 * SECOND) + shared.int(0, 20) * SECOND;
  path.write('translator', TRANSLATOR, receivedAt, 'receive', { interchange: answer });
  if (rejected) path.write('translator', TRANSLATOR, receivedAt + 300, 'reconcile', { interchange: sent, ok: false });
}

/** The second within its minute at which a run sends what it has for this partner. */
export function inRun(path: Path, kind: DocumentKind, run: number): number {
  return run + path.shared(`${path.order.partner.id} ${kind} of ${run}`).int(5, 50) * SECOND;
}

/** The answer to the order, with the next hourly run. */
export function walkResponse(path: Path, decided: Decided, of: InterchangeKey): void {
  const { random } = path;
  let run = JOBS.response.next(decided.at + MINUTE);
  if (path.has('gap/partial', 'response')) {
    path.strike(TRANSLATOR, 'order response', run, 'no response was ever sent; the order goes on');
    return;
  }
  if (path.has('delay/hop', 'response')) {
    run = JOBS.response.next(decided.at + Math.round(JOBS.response.usualWait * path.injection!.factor));
    path.strike(
      TRANSLATOR,
      'order response',
      run,
      `sent ${Math.round((run - decided.at) / MINUTE)} min after the decision, usually within the hour`,
    );
  }
  const at = inRun(path, 'response', run);
  path.write('translator', TRANSLATOR, at - random.int(400, 2_000), 'build', { interchange: { kind: 'response', inbound: false, at } });
  sendOut(path, 'response', at, { lines: decided.lines, salesOrder: path.order.salesOrder, ok: decided.accepted, of });
}
