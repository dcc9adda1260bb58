import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withPassports } from '../../flows/index.ts';
import { checkPassport } from '../../flows/passport/lint.ts';
import { COMPLETENESS_FACTORS, completenessShare, percentText, type Completeness, type FactorDetail } from '../../model/completeness.ts';
import { later, ORDER, patch, until } from '../detectors/testing.ts';
import { BETWEEN, healthyLines, world, type Edit, type WorldOptions } from '../testing.ts';
import { completenessOf } from './completeness.ts';

/** How complete one order is among healthy ones; with a passport where one is given. */
function complete(edit: Edit, options: WorldOptions & { readonly order?: number; readonly rules?: string } = {}): Completeness {
  const { order = ORDER, rules } = options;
  const { journeys, context, expectations } = world({ ...options, edits: { [order]: edit } });
  const checked = rules === undefined ? undefined : checkPassport(`passport: o2c\nrecord: order\nowner: us\n${rules}`);
  if (checked !== undefined && checked.passport === undefined) throw new Error(JSON.stringify(checked.complaints));
  const passports = checked?.passport === undefined ? [] : [checked.passport];
  return completenessOf(journeys[order]!, { ...context, expectations: withPassports(expectations, passports) });
}

const same: Edit = (lines) => lines;
const without =
  (...systems: readonly string[]): Edit =>
  (lines) =>
    lines.filter(({ system }) => !systems.includes(system));

const counts = ({ met, of }: FactorDetail): string => `${met} of ${of}`;
const lacks = (factor: FactorDetail): string[] => factor.lacks.map(({ name, why }) => `${name}: ${why}`);
const undecided = (factor: FactorDetail): string[] => factor.undecided.map(({ name, why }) => `${name}: ${why}`);

describe('completeness', () => {
  it('is whole where all that is usual came, agrees and was on time', () => {
    const { systems, fields, times } = complete(same);
    // It began in the shop: that it comes back there says nothing of another system.
    expect(counts(systems)).toBe('3 of 3');
    expect(counts(fields)).toBe('2 of 2');
    expect(times.met).toBe(times.of);
    expect(times.of).toBeGreaterThan(8);
    expect([...systems.undecided, ...fields.undecided, ...times.undecided]).toEqual([]);
    expect(completenessShare({ systems, fields, times })).toBe(1);
  });

  it('lacks a system that never heard of the record', () => {
    const { systems, times } = complete(without('crm'));
    expect(counts(systems)).toBe('2 of 3');
    expect(lacks(systems)).toEqual(['crm: never heard of the record']);
    expect(lacks(times)).toEqual(['crm update: never came']);
  });

  it('counts all that a lost message kept from coming, each in its own time', () => {
    const { systems, times } = complete((lines) => lines.slice(0, 1));
    expect(counts(systems)).toBe('0 of 3');
    expect(times.met).toBe(0);
    expect(lacks(times)).toContain('wms ship: never came');
    // The last orders before the end of the data: the ERP is overdue, the ship notice is not.
    const young = complete((lines) => lines.slice(0, 1), { order: 199, after: -300 });
    expect(lacks(young.systems)).toEqual(expect.arrayContaining(['erp: never heard of the record']));
    expect(undecided(young.times).join()).toContain('wms ship: had not come yet, in its time');
  });

  it('counts nothing that a log could not show, and says so', () => {
    const { systems, times } = complete(same, { order: 170, endsAt: { crm: 150 * BETWEEN } });
    expect(counts(systems)).toBe('2 of 2');
    expect(undecided(systems)).toEqual(['crm: cannot be seen: it was not logged then']);
    expect(times.met).toBe(times.of);
  });

  it('counts nothing whose time is not over', () => {
    const { systems, fields, times } = complete(same, { order: 199, after: -560 });
    expect(systems.met).toBe(systems.of);
    expect(systems.undecided.length + times.undecided.length).toBeGreaterThan(0);
    expect(completenessShare({ systems, fields, times }) ?? 1).toBe(1);
  });

  it('is not known where too few journeys show what is usual', () => {
    const few = complete(same, { orders: 5, order: 2 });
    expect(COMPLETENESS_FACTORS.map((name) => few[name].of)).toEqual([0, 0, 0]);
    expect(few.systems.unknown).toBe('fewer than 30 comparable journeys show which systems it has to reach');
    expect(completenessShare(few)).toBeUndefined();
  });

  it('does not call a system reached in which all failed, nor what a failure kept from coming', () => {
    const failed: Edit = (lines) => [...until('create')(lines, 0), { system: 'erp', step: 'create', at: 5, took: 1, status: 'failed' }];
    const { systems, times } = complete(failed);
    expect(lacks(systems).toSorted()).toEqual([
      'crm: never heard of the record',
      'erp: all that happened there failed',
      'wms: never heard of the record',
    ]);
    expect(lacks(times)).toContain('erp create: failed, and was not made good');
    expect(times.lacks.find(({ name }) => name === 'erp create')?.step).toBe('s2');
  });

  it('excuses a variant that does not go on', () => {
    const cancel: Edit = (lines) => [...until('ship')(lines, 0), { system: 'shop', step: 'cancel', at: 400 }];
    const edits = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i * 15, cancel]));
    const { journeys, context } = world({ edits });
    const { systems, fields, times } = completenessOf(journeys[15]!, context);
    expect([...systems.lacks, ...fields.lacks, ...times.lacks]).toEqual([]);
    expect(systems.met).toBeGreaterThan(0);
  });

  it('lacks a field on which one system differs, once', () => {
    const { fields } = complete(patch('export', (line) => [line.system === 'erp' ? { ...line, attributes: { amount: 7 } } : line]));
    expect(counts(fields)).toBe('1 of 2');
    expect(lacks(fields)).toEqual([
      expect.stringMatching(/^amount of order SO-1100: .* says .*, .* 7$|^amount of order SO-1100: erp says 7/),
    ]);
  });

  it('does not count a difference that may yet be put right', () => {
    const edit = patch('create', { attributes: { amount: 7 } });
    const young = complete((lines) => until('export')(edit(lines, 0), 0), { order: 199, after: -595 });
    expect(young.fields.lacks).toEqual([]);
    expect(young.fields.unknown).not.toBeUndefined();
  });

  it('says what was late, and by how much', () => {
    const { systems, times } = complete(later('ship', 40_000));
    expect(counts(systems)).toBe('3 of 3');
    expect(times.of - times.met).toBe(1);
    expect(lacks(times)).toEqual([expect.stringMatching(/^wms ship: came 11 h .* after wms allocate, usually 1[0-9] m/)]);
  });
});

