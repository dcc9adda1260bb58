import { describe, expect, it } from 'vitest';
import { BackwardHops } from './backward-hops.ts';
import { Clocks } from './clocks.ts';

interface Entry {
  readonly at: number;
  readonly durationMs: number;
  readonly system: string;
  readonly name: string;
}

const entry = (system: string, name: string, at: number): Entry => ({ at, durationMs: 0, system, name });

/** A hundred cases: the shop sells, the ERP creates 10 s later, the CRM hears of it a minute later; in every other case before the shop archives. */
function most(...skews: ConstructorParameters<typeof Clocks>[1]) {
  const hops = new BackwardHops<Entry>(new Clocks(0, skews), ({ name }) => name);
  for (let i = 0; i < 100; i++) {
    const at = i * 1_000_000;
    hops.observe([
      entry('crm', 'update', at + 70_000),
      entry('shop', 'sell', at),
      entry('erp', 'create', at + 10_000),
      entry('shop', 'archive', at + (i % 2 === 0 ? 71_000 : 69_000)),
    ]);
  }
  return hops.most();
}

describe('hops that a clock turns round', () => {
  it('counts those of one kind', () => {
    expect(most({ system: 'erp', offsetMs: -11_000, driftPpm: 0 })).toEqual({ erp: 100 });
    expect(most({ system: 'erp', offsetMs: -9_000, driftPpm: 0 })).toEqual({});
  });

  it('says nothing of a clock that makes waits longer, nor of steps in both orders', () => {
    expect(most({ system: 'crm', offsetMs: 5_000, driftPpm: 0 })).toEqual({});
    expect(most()).toEqual({});
  });

  it('counts each clock by itself', () => {
    // Both are off by as much, so that nothing runs backwards between them: but each does against the true time.
    expect(most({ system: 'shop', offsetMs: 20_000, driftPpm: 0 }, { system: 'erp', offsetMs: 20_000, driftPpm: 0 })).toEqual({
      shop: 100,
    });
  });
});
