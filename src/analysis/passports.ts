import { readPassport } from '../flows/index.ts';
import type { Passport } from '../flows/index.ts';
import type { Db } from '../workspace/open.ts';
import { keptPassports } from '../workspace/passports.ts';

/** The passports that a workspace is judged by. One that this version cannot read declares nothing: the list of passports says why. */
export function passportsOf(db: Db): Passport[] {
  return keptPassports(db).flatMap(({ yaml }) => readPassport(yaml).passport ?? []);
}
