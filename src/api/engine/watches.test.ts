import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { put, tempFolder } from '../../../test/support/temp.ts';
import { UserError } from '../../model/errors.ts';
import { homeWatchStore, sessionWatchStore, type WatchStore } from './watch-store.ts';
import { Watches, type FileResult, type FolderFiles, type FolderImport } from './watches.ts';

const TIMING = { settleMs: 40, scanMs: 40 };
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await wait(10);
};

const running: Watches[] = [];
afterEach(async () => {
  for (const watches of running.splice(0)) await watches.stop();
});

/** Watches with an import that only notes what it was given. */
function bench(
  store: WatchStore | undefined = sessionWatchStore(),
  answer: (path: string, hooks: FolderImport) => FileResult['outcome'] = () => 'imported',
) {
  const imports: FolderFiles[] = [];
  const watches = new Watches(
    store,
    async (files, hooks) => {
      imports.push(files);
      return files.paths.map((path) => ({ path, outcome: answer(path, hooks), events: 3, rejected: 1, message: 'it is broken' }));
    },
    TIMING,
  );
  running.push(watches);
  return { watches, imports };
}

test('files that are there and files that come are imported together, each once, with the profiles that lie beside them', async () => {
  const folder = tempFolder();
  const [a, b] = [put(folder, 'a.csv', 'x'), put(folder, 'deep/er/b.csv', 'y')];
  const profile = put(folder, 'my.yaml', 'profile: x');
  put(folder, '.hidden', 'x');
  put(folder, 'own.waybill', 'x');
  put(folder, 'own.waybill-wal', 'x');
  const { watches, imports } = bench();
  watches.start('w');
  watches.add(folder, { system: 'erp' });
  await until(() => imports.length === 1);
  expect(imports[0]).toMatchObject({ folder, paths: [a, profile, b], beside: [], options: { system: 'erp' } });
  const c = put(folder, 'c.csv', 'z');
  await until(() => imports.length === 2);
  expect(imports[1]).toMatchObject({ paths: [c], beside: [profile] });
  await wait(150);
  expect(imports).toHaveLength(2);
  expect(watches.list()).toMatchObject([
    { state: 'waiting', job: null, taken: 4, known: 0, failed: 0, lastImport: { files: 1, events: 3, rejected: 1 } },
  ]);
});

test('what fails is told, and tried again when it changes', async () => {
  const folder = tempFolder();
  const file = put(folder, 'a.csv', 'x');
  let good = false;
  const { watches, imports } = bench(sessionWatchStore(), () => (good ? 'imported' : 'failed'));
  const told: FileResult[] = [];
  watches.onFile((result) => told.push(result));
  watches.start('w');
  watches.add(folder, {});
  await until(() => imports.length === 1);
  await wait(150);
  expect(imports).toHaveLength(1);
  expect(watches.list()).toMatchObject([{ taken: 0, failed: 1, lastImport: null, lastError: { file, message: 'it is broken' } }]);
  good = true;
  writeFileSync(file, 'xx');
  await until(() => imports.length === 2);
  expect(told.map(({ outcome }) => outcome)).toEqual(['failed', 'imported']);
});

test('while somebody else writes the workspace it waits its turn', async () => {
  const folder = tempFolder();
  put(folder, 'a.csv', 'x');
  let busy = true;
  const { watches, imports } = bench(sessionWatchStore(), () => {
    if (busy) throw new UserError('workspace-busy', 'another import is running');
    return 'imported';
  });
  watches.start('w');
  watches.add(folder, {});
  await until(() => imports.length >= 2);
  expect(watches.list()).toMatchObject([{ failed: 0, lastError: null }]);
  busy = false;
  await until(() => watches.list()[0]!.taken === 1);
});

test('an import that fails as a whole is told for all of its files', async () => {
  const folder = tempFolder();
  put(folder, 'a.csv', 'x');
  const { watches } = bench(sessionWatchStore(), () => {
    throw new Error('the disk is full');
  });
  watches.start('w');
  watches.add(folder, {});
  await until(() => watches.list()[0]!.failed === 1);
  expect(watches.list()[0]!.lastError!.message).toBe('the disk is full');
});

test('a folder that goes away is missing, and is taken up again when it comes back', async () => {
  const folder = join(tempFolder(), 'in');
  put(folder, 'a.csv', 'x');
  const { watches, imports } = bench();
  watches.start('w');
  watches.add(folder, {});
  await until(() => imports.length === 1);
  rmSync(folder, { recursive: true });
  await until(() => watches.list()[0]!.state === 'missing');
  put(folder, 'b.csv', 'y');
  await until(() => imports.length === 2);
  expect(watches.list()[0]!.state).toBe('waiting');
});

test('they are kept at home for their workspace, and begin again with it', async () => {
  const home = tempFolder();
  const folder = tempFolder();
  const other = tempFolder();
  const first = bench(homeWatchStore(home)).watches;
  first.start('/one.waybill');
  first.add(folder, { timezone: 'Europe/Berlin' });
  // Named again: the same folder, with what is said now.
  const { id } = first.add(folder, { timezone: 'Asia/Tokyo' });
  first.start('/two.waybill');
  first.add(other, {});
  expect(first.list().map(({ path }) => path)).toEqual([other]);
  await first.stop();
  const second = bench(homeWatchStore(home)).watches;
  second.start('/one.waybill');
  expect(second.list()).toMatchObject([{ id, path: folder, options: { timezone: 'Asia/Tokyo' } }]);
  expect(second.remove(id)).toBe(true);
  expect(second.remove(id)).toBe(false);
  expect(
    homeWatchStore(home)
      .read()
      .map(({ path }) => path),
  ).toEqual([other]);
  writeFileSync(join(home, 'watches.json'), '{"watches": [');
  expect(homeWatchStore(home).read()).toEqual([]);
});

test('what is under way for a workspace that was left is not wanted any more', async () => {
  const folder = tempFolder();
  put(folder, 'a.csv', 'x');
  let wanted: (() => boolean) | undefined;
  const { watches } = bench(sessionWatchStore(), (_path, hooks) => {
    wanted = hooks.wanted;
    return 'imported';
  });
  watches.start('one');
  watches.add(folder, {});
  await until(() => wanted !== undefined);
  expect(wanted!()).toBe(true);
  watches.start('two');
  expect(wanted!()).toBe(false);
  expect(watches.list()).toEqual([]);
});

test('a host that does not watch says so, and a file is no folder', () => {
  const none = new Watches(undefined, async () => [], TIMING);
  none.start('w');
  expect(() => none.add(tempFolder(), {})).toThrow('folders are watched by the app');
  const { watches } = bench();
  watches.start('w');
  const file = put(tempFolder(), 'a.csv', 'x');
  expect(() => watches.add(file, {})).toThrow(`${file} is not a folder`);
  expect(() => watches.add(join(file, 'nothing'), {})).toThrow('is not a folder');
});
