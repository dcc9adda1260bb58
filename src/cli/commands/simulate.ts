import { UserError } from '../../model/errors.ts';
import { simulate } from '../../simulate/index.ts';
import { count, jsonLine, type Output } from '../print.ts';

export interface SimulateFlags {
  readonly out: string;
  readonly orders: string;
  readonly seed: string;
  readonly format: string;
  readonly json?: boolean;
}

/** Writes the logs of the made-up company and `truth.json`. */
export async function simulateCommand(output: Output, flags: SimulateFlags): Promise<number> {
  const orders = wholeNumber(flags.orders, '--orders');
  const seed = wholeNumber(flags.seed, '--seed');
  if (flags.format !== 'company' && flags.format !== 'ndjson')
    throw new UserError('invalid-input', `--format is "company" or "ndjson", not "${flags.format}"`);
  const summary = await simulate({ out: flags.out, orders, seed, format: flags.format });
  if (flags.json) jsonLine(output, summary);
  else
    output.out(
      `${count(summary.orders, 'order')}, ${count(summary.events, 'event')} in ${flags.out}; what is wrong with them stands in truth.json\n`,
    );
  return 0;
}

function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new UserError('invalid-input', `${flag} takes a whole number, not "${text}"`);
  return value;
}
