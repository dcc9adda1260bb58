import type { Status } from '../../model/status.ts';
import { isFailure, isSuccess, isTerminal } from '../../model/status.ts';
import type { StatusFormat } from './vocabulary.ts';

/** What one field of an entry says about how it went. */
export interface StatusEvidence {
  /** What the field is called, for the note on a disagreement. */
  readonly name: string;
  readonly raw: string;
  readonly format: StatusFormat;
  readonly status: Status;
}

export interface StatusVerdict {
  readonly status: Status;
  readonly raw: string;
  /** `finished=true`: what other fields say, where that is something else. */
  readonly disagreement: string | undefined;
}

/**
 * One status from what several fields say: an end goes before anything that is still open, a word or code before a mere flag, the field named
 * first before the others. An end whose outcome nobody tells (`status: running`, `finished: true`) is unknown: success is never guessed.
 * Success beside a count of errors is success with a warning.
 */
export function weighStatus(evidence: readonly StatusEvidence[]): StatusVerdict {
  const known = evidence.filter((one) => one.status !== 'unknown');
  const ends = known.filter((one) => isTerminal(one.status));
  const pool = ends.length > 0 ? ends : known;
  const best = pool.find((one) => !isFlag(one.format)) ?? pool[0] ?? evidence.find((one) => !isFlag(one.format)) ?? evidence[0];
  if (best === undefined) return { status: 'unknown', raw: '', disagreement: undefined };
  const ended = evidence.some((one) => one.format === 'finished-flag' && isTrue(one.raw));
  const others = evidence.filter((one) => one !== best && disagrees(best, one));
  const errors = others.some((one) => one.format === 'error-count') && isSuccess(best.status);
  const status = errors ? 'succeeded-with-warning' : ended && isOpen(best.status) ? 'unknown' : best.status;
  const told = others.filter((one) => !(errors && one.format === 'error-count'));
  return { status, raw: best.raw, disagreement: told.length === 0 ? undefined : told.map(({ name, raw }) => `${name}=${raw}`).join(', ') };
}

function isFlag(format: StatusFormat): boolean {
  return format === 'success-flag' || format === 'failure-flag' || format === 'finished-flag' || format === 'error-count';
}

function isTrue(raw: string): boolean {
  return /^(?:true|1|yes|y)$/i.test(raw);
}

function isOpen(status: Status): boolean {
  return status === 'started' || status === 'running' || status === 'waiting';
}

function disagrees(best: StatusEvidence, other: StatusEvidence): boolean {
  if (other.format === 'finished-flag')
    return isTrue(other.raw) ? isOpen(best.status) : isTerminal(best.status) && /^(?:false|0|no|n)$/i.test(other.raw);
  if (other.status === 'unknown') return false;
  return outcome(best.status) !== outcome(other.status);
}

function outcome(status: Status): string {
  if (isSuccess(status)) return 'success';
  if (isFailure(status)) return 'failure';
  return isOpen(status) ? 'open' : status;
}
