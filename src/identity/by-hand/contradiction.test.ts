import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { said } from '../testing.ts';
import { contradiction } from './contradiction.ts';
import { Units } from './units.ts';

type Said = readonly [what: string, a: string, b: string];

/** Whether the last of some decisions can be said after the others. */
function last(...wishes: readonly Said[]): string | undefined {
  const decisions = said(...wishes);
  return contradiction(decisions.slice(0, -1), decisions.at(-1)!);
}

describe('what contradicts what was said before', () => {
  it('is a split of what was merged, over any number of steps, and the other way round', () => {
    expect(last(['merge', 'order:1', 'order:2'], ['merge', 'order:2', 'order:3'], ['split', 'order:1', 'order:3'])).toContain('decision 2');
    expect(last(['merge', 'order:1', 'order:2'], ['split', 'order:2', 'order:3'], ['merge', 'order:1', 'order:3'])).toContain('decision 2');
    expect(last(['merge', 'order:1', 'order:2'], ['split', 'order:3', 'order:4'], ['merge', 'order:1', 'order:3'])).toBeUndefined();
  });

  it('is a link of what was unlinked, also under another spelling', () => {
    expect(last(['merge', 'order:1', 'order:2'], ['unlink', 'order:1', 'shipment:9'], ['link-owns', 'order:2', 'shipment:9'])).toContain(
      'decision 2',
    );
    expect(last(['link-relates', 'order:1', 'shipment:9'], ['unlink', 'shipment:9', 'order:1'])).toContain('decision 1');
  });

  it('is a merge by which a link and its opposite meet', () => {
    const before: readonly Said[] = [
      ['link-owns', 'order:1', 'shipment:9'],
      ['unlink', 'order:2', 'shipment:9'],
    ];
    expect(last(...before, ['merge', 'order:1', 'order:2'])).toContain('contradicts decision 2');
    expect(last(...before, ['merge', 'order:1', 'order:3'])).toBeUndefined();
  });

  it('is a second owner, and a circle of owners', () => {
    expect(last(['link-owns', 'order:1', 'shipment:9'], ['link-owns', 'order:2', 'shipment:9'])).toContain('decision 1');
    expect(last(['link-owns', 'order:1', 'order:2'], ['link-owns', 'order:2', 'order:3'], ['link-owns', 'order:3', 'order:1'])).toContain(
      'decision 1',
    );
  });

  it('is what says nothing, or twice the same', () => {
    expect(last(['merge', 'order:1', 'order:1'])).toContain('name two');
    expect(last(['merge', 'order:1', 'payment:1'])).toContain('link them instead');
    expect(last(['split', 'order:1', 'payment:1'])).toContain('unlink them instead');
    expect(last(['merge', 'execution:1', 'execution:2'])).toContain('id of a run');
    expect(last(['link-owns', 'execution:1', 'order:2'])).toContain('owns no record');
    expect(last(['merge', 'order:1', 'order:2'], ['merge', 'order:2', 'order:1'])).toContain('said before: decision 1');
    expect(last(['link-relates', 'order:1', 'order:2'], ['link-owns', 'order:1', 'order:2'])).toBeUndefined();
  });
});

describe('units', () => {
  it('never join what must be apart, and keep what was joined first', () => {
    const pair = fc.tuple(fc.boolean(), fc.nat(7), fc.nat(7));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), (steps) => {
        const units = new Units<number>();
        const joined: [number, number][] = [];
        const apart: [number, number][] = [];
        for (const [join, a, b] of steps) {
          if (join) {
            if (units.join(a, b)) joined.push([a, b]);
          } else if (units.keepApart(a, b)) apart.push([a, b]);
          for (const [x, y] of joined) expect(units.of(x)).toBe(units.of(y));
          for (const [x, y] of apart) expect(units.of(x)).not.toBe(units.of(y));
        }
      }),
    );
  });
});
