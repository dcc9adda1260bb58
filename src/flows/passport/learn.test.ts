import { describe, expect, it } from 'vitest';
import { judge } from '../../findings/judge.ts';
import { world } from '../../findings/testing.ts';
import { withPassports } from './declare.ts';
import { learnPassport } from './learn.ts';
import { checkPassport } from './lint.ts';

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
