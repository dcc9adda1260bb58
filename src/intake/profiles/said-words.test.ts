import { describe, expect, it } from 'vitest';
import { readMapped, readWith, partOf } from './user/testing.ts';
import { compileMeaning, wordsOfPlatform } from './said-words.ts';

describe('what the user said of status words', () => {
  it('holds for a word as it is written, else for spellings that differ in case and separators', () => {
    const meaning = compileMeaning({ 'In Klärung': 'waiting', KLEMMT: 'failed', klemmt: 'skipped', '1': 'succeeded' });
    expect(['In Klärung', 'IN_KLÄRUNG', 'KLEMMT', 'klemmt', '1', '-1', '1.0', 'other'].map((word) => meaning?.(word))).toEqual([
      'waiting',
      'waiting',
      'failed',
      'skipped',
      'succeeded',
      undefined,
      undefined,
      undefined,
    ]);
    expect(compileMeaning({})).toBeUndefined();
    expect(compileMeaning(undefined)).toBeUndefined();
  });

  const job = (id: string, status: string): string =>
    `{"executionId":"${id}","status":"${status}","at":"2031-03-04T09:15:02Z","order":"SO-1042"}`;

  it('goes before the vocabulary, in an inferred mapping and by a profile', async () => {
    const lines = [job('a', 'KLEMMT'), job('b', 'klemmt'), job('c', 'done'), job('d', 'KLEMMT')].join('\n');
    const found = await readWith(undefined, 'jobs.ndjson', lines);
    expect(found.events.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'succeeded', 'unknown']);
    expect(found.notices.unknownStatuses).toEqual([{ word: 'KLEMMT', count: 3 }]);
    const said = await readMapped(
      partOf('jobs.ndjson', lines),
      'ndjson',
      {},
      { ...found.mapping, statuses: { KLEMMT: 'failed', done: 'waiting' } },
    );
    expect(said.events.map(({ status }) => status)).toEqual(['failed', 'failed', 'waiting', 'failed']);
    expect(said.notices.unknownStatuses).toEqual([]);
    const profile = await readWith('profile: ours\nstatuses: { KLEMMT: failed }\n', 'jobs.ndjson', lines);
    expect(profile.events.map(({ status }) => status)).toEqual(['failed', 'failed', 'succeeded', 'failed']);
  });

  it('gives way to what a profile says of one field', async () => {
    const yaml = 'profile: ours\nstatuses: { KLEMMT: failed }\nfields:\n  - { path: status, role: status, values: { KLEMMT: skipped } }\n';
    const { events } = await readWith(yaml, 'jobs.ndjson', job('a', 'KLEMMT'));
    expect(events.map(({ status }) => status)).toEqual(['skipped']);
  });

  it('reaches a platform by its fields and by the source as a whole', () => {
    const mapping = { fields: [{ role: 'status', values: { KLEMMT: 'failed', HELD: 'waiting' } }], statuses: { HELD: 'discarded' } };
    expect(wordsOfPlatform(mapping as unknown as Parameters<typeof wordsOfPlatform>[0])).toEqual({ KLEMMT: 'failed', HELD: 'discarded' });
  });

  it('is refused where it is no status', async () => {
    await expect(readWith('profile: ours\nstatuses:\n  KLEMMT: kaputt\n', 'jobs.ndjson', job('a', 'KLEMMT'))).rejects.toThrow(
      'test.yaml, line 3, column 11: "kaputt" is no status',
    );
  });
});
