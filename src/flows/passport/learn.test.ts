import { describe, expect, it } from 'vitest';
import { later, patch } from '../../findings/detectors/testing.ts';
import { judge } from '../../findings/judge.ts';
import { taughtBy } from '../../findings/teaching.ts';
import { world } from '../../findings/testing.ts';
import { withPassports } from './declare.ts';
import { learnPassport } from './learn.ts';
import type { TaughtValue } from './learn-taught.ts';
import { checkPassport } from './lint.ts';

const NO_PLACE = { type: 'order', system: undefined, flow: undefined, step: undefined, facet: undefined };

describe('a learned passport', () => {
  const healthy = world();
  const yaml = learnPassport('order', healthy.expectations.byType['order']!)!;

  it('declares what the data shows, with the numbers behind it', () => {
    expect(yaml).toMatchSnapshot();
  });

  it('can be used, and lacks only an owner', () => {
    const { passport, complaints } = checkPassport(yaml, healthy.expectations);
    expect(complaints.map(({ rule }) => rule)).toEqual(['owner-missing']);
    expect(passport?.steps.length).toBeGreaterThan(5);
  });

  it('finds nothing in journeys in which nothing was found', () => {
    const { passport } = checkPassport(yaml);
    const context = { ...healthy.context, expectations: withPassports(healthy.expectations, [passport!]) };
    expect(healthy.journeys.flatMap((journey) => judge(journey, context).findings.map(({ title }) => title))).toEqual(
      healthy.verdicts.flatMap(({ findings }) => findings.map(({ title }) => title)),
    );
  });

  it('needs enough journeys', () => {
    const few = world({ orders: 20 });
    expect(learnPassport('order', few.expectations.byType['order']!)).toBeUndefined();
  });

  it('writes names that YAML would read as something else', () => {
    const odd = world({ rename: (system) => (system === 'erp' ? 'erp: #1 "x"' : system) });
    const text = learnPassport('order', odd.expectations.byType['order']!)!;
    const { passport } = checkPassport(text, odd.expectations);
    expect(passport?.steps.map(({ step }) => step)).toContain('erp: #1 "x".create');
  });
});

describe('what false alarms taught', () => {
  const { expectations, context, journeys } = world({ edits: { 40: later('ship', 40_000), 41: patch('confirm', { took: 3000 }) } });
  const type = expectations.byType['order']!;
  const alarms = [40, 41].flatMap((order) => judge(journeys[order]!, context).findings);
  const values: TaughtValue[] = [
    ...taughtBy(alarms),
    { ...NO_PLACE, kind: 'mismatch', subkind: 'field', system: 'erp', facet: 'amount', parameter: 'difference', value: 0.5251 },
    { ...NO_PLACE, kind: 'retry', subkind: 'hidden', system: 'erp', step: 'create\nnow', parameter: 'attempts', value: 4 },
  ];

  it('is declared where a rule can say it, and stands behind a # where none can', () => {
    expect(alarms.map(({ kind, subkind }) => `${kind}/${subkind}`)).toEqual(expect.arrayContaining(['delay/hop', 'delay/step']));
    const yaml = learnPassport('order', type, undefined, values)!;
    expect(yaml).toMatch(/ {4}takes: 1 h # 52 m 30 s was a false alarm/);
    expect(yaml).toMatch(/window: within 12 h # half within .*; 11 h .* was a false alarm/);
    expect(yaml).toMatch(/ {4}tolerance: 0\.526 #/);
    expect(yaml.trimEnd().split('\n').at(-1)).toBe(
      '# Taught by a false alarm, and no matter of a passport: retry/hidden of erp create now up to 4 attempts',
    );
    const { passport, complaints } = checkPassport(yaml, expectations);
    expect(complaints.map(({ rule }) => rule)).toEqual(['owner-missing']);
    // What was no fault is none under the passport.
    const declared = { ...context, expectations: withPassports(expectations, [passport!]) };
    expect([40, 41].flatMap((order) => judge(journeys[order]!, declared).findings.map(({ title }) => title))).toEqual([]);
  });

  it('is left out of the passport of another type, and of another flow', () => {
    const other = values.map((value) => ({ ...value, type: 'invoice' }));
    expect(learnPassport('order', type, undefined, other)).toBe(learnPassport('order', type));
    expect(learnPassport('order', type, 'nightly', [{ ...values.at(-1)!, flow: 'hourly' }])).toBe(learnPassport('order', type, 'nightly'));
  });
});
