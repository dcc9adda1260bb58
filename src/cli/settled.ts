import { UserError, type ErrorCode } from '../model/errors.ts';
import type { Session } from './session.ts';

/** Waits for the end of a job. Throws the error it ended with. */
export async function settled({ client }: Session, job: string): Promise<void> {
  let error: { readonly code: string; readonly message: string } | null = null;
  for await (const progress of await client.jobs.watch({ job })) error = progress.error;
  if (error !== null) throw new UserError(error.code as ErrorCode, error.message);
}
