import { CommanderError } from 'commander';
import { ORPCError } from '@orpc/server';
import { Cancelled, UserError } from '../model/errors.ts';
import { safe, type Output } from './print.ts';
import { createProgram, type Outcome } from './program.ts';

/** 0 done, 1 failed, 2 wrong usage, 3 done but with rejected entries under `--strict`. */
export async function run(args: readonly string[]): Promise<void> {
  const output: Output = {
    out: (text) => process.stdout.write(text),
    log: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    interactive: process.stderr.isTTY,
    width: process.stdout.columns ?? 120,
  };
  // `waybill records --json | head` closes the pipe: that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await execute(args, output);
}

/** Runs one command line; answers the exit code. */
export async function execute(args: readonly string[], output: Output): Promise<number> {
  const outcome: Outcome = { exitCode: 0 };
  try {
    await createProgram(output, outcome).parseAsync(args, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.log(`waybill: ${safe(sentence(error))}\n`);
    if (args.includes('--debug') && error instanceof Error) output.log(`${error.stack ?? ''}\n`);
    return isUsage(error) ? 2 : 1;
  }
}

function sentence(error: unknown): string {
  if (error instanceof UserError || error instanceof Cancelled) return error.message;
  if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return inputProblem(error) ?? error.message;
  return `something unexpected happened: ${error instanceof Error ? error.message : String(error)} (--debug shows where)`;
}

/** Input that the contract refuses comes with the schema's issues: the first one says what is wrong. */
function inputProblem(error: ORPCError<string, unknown>): string | undefined {
  const data = error.data as
    | { readonly issues?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[] }
    | undefined;
  const issue = data?.issues?.[0];
  return issue === undefined ? undefined : `${issue.path?.at(-1) ?? 'input'}: ${issue.message}`;
}

function isUsage(error: unknown): boolean {
  if (error instanceof UserError) return error.code === 'invalid-input';
  return error instanceof ORPCError && inputProblem(error) !== undefined;
}
