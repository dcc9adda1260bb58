import { describe, expect, it } from 'vitest';
import { readYaml } from './read.ts';

describe('YAML from outside', () => {
  it('is read as plain data', () => {
    expect(readYaml('passport: a\nsteps: [x, y]\n', 'passport').value).toEqual({ passport: 'a', steps: ['x', 'y'] });
  });

  it.each([
    ['aliases', 'a: &a [1]\nb: *a\n', { line: 2, column: 4, message: '*a is an alias: write the value out' }],
    ['merge keys', 'a: &a {x: 1}\nb:\n  <<: *a\n', { line: 3, column: 7, message: '*a is an alias: write the value out' }],
    ['a list', '- a\n', { line: 1, column: 1, message: 'this is no passport: it has no keys such as "passport:"' }],
    ['nothing', '', { line: 1, column: 1, message: 'this is no passport: it has no keys such as "passport:"' }],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', { line: 3, column: 1, message: 'not valid YAML: Map keys must be unique' }],
    ['too much', `a: ${'x'.repeat(500_000)}`, { line: 1, column: 1, message: 'is too long for a passport' }],
  ])('refuses %s with its place', (_what, text, problem) => {
    expect(readYaml(text, 'passport')).toMatchObject({ value: undefined, problems: [problem] });
  });

  it.each(['['.repeat(100_000), '- '.repeat(100_000), 'a: '.repeat(20_000), '{a: '.repeat(50_000)])('is no trap: %.8s …', (text) => {
    const { problems } = readYaml(text, 'passport');
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
  });

  it('does not unfold a billion laughs', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(', ')}]`);
    const { value, problems } = readYaml(`a0: &a0 lol\n${levels.join('\n')}\n`, 'passport');
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(100);
  });
});
