import { describe, expect, it } from 'vitest';
import { isTorn } from './torn-line.ts';

const WHOLE = '2026-03-05 10:29:47.175 +0100 INFO  [exec-1] d.h.claims.Gateway [claim=26-0004068, took=140ms] - dossier "D-1" handed over';

describe('a line that the next one tells whole', () => {
  it.each(['2026-03-05 10:29:4', '… took=140', '… [claim=26-0004068,', '… took=140ms] -', '… dossier "D-1', '… claim'])(
    'is torn: %s',
    (end) => {
      const cut = WHOLE.slice(0, WHOLE.indexOf(end.replace('… ', '')) + end.replace('… ', '').length);
      expect(isTorn(cut, WHOLE)).toBe(true);
    },
  );

  it('is whole where it ends with a word, and nothing is open', () => {
    expect(isTorn('10:00:00 order 42 retry', '10:00:00 order 42 retry failed')).toBe(false);
  });

  it('is whole where the next is the same, or another one', () => {
    expect(isTorn(WHOLE, WHOLE)).toBe(false);
    expect(isTorn('10:00:00 order 4', '10:00:00 order 5 sent')).toBe(false);
  });
});