describe('what a passport declares', () => {
  it('counts windows, and needs no number of journeys', () => {
    const rules =
      'systems:\n  - system: billing\n    window: within 1 h of erp.confirm\nsteps:\n  - step: wms.ship\n    window: within 20 min of erp.confirm\n';
    const { systems, times } = complete(later('ship', 3000), { orders: 5, order: 2, rules });
    expect(lacks(times)).toContainEqual(expect.stringMatching(/^wms ship: came .* too late: within 20 min of erp confirm is declared$/));
    expect(undecided(systems)).toEqual(['billing: cannot be seen: it was not logged then']);
    expect(counts(systems)).toBe('1 of 1');
    const { times: kept } = complete(same, { rules: 'steps:\n  - step: wms.ship\n    window: within 3 h of erp.confirm\n' });
    expect(kept.lacks).toEqual([]);
  });
});

describe('the counts', () => {
  it('go together, and losing steps never makes a journey more complete', () => {
    fc.assert(
      fc.property(
        fc.subarray(
          healthyLines(ORDER)
            .map((_, i) => i)
            .slice(1),
        ),
        (lost) => {
          const whole = complete(same);
          const part = complete((lines) => lines.filter((_, i) => !lost.includes(i)));
          for (const name of COMPLETENESS_FACTORS) {
            const { met, of, lacks: lacking, unknown } = part[name];
            expect(of - met).toBe(lacking.length);
            expect(of === 0).toBe(unknown !== undefined);
          }
          expect(part.systems.met).toBeLessThanOrEqual(whole.systems.met);
          expect(part.systems.of).toBeLessThanOrEqual(whole.systems.of);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('multiply where they are known, and only there', () => {
    const half = { met: 1, of: 2 };
    expect(completenessShare({ systems: half, fields: { met: 0, of: 0 }, times: { met: 3, of: 4 } })).toBe(0.375);
    expect(completenessShare({ systems: half, fields: { met: 0, of: 3 }, times: half })).toBe(0);
    expect([null, 1, 0.9999, 0.345, 0].map(percentText)).toEqual(['—', '100 %', '99 %', '35 %', '0 %']);
  });
});
