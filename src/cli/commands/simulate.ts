import { UserError } from '../../model/errors.ts';
import { companyOf, coverageGiven, durationGiven, namedRates, simulate, skewGiven } from '../../simulate/index.ts';
import { count, jsonLine, type Output } from '../print.ts';

export interface SimulateFlags {
  readonly out: string;
  readonly company: string;
  readonly orders: string;
  readonly seed: string;
  readonly format: string;
  readonly faults: string;
  readonly skew?: readonly string[];
  readonly partial?: readonly string[];
  readonly overlap: string;
  readonly noise: string;
  readonly broken: string;
  readonly json?: boolean;
}

/** Writes the logs of a made-up company and `truth.json`. */
export async function simulateCommand(output: Output, flags: SimulateFlags): Promise<number> {
  const orders = wholeNumber(flags.orders, '--orders');
  const seed = wholeNumber(flags.seed, '--seed');
  if (flags.format !== 'company' && flags.format !== 'ndjson')
    throw new UserError('invalid-input', `--format is "company" or "ndjson", not "${flags.format}"`);
  const company = companyOf(flags.company);
  const { places } = company.faults;
  const faults = namedRates(flags.faults, places);
  if (faults === undefined)
    throw new UserError(
      'invalid-input',
      `--faults is none, usual, all, or some of ${Object.keys(places).join(', ')}, not "${flags.faults}"`,
    );
  const summary = await simulate({
    out: flags.out,
    company: company.id,
    orders,
    seed,
    format: flags.format,
    faults,
    skews: flags.skew?.map(skewGiven),
    coverage: flags.partial?.map(coverageGiven),
    overlapMs: durationGiven(flags.overlap, '--overlap'),
    noise: Number(flags.noise),
    broken: Number(flags.broken),
  });
  if (flags.json) jsonLine(output, summary);
  else {
    const zone = summary.zone === undefined ? '' : `; import it with --timezone ${summary.zone}`;
    const cases = count(summary.orders, company.cases.one, company.cases.many);
    output.out(`${cases}, ${count(summary.events, 'event')} in ${flags.out}; what is wrong with them stands in truth.json${zone}\n`);
  }
  return 0;
}

function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new UserError('invalid-input', `${flag} takes a whole number, not "${text}"`);
  return value;
}
