import { expect, it } from 'vitest';
import { makePlan } from '../../../../test-support/fake-import.ts';
import { attention } from './attention.ts';
import { planCounts } from './plan-counts.ts';
import { guessFormat } from './roles.ts';

const plan = makePlan('p');
const [part] = plan.parts;
if (part === undefined || part.mapping === null) throw new Error('the first part is ready');
const { mapping } = part;

it('asks to look at what would come to nothing, or is guessed', () => {
  expect(attention(part)).toBeUndefined();
  expect(attention({ ...part, preview: [] })).toMatch(/none of the first entries/);
  expect(attention({ ...part, preview: part.preview.map((event) => ({ ...event, at: null })) })).toMatch(/time/);
  expect(attention({ ...part, preview: part.preview.map((event) => ({ ...event, records: [] })) })).toMatch(/record/);
  expect(attention({ ...part, mapping: { ...mapping, confidence: 0.3 } })).toMatch(/little confidence/);
  expect(attention({ ...part, outcome: 'refused', mapping: null, preview: [] })).toBeUndefined();
});

it('counts the parts of a plan', () => {
  expect(planCounts(plan, new Set())).toEqual({ ready: 7, known: 1, refused: 1, excluded: 0 });
  expect(planCounts(plan, new Set([part.id]))).toMatchObject({ ready: 6, excluded: 1 });
});

it('guesses how a time is written from its samples', () => {
  expect(guessFormat('time', ['1930382102'], undefined)).toBe('epoch-s');
  expect(guessFormat('time', ['1930382102431'], undefined)).toBe('epoch-ms');
  expect(guessFormat('time', ['04.03.2031 09:15'], undefined)).toBe('day-first');
  expect(guessFormat('time', ['2031-03-04T09:15:02Z'], 'word')).toBe('iso');
  expect(guessFormat('end-time', ['whatever'], 'syslog')).toBe('syslog');
  expect(guessFormat('duration', ['12'], undefined)).toBe('ms');
  expect(guessFormat('identifier', ['SO-1'], undefined)).toBeUndefined();
});
