import type { WireCompleteness, WireCompletenessFactor } from '../api/wire.ts';
import { percentText } from '../model/completeness.ts';
import { paint, safe, type Output } from './print.ts';

/** How complete a journey is: one line a factor, and one for each thing that it lacks. */
export function printCompleteness(output: Output, completeness: WireCompleteness): void {
  const { share, systems, fields, times } = completeness;
  const whole = share === null ? 'not known' : percentText(share);
  output.out(`completeness ${paint(output, share === 1 ? 'green' : share === null ? 'dim' : 'yellow', whole)}\n`);
  printFactor(output, systems, 'other systems reached');
  printFactor(output, fields, 'fields in agreement');
  printFactor(output, times, 'on time');
}

function printFactor(output: Output, { met, of, unknown, lacks, undecided }: WireCompletenessFactor, what: string): void {
  output.out(`  ${unknown === null ? `${met} of ${of} ${what}` : paint(output, 'dim', `${what}: not known, ${safe(unknown)}`)}\n`);
  for (const { name, why } of lacks) output.out(`    ${paint(output, 'yellow', safe(name))}: ${safe(why)}\n`);
  for (const { name, why } of undecided) output.out(paint(output, 'dim', `    not counted: ${safe(name)}, ${safe(why)}`) + '\n');
}
