import { DAY, HOUR, MINUTE } from '../calendar.ts';
import { berlinOffset } from '../local-time.ts';

/** When a job runs. All times are epoch milliseconds; days and hours are those of the wholesaler's warehouse (Berlin). */
export interface Schedule {
  /** The first run at or after `at`. */
  next(at: number): number;
  /** Usual wait for the next run: half of what lies between two of a working day. */
  readonly usualWait: number;
}

/** Runs every `minutes`, `offset` minutes after the full hour, day and night. */
export function every(minutes: number, offset: number): Schedule {
  const period = minutes * MINUTE;
  return { usualWait: period / 2, next: (at) => Math.ceil((at - offset * MINUTE) / period) * period + offset * MINUTE };
}

/** Runs at these local hours (`5.5` is 05:30), Monday to Saturday. */
export function workingDays(...hours: readonly number[]): Schedule {
  return {
    usualWait: DAY / hours.length / 2,
    next: (at) => {
      for (let midnight = localMidnight(at); ; midnight = localMidnight(midnight + 36 * HOUR)) {
        if (weekday(midnight) === 0) continue;
        for (const hour of hours) {
          const run = midnight + hour * HOUR;
          if (run >= at) return run;
        }
      }
    },
  };
}

function localMidnight(at: number): number {
  const local = at + berlinOffset(at);
  const midnight = Math.floor(local / DAY) * DAY;
  return midnight - berlinOffset(midnight - HOUR);
}

/** Sunday is 0. */
function weekday(midnight: number): number {
  return new Date(midnight + berlinOffset(midnight)).getUTCDay();
}

/** The wholesaler's jobs. */
export const JOBS = {
  /** The translator fetches mailboxes. */
  fetch: every(5, 2),
  /** The ERP posts what the translator handed over. */
  import: every(15, 4),
  /** Order responses go out. */
  response: every(60, 40),
  /** Deliveries are made from confirmed orders. */
  deliveries: workingDays(4.5, 12.5),
  /** The warehouse releases what is to be picked. */
  wave: workingDays(6, 10, 14),
  /** Ship notices go out. */
  notice: every(30, 15),
  /** Invoices are made. */
  billing: workingDays(21),
  /** Invoices go out. */
  invoices: workingDays(23.5),
} as const;

/** When a retailer that sends at these hours (UTC) sends what it has at `at`: the first of them at or after. */
export function sending(hours: readonly number[], at: number): number {
  for (let day = Math.floor(at / DAY) * DAY; ; day += DAY) {
    for (const hour of hours) if (day + hour * HOUR >= at) return day + hour * HOUR;
  }
}
