/**
 * The three kinds of error, each with a stable code. `UserError` is shown to the user as one sentence; `Cancelled` is silent;
 * everything else that is thrown is a bug and is reported with its context.
 */
export const ERROR_CODES = [
  'not-found',
  'invalid-input',
  'file-unreadable',
  'file-empty',
  'format-unknown',
  'archive-unsafe',
  'profile-invalid',
  'passport-invalid',
  'identity-contradiction',
  'workspace-foreign',
  'workspace-newer',
  'workspace-busy',
  'workspace-corrupt',
  'query-rejected',
  'query-failed',
  'limit-exceeded',
  'ui-missing',
  'cancelled',
  'bug',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Something the user can understand and act on: what happened, where, and what to try. */
export class UserError extends Error {
  readonly code: ErrorCode;
  /** The file and place, when there is one: `orders.csv, line 17`. */
  readonly place: string | undefined;

  constructor(code: ErrorCode, message: string, place?: string) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.place = place;
  }
}

/** The user stopped it. Never logged as a failure. */
export class Cancelled extends Error {
  readonly code: ErrorCode = 'cancelled';
  constructor(what: string) {
    super(`${what} was cancelled`);
    this.name = 'Cancelled';
  }
}

/** For the `default` of an exhaustive switch: the compiler rejects it when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
