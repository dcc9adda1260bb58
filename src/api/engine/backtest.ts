import type { JourneyCursor } from '../../workspace/readers/in-order.ts';
import { Weeks, type BacktestPart } from '../queries/backtest.ts';
import type { WireBacktest, WireBacktestProgress } from '../wire.ts';
import type { Readers } from './readers.ts';

/** Journeys that differ and are named. */
const MOST_DIFFERING = 100;
/** Before the first journey, those without a time included. */
const BEGINNING: JourneyCursor = { from: null, id: 0 };

/**
 * Judges all stored journeys of a passport's type by it, part by part: other questions are answered between two parts, and nothing is left behind when
 * the caller goes. The last message has the result.
 */
export async function* backtest(readers: Readers, yaml: string, signal?: AbortSignal): AsyncGenerator<WireBacktestProgress> {
  const { journeys: total } = await readers.ask('info', [''], signal);
  const weeks = new Weeks();
  const differing: WireBacktest['differing'] = [];
  let journeys = 0;
  let changed = 0;
  let done = 0;
  for (let after: JourneyCursor | undefined = BEGINNING; after !== undefined && signal?.aborted !== true;) {
    const part: BacktestPart = await readers.ask('backtest', [yaml, after], signal);
    for (const { week, kind, before, after: now } of part.weeks) {
      weeks.add(week, kind, 'before', before);
      weeks.add(week, kind, 'after', now);
    }
    differing.push(...part.differing.slice(0, MOST_DIFFERING - differing.length));
    journeys += part.journeys;
    changed += part.changed;
    done += part.done;
    after = part.next;
    const { passport, record } = part;
    const result = after === undefined ? { passport, record, journeys, changed, weeks: weeks.rows(), differing } : null;
    yield { done, total, result };
  }
}
