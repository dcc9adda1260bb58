import { describe, expect, it } from 'vitest';
import { checkPassport } from '../src/flows/index.ts';
import { COMPANIES } from '../src/simulate/index.ts';

describe('the passports of made-up companies', () => {
  it.each(COMPANIES.flatMap(({ id, passports = [] }) => passports.map(({ name, yaml }) => [id, name, yaml] as const)))(
    '%s: %s can be used and is complete',
    (_, name, yaml) => {
      const checked = checkPassport(yaml);
      expect(checked.complaints).toEqual([]);
      expect(checked.passport?.name).toBe(name);
    },
  );

  it('cover the fault that misses a window', () => {
    for (const { faults, passports } of COMPANIES) expect(faults.places['delay/window'] === undefined).toBe(passports === undefined);
  });
});
