import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharedFolder } from './shared-folder.ts';

it('finds whole folders only', () => {
  expect(sharedFolder(['exports/may/erp.log', 'exports/may/erp-2.log'])).toBe('exports/may/');
  expect(sharedFolder(['exports/may/erp.log', 'exports/mayor/crm.csv'])).toBe('exports/');
  expect(sharedFolder(['a.csv', 'b.csv'])).toBe('');
  expect(sharedFolder(['exports/may/erp.log'])).toBe('');
  expect(sharedFolder([])).toBe('');
});

it('is the beginning of every path and ends at a folder', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(path, { maxLength: 6 }), (paths) => {
      const folder = sharedFolder(paths);
      expect(folder === '' || folder.endsWith('/')).toBe(true);
      for (const one of paths) expect(one.startsWith(folder)).toBe(true);
    }),
  );
});
