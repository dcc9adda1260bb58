import { MINUTE, SECOND } from '../calendar.ts';
import type { Path } from './path.ts';
import type { States } from './states.ts';

/** Shop and payment provider: checkout to captured money. Answers when the money was there, or undefined when the order ends here. */
export function walkFront(path: Path, states: States): number | undefined {
  const { order } = path;
  const placed = order.placedAt;
  const checkout = path.duration('checkout', placed, 'shop', 'checkout');
  path.write('shop', placed, 'shop', 'checkout', 'checkout', {
    durationMs: checkout,
    state: 'placed',
    message: `order placed, ${order.lines} lines`,
  });
  const authorizeAt = path.hop('authorize', placed + checkout, 'payments', 'authorize');
  const authorize = path.duration('authorize', authorizeAt, 'payments', 'authorize');
  path.write('payments', authorizeAt, 'payments', 'payment', 'authorize', { durationMs: authorize, attempt: 1, reference: order.payment });
  states.shop(authorizeAt + authorize, 'authorized', 'unfulfilled');
  if (order.variant === 'fraud-rejected') {
    reject(path, states, authorizeAt + authorize);
    return undefined;
  }
  return capture(path, states, path.hop('capture', authorizeAt + authorize, 'payments', 'capture'));
}

/** The fraud screen said no: a normal end of an order, not a fault. */
function reject(path: Path, states: States, after: number): void {
  const at = path.hop('screen', after, 'shop', 'reject');
  path.write('shop', at, 'shop', 'checkout', 'reject', { durationMs: 40, state: 'rejected', message: 'fraud screen: order not accepted' });
  const voidAt = path.hop('aftermath', at + 40, 'payments', 'void');
  const durationMs = path.duration('refund', voidAt, 'payments', 'void');
  path.write('payments', voidAt, 'payments', 'payment', 'void', { durationMs, attempt: 1, reference: path.order.payment });
  states.shop(voidAt + durationMs, 'voided', 'unfulfilled');
}

function capture(path: Path, states: States, at: number): number | undefined {
  const { order, random } = path;
  const tries = path.has('error/exhausted', 'capture') ? 3 : path.has('retry/declared', 'capture') ? random.int(1, 2) : 0;
  let start = at;
  for (let attempt = 1; attempt <= tries; attempt++) {
    const durationMs = 10 * SECOND + random.int(0, 400);
    path.write('payments', start, 'payments', 'payment', 'capture', {
      outcome: 'failed',
      durationMs,
      attempt,
      reference: order.payment,
      message: 'acquirer did not answer in time',
    });
    start += durationMs + 30 * SECOND * 2 ** (attempt - 1) + random.int(0, 2_000);
  }
  if (path.has('error/exhausted', 'capture')) {
    path.strike('payments', 'capture', at, `${tries} attempts to capture, all failed; nothing follows`);
    return undefined;
  }
  if (tries > 0) path.strike('payments', 'capture', at, `${tries} failed and then a good attempt to capture, each with its number`);
  const durationMs = path.duration('capture', start, 'payments', 'capture');
  path.write('payments', start, 'payments', 'payment', 'capture', { durationMs, attempt: tries + 1, reference: order.payment });
  states.shop(start + durationMs, 'paid', 'unfulfilled');
  if (path.has('duplicate/delivery', 'capture')) captureTwice(path, start + durationMs);
  return start + durationMs;
}

/** The shop's job runs again after success: the customer pays twice. */
function captureTwice(path: Path, after: number): void {
  const { random } = path;
  const at = after + random.int(3 * MINUTE, 10 * MINUTE);
  const reference = `PAY-${random.hex(16).slice(0, 12).toUpperCase()}`;
  path.extraReferences.push(reference);
  path.write('payments', at, 'payments', 'payment', 'capture', {
    durationMs: random.int(250, 600),
    attempt: 1,
    reference,
  });
  path.strike('payments', 'capture', at, `captured again as ${reference} after the capture had succeeded`);
}
