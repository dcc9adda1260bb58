import { expect, it } from 'vitest';
import { makePlan } from '../../../../test-support/fake-import.ts';
import { editWord } from './edit-mapping.ts';
import { statusWords, unknownWords } from './status-words.ts';

const parts = makePlan('p').parts.slice(0, 3);

it('lists words that nobody knows first, with how often all files say them', () => {
  const words = statusWords(parts);
  expect(words.map((word) => word.word)).toEqual(['PARKED', 'FAILED', 'OK']);
  expect(words[0]).toEqual({ word: 'PARKED', status: 'unknown', said: undefined, count: 36 });
  expect(unknownWords(words)).toBe(1);
});

it('keeps the place of a word that was given a meaning', () => {
  const said = parts.map((part) => (part.mapping === null ? part : { ...part, mapping: editWord('PARKED', 'waiting')(part.mapping) }));
  const words = statusWords(said);
  expect(words[0]).toMatchObject({ word: 'PARKED', status: 'waiting', said: 'waiting' });
  expect(unknownWords(words)).toBe(0);
});

it('is empty where no field tells an outcome', () => {
  expect(statusWords(parts.map((part) => ({ ...part, preview: [], unknownStatuses: [] })))).toEqual([]);
});
