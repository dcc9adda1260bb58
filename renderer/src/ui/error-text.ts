import type { ErrorCode } from '../../../src/model/errors.ts';

/** What an error says to a person: one sentence, the place when there is one, and what to try. */
export interface ErrorText {
  readonly message: string;
  readonly hint: string | undefined;
  readonly code: string | undefined;
}

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'not-found': 'Search for any other identifier of the same record, or for a part of it.',
  'workspace-busy': 'Another process is writing to this workspace. Wait until it has finished, then try again.',
  'workspace-newer': 'The workspace was written by a newer version of Waybill. Open it with that version.',
  'query-rejected': 'Only a single SELECT over the documented views is allowed.',
  'limit-exceeded': 'Narrow the question: fewer rows, a shorter time, or one more condition.',
  'file-unreadable': 'Check that the file still exists and can be read by this account.',
};

function textField(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, field);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/**
 * Reads whatever was thrown by a call. The engine's errors carry a stable code, either as `code` or in `data.code`
 * (that is how a transport hands it on), and their message is already a sentence for the user.
 */
export function errorText(error: unknown): ErrorText {
  const data: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'data') : undefined;
  const code = textField(data, 'code') ?? textField(error, 'code');
  const message =
    textField(data, 'message') ??
    textField(error, 'message') ??
    (typeof error === 'string' ? error : 'Something failed without saying why');
  const hint = textField(data, 'hint') ?? (code === undefined ? undefined : HINTS[code as ErrorCode]);
  return { message, hint, code };
}

/** Whether the error only says that the user or the page stopped it. */
export function isCancelled(error: unknown): boolean {
  return errorText(error).code === 'cancelled' || textField(error, 'name') === 'AbortError';
}
