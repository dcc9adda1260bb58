import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { InterchangeKey } from './event.ts';
import { TRANSLATOR, later } from './path.ts';
import type { Path } from './path.ts';
import { JOBS, sending } from './schedule.ts';

const REFUSED = 'RFC_COMMUNICATION_FAILURE partner not reached';

/** When the retailer sends what was ordered at `placedAt`. An interchange that will come twice goes by itself, a few minutes later. */
export function sendOrder(path: Path, placedAt: number): InterchangeKey {
  const own = path.has('duplicate/delivery', 'interchange') ? 7 * MINUTE : 0;
  const sent: InterchangeKey = { kind: 'order', inbound: true, at: sending(path.order.partner.sends, placedAt) + own };
  path.send(sent, { lines: path.order.lines });
  return sent;
}

/** From the retailer's interchange to the ERP's door: received, translated, acknowledged, handed over. Answers when, or undefined when it ends here. */
export function walkInbound(path: Path, sent: InterchangeKey, arrivedAt: number): number | undefined {
  const { order, random } = path;
  const shared = path.shared(`${order.partner.id} in ${arrivedAt}`);
  const receivedAt = JOBS.fetch.next(later(shared, arrivedAt, MINUTE)) + shared.int(0, 20) * SECOND;
  path.write('translator', TRANSLATOR, receivedAt, 'receive', { interchange: sent });
  const bad = path.has('error/failed', 'translate');
  const translatedAt = receivedAt + 300 + (order.index % 100) * 150 + random.int(20, 120);
  path.write('translator', TRANSLATOR, translatedAt, 'translate', {
    interchange: sent,
    durationMs: random.int(40, 140),
    lines: order.lines,
    ok: !bad,
    text: bad ? 'PO1 segment 7: mandatory element PO102 missing' : '',
  });
  const answeredAt = receivedAt + shared.int(40, 90) * SECOND;
  path.send({ kind: 'acknowledgement', inbound: false, at: answeredAt }, { of: sent, ok: !bad });
  path.write('translator', TRANSLATOR, answeredAt, 'acknowledge', { interchange: sent });
  if (bad) {
    path.strike(
      TRANSLATOR,
      'translate',
      translatedAt,
      'the order could not be translated and was rejected in the acknowledgement; nothing follows',
    );
    return undefined;
  }
  return handOver(path, translatedAt);
}

function handOver(path: Path, translatedAt: number): number | undefined {
  const { order, random } = path;
  let at = later(random, translatedAt, 3 * SECOND);
  const line = (ok: boolean, attempt: number): void => {
    const durationMs = random.int(90, 400);
    path.write('translator', TRANSLATOR, at, 'handover', { ok, attempt, durationMs, lines: order.lines, text: ok ? '' : REFUSED });
    at += durationMs;
  };
  const wait = (): void => {
    at += 5 * MINUTE + random.int(0, 10) * SECOND;
  };
  if (path.has('error/exhausted', 'handover')) {
    path.strike(TRANSLATOR, 'handover', at, 'handing over to the ERP failed three times; nothing follows');
    for (let attempt = 1; attempt <= 3; attempt++) {
      line(false, attempt);
      wait();
    }
    return undefined;
  }
  if (path.has('retry/declared', 'handover')) {
    path.strike(TRANSLATOR, 'handover', at, 'handing over failed, the second attempt went through');
    line(false, 1);
    wait();
    line(true, 2);
    return at;
  }
  if (path.has('retry/hidden', 'handover')) {
    path.strike(TRANSLATOR, 'handover', at, 'handing over failed and was repeated, with no flag');
    for (let i = random.int(1, 2); i > 0; i--) {
      line(false, 0);
      at += random.int(8, 10) * SECOND;
    }
  }
  line(true, 0);
  return at;
}

/** How long after it was sent an interchange comes again. */
export const againAfter = (path: Path): number => path.random.int(2, 6) * HOUR + 3 * MINUTE;
