import { describe, expect, it } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const HOUR = 3_600_000_000;
const claim = (n: number): string => `claim:26-${4_000 + n}`;
const dossier = (n: number): string => `dossier:D${7_000 + 13 * n}`;
const notice = (n: number): string => `notice:NT-${9_000 + 7 * n}`;

/** Claims of which some have a dossier, which more systems know. */
function claims(count: number, hasDossier: (n: number) => boolean): Told[] {
  return Array.from({ length: count }, (_, n): Told[] => {
    const at = n * HOUR;
    const story: Told[] = [
      { at, system: 'portal', ids: [notice(n)] },
      { at: at + 1, system: 'claims', ids: [notice(n), claim(n)] },
      { at: at + 1, system: 'policy', ids: [claim(n)] },
    ];
    if (!hasDossier(n)) return [...story, { at: at + 2, system: 'claims', ids: [claim(n)] }];
    return [
      ...story,
      { at: at + 2, system: 'claims', ids: [claim(n), dossier(n)] },
      ...['assessors', 'payments', 'ledger'].map((system, i): Told => ({ at: at + 3 + i, system, ids: [dossier(n)] })),
    ];
  }).flat();
}

describe('of two that go together one to one', () => {
  it('the one that exists without the other owns, though more systems know the other', () => {
    const { relation, root } = tell(claims(60, (n) => n % 10 !== 0));
    expect(relation('claim', 'dossier')).toMatchObject({ cardinality: '1:1', owner: 'claim' });
    expect([root(dossier(1)), root(claim(10)), root(notice(10))]).toEqual(['claim 26-4001', 'claim 26-4010', 'claim 26-4010']);
  });

  it('does so however much data there is', () => {
    const owners = [20, 40, 80, 160].map((count) => tell(claims(count, (n) => n % 10 !== 0)).relation('claim', 'dossier')?.owner);
    expect(new Set(owners)).toEqual(new Set(['claim']));
  });

  it('the one that more systems know owns where neither is without the other', () => {
    expect(tell(claims(60, () => true)).relation('dossier', 'claim')?.owner).toBe('dossier');
  });

  it('the one that more systems know owns where the other usually leads nowhere', () => {
    // Most sessions end without an order: they are no orders that stopped.
    const session = (n: number): string => `visit:V${5_000 + 3 * n}`;
    const order = (n: number): string => `order:SO-${1_000 + n}`;
    const visits = Array.from({ length: 100 }, (_, n): Told[] => {
      const at = n * HOUR;
      if (n % 5 !== 0) return [{ at, system: 'web', ids: [session(n)] }];
      return [
        { at, system: 'web', ids: [session(n), order(n)] },
        { at: at + 1, system: 'erp', ids: [order(n)] },
      ];
    });
    expect(tell(visits.flat()).relation('order', 'visit')?.owner).toBe('order');
  });
});
