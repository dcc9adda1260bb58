/**
 * The normal forms of a status. Every platform's words are mapped to one of these (`src/intake/profiles/vocabulary.ts`);
 * the original word is always kept beside it.
 * The order is the database code: never reorder, only append. `unknown` is 0 so that a zeroed column means "not known".
 */
export const STATUSES = [
  'unknown',
  'started',
  'running',
  'waiting',
  'succeeded',
  'succeeded-with-warning',
  'failed',
  'retried',
  'cancelled',
  'timed-out',
  'skipped',
  'discarded',
] as const;
export type Status = (typeof STATUSES)[number];

const CODES: ReadonlyMap<string, number> = new Map(STATUSES.map((status, code) => [status, code]));

/** The database code of a status. */
export function statusCode(status: Status): number {
  return CODES.get(status) ?? 0;
}

/** The status of a database code; an unknown code (from a newer file) is `unknown`. */
export function statusOf(code: number): Status {
  return STATUSES[code] ?? 'unknown';
}

/** Whether nothing more is expected of the attempt that has this status. */
export function isTerminal(status: Status): boolean {
  switch (status) {
    case 'succeeded':
    case 'succeeded-with-warning':
    case 'failed':
    case 'cancelled':
    case 'timed-out':
    case 'skipped':
    case 'discarded':
      return true;
    case 'unknown':
    case 'started':
    case 'running':
    case 'waiting':
    case 'retried':
      return false;
  }
}

/** Whether an attempt with this status went wrong and would normally be tried again. */
export function isFailure(status: Status): boolean {
  return status === 'failed' || status === 'timed-out' || status === 'retried';
}

/** Whether an attempt with this status did what it was meant to do. */
export function isSuccess(status: Status): boolean {
  return status === 'succeeded' || status === 'succeeded-with-warning';
}
