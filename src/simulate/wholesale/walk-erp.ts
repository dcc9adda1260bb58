import { MINUTE, SECOND } from '../calendar.ts';
import type { OrderLine } from './order.ts';
import { quantityOf } from './order.ts';
import { ERP, later, took } from './path.ts';
import type { Path } from './path.ts';
import { IMPORT_WINDOW } from './promised.ts';
import { JOBS } from './schedule.ts';

/** What the ERP decided, and when. */
export interface Decided {
  readonly at: number;
  readonly accepted: boolean;
  /** What the ERP took the order's lines to be. */
  readonly lines: readonly OrderLine[];
}

/** What the ERP makes of what it was given: a sales order, confirmed or refused. The import is a job that takes all that waits. */
export function walkErp(path: Path, handedAt: number, salesOrder: number): Decided | undefined {
  const { order, random } = path;
  if (path.has('gap/missing-step', 'import')) {
    path.strike(ERP, 'create', handedAt, 'the translator says that it was handed over, the ERP never saw it; nothing follows');
    return undefined;
  }
  let run = JOBS.import.next(handedAt + 20 * SECOND);
  if (path.has('delay/hop', 'import')) {
    run = JOBS.import.next(handedAt + Math.round(JOBS.import.usualWait * path.injection!.factor));
    path.strike(
      ERP,
      'create',
      run,
      `imported ${Math.round((run - handedAt) / MINUTE)} min after it was handed over, usually within 15 min`,
    );
  }
  if (path.has('delay/window')) {
    run = JOBS.import.next(handedAt + random.int(IMPORT_WINDOW / MINUTE + 10, IMPORT_WINDOW / MINUTE + 60) * MINUTE);
    path.strike(
      ERP,
      'create',
      run,
      `imported ${Math.round((run - handedAt) / MINUTE)} min after it was handed over; declared are ${IMPORT_WINDOW / MINUTE} min`,
    );
  }
  const createAt = run + (order.index % 100) * 400 + random.int(50, 300);
  const lines = path.has('mismatch/field', 'erp') ? misread(path) : order.lines;
  let durationMs = took(random, 600, createAt);
  if (path.has('delay/step', 'create')) {
    durationMs = Math.round(600 * path.injection!.factor);
    path.strike(ERP, 'create', createAt, `took ${durationMs} ms, usually about 600 ms`);
  }
  if (path.has('error/failed', 'create')) {
    path.write('erp', ERP, createAt, 'create', {
      ok: false,
      durationMs,
      salesOrder,
      lines,
      text: `Material ${lines[0]!.item} is locked for sales`,
    });
    path.strike(ERP, 'create', createAt, 'creating the sales order failed and was not tried again; nothing follows');
    return undefined;
  }
  path.write('erp', ERP, createAt, 'create', { durationMs, salesOrder, lines, text: 'Standard order created' });
  if (lines !== order.lines) path.strike(ERP, 'create', createAt, `quantity ${quantityOf(lines)} instead of ${quantityOf(order.lines)}`);
  if (path.has('gap/stopped', 'create')) {
    path.strike(ERP, 'create', createAt, 'created, and then nothing');
    return undefined;
  }
  const decideAt = later(random, createAt + durationMs, 4 * MINUTE);
  const accepted = !path.has('error/failed', 'refuse');
  const said = { durationMs: took(random, 250, decideAt), salesOrder, lines };
  if (accepted) path.write('erp', ERP, decideAt, 'confirm', { ...said, text: 'Availability confirmed' });
  else {
    path.write('erp', ERP, decideAt, 'reject', { ...said, text: 'Credit limit exceeded' });
    path.strike(ERP, 'reject', decideAt, 'the order was refused, and the response says so; nothing follows');
  }
  return { at: decideAt + said.durationMs, accepted, lines };
}

/** Cases taken for pieces, or a digit too many. */
function misread(path: Path): readonly OrderLine[] {
  const factor = path.random.pick([6, 12, 10]);
  return path.order.lines.map((line, i) => (i === 0 ? { ...line, quantity: line.quantity * factor } : line));
}
