import { numberOf } from '../journey/index.ts';
import type { Attribute } from '../model/event.ts';

/** Powers of ten that tell a mistaken unit, and tax rates that tell net against gross. */
const FACTORS: readonly { readonly factor: number; readonly meaning: string }[] = [
  { factor: 100, meaning: 'cents taken for whole units' },
  { factor: 1000, meaning: 'a unit that is a thousand times smaller' },
  { factor: 10, meaning: 'a decimal point that moved by one digit' },
  { factor: 1.19, meaning: 'gross against net at 19 % tax' },
  { factor: 1.2, meaning: 'gross against net at 20 % tax' },
  { factor: 1.21, meaning: 'gross against net at 21 % tax' },
  { factor: 1.25, meaning: 'gross against net at 25 % tax' },
  { factor: 1.07, meaning: 'gross against net at 7 % tax' },
];
/** Amounts are rounded to cents: a ratio is the factor when it meets it within half a cent of the smaller amount. */
const CENT = 0.005;

/** What a difference between two values looks like, as a sentence; undefined when it looks like nothing known. */
export function fieldHint(right: Attribute, wrong: Attribute): string | undefined {
  const x = numberOf(right);
  const y = numberOf(wrong);
  if (x !== undefined && y !== undefined) return numberHint(x, y);
  const a = dateParts(right.text);
  const b = dateParts(wrong.text);
  if (a !== undefined && b !== undefined && a.year === b.year && a.first === b.second && a.second === b.first)
    return 'Day and month are swapped.';
  return undefined;
}

function numberHint(x: number, y: number): string | undefined {
  if (x === 0 || y === 0) return undefined;
  if (x === -y) return 'The sign differs.';
  const larger = Math.max(Math.abs(x), Math.abs(y));
  const smaller = Math.min(Math.abs(x), Math.abs(y));
  for (const { factor, meaning } of FACTORS) {
    if (Math.abs(larger / factor - smaller) <= CENT + 1e-9 * larger) return `The factor is ${factor}: ${meaning}.`;
  }
  return swappedDigits(x, y) ? 'Two digits are swapped.' : undefined;
}

/** 119.10 against 191.10: the same digits, two neighbours exchanged. */
function swappedDigits(x: number, y: number): boolean {
  const a = x.toFixed(2);
  const b = y.toFixed(2);
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function dateParts(text: string | undefined): { readonly year: string; readonly first: string; readonly second: string } | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)\b/.exec(text ?? '');
  if (iso !== null) return { year: iso[1] as string, first: iso[2] as string, second: iso[3] as string };
  const local = /^(\d\d)[./](\d\d)[./](\d{4})\b/.exec(text ?? '');
  return local === null ? undefined : { year: local[3] as string, first: local[1] as string, second: local[2] as string };
}
