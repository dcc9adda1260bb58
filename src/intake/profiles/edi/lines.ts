import type { Draft } from '../../draft.ts';
import { numberOf } from '../business.ts';
import { identify, tell } from '../payloads/put.ts';

/** A decimal number as EDI writes it: with a point or a comma, leading zeros, a sign on either side. NaN for everything else. */
export function ediNumber(text: string): number {
  const match = /^([+-]?)0*(\d{0,15}(?:[.,]\d{0,9})?)(-?)$/.exec(text);
  if (match === null || !/\d/.test(text)) return Number.NaN;
  const number = Number(match[2] === '' ? 0 : match[2]!.replace(',', '.'));
  return match[1] === '-' || match[3] === '-' ? -number : number;
}

/** Tells an amount or a count in one notation, so that systems can be compared. */
export function tellNumber(draft: Draft, name: string, text: string, path: string): void {
  const number = ediNumber(text);
  tell(draft, name, Number.isNaN(number) ? text : plainDecimal(number), path);
}

/** Binary fractions: what a person added up has six decimals at most. */
function plainDecimal(number: number): string {
  const text = String(Math.round(number * 1e6) / 1e6);
  return Number.isNaN(numberOf(text)) ? '' : text;
}

/** Adds up the quantities of a document's lines. Kilograms and pieces have no sum. */
export class Quantities {
  #count = 0;
  #total = 0;
  #unit: string | undefined;
  #mixed = false;
  #path = '';

  add(text: string, unit: string, path: string): void {
    const number = ediNumber(text);
    if (Number.isNaN(number) || (this.#unit !== undefined && this.#unit !== unit)) this.#mixed = true;
    this.#unit = unit;
    this.#total += number;
    this.#path = path;
    this.#count++;
  }

  tell(draft: Draft): void {
    if (this.#count > 0 && !this.#mixed) tell(draft, 'quantity', plainDecimal(this.#total), this.#path);
  }
}

/** Packages beyond which a document lists a stock and tells the story of none: an entry that names many records ties them to nothing. */
const MOST_PACKAGES = 20;

/** Collects the numbers of packages. */
export class Packages {
  readonly #found: { readonly value: string; readonly path: string }[] = [];

  add(value: string, path: string): void {
    if (value !== '' && this.#found.length <= MOST_PACKAGES) this.#found.push({ value, path });
  }

  tell(draft: Draft): void {
    if (this.#found.length > MOST_PACKAGES) return;
    for (const { value, path } of this.#found) identify(draft, 'package', value, path);
  }
}
