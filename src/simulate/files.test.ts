import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DayFiles } from './files.ts';
import { Output } from './output.ts';
import { Random } from './random.ts';

const HOUR = 3_600_000;

async function written(options: { overlapMs?: number; noise?: number; broken?: number }): Promise<(name: string) => Promise<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-files-'));
  const output = new Output(folder);
  const files = new DayFiles(output, { overlapMs: 0, noise: 0, broken: 0, random: new Random(1, 1), ...options });
  const channel = {
    slot: 'a',
    file: (day: string) => `a-${day}.txt`,
    head: 'head\n',
    noise: (at: number) => `ping ${at / HOUR}\n`,
    breakable: true,
  };
  for (let hour = 0; hour < 48; hour += 6) files.add(channel, hour * HOUR, `entry of hour ${hour} ${'.'.repeat(30)}\n`);
  await output.finish();
  expect(files.entries).toBe(8);
  return async (name) => {
    const text = await readFile(join(folder, name), 'utf8');
    await rm(join(folder, name));
    return text;
  };
}

const hours = (text: string): number[] => [...text.matchAll(/hour (\d+) \.{30}\n/g)].map((match) => Number(match[1]));

test('each day has its file, and with an overlap the first hours of the next day stand in both', async () => {
  const plain = await written({});
  expect(await plain('a-1970-01-01.txt').then(hours)).toEqual([0, 6, 12, 18]);
  expect(await plain('a-1970-01-02.txt').then(hours)).toEqual([24, 30, 36, 42]);
  const shared = await written({ overlapMs: 7 * HOUR });
  expect(await shared('a-1970-01-01.txt').then(hours)).toEqual([0, 6, 12, 18, 24, 30]);
  const second = await shared('a-1970-01-02.txt');
  expect(second.startsWith('head\n')).toBe(true);
  expect(hours(second)).toEqual([24, 30, 36, 42]);
});

test('noise stands between the entries, and broken entries beside the whole ones', async () => {
  const noisy = await written({ noise: 1, broken: 1 });
  const text = await noisy('a-1970-01-01.txt');
  expect(hours(text)).toEqual([0, 6, 12, 18]);
  expect(text.match(/^ping/gm)).toHaveLength(4);
  expect(text.match(/^entry of h/gm)).toHaveLength(8);
});
