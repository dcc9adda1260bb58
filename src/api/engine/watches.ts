import { randomUUID } from 'node:crypto';
import { statSync, watch as watchFolder, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { walkFolder } from '../../intake/containers/folder.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { WireWatch } from '../wire.ts';
import { SettledFiles, type SeenFile } from './settled-files.ts';
import type { StoredWatch, WatchStore } from './watch-store.ts';

/** What became of one file. */
export interface FileResult {
  readonly path: string;
  /** `failed`: some of it could not be imported. */
  readonly outcome: 'imported' | 'known' | 'failed';
  readonly events: number;
  readonly rejected: number;
  /** Why it failed. */
  readonly message: string;
}

/** Files of a watched folder that are to be imported. */
export interface FolderFiles {
  readonly folder: string;
  readonly paths: readonly string[];
  /** Files that lie there and may be profiles of others. */
  readonly beside: readonly string[];
  readonly options: StoredWatch['options'];
}

/** What an import of such files asks and tells. */
export interface FolderImport {
  /** Whether the folder is still watched: another workspace may have been opened. */
  readonly wanted: () => boolean;
  /** Told the job, if there is anything to import. */
  readonly started: (job: string) => void;
}

/** Imports files of a watched folder, and answers what became of those that hold data. Throws `UserError` `workspace-busy` while another import runs. */
export type ImportFiles = (files: FolderFiles, hooks: FolderImport) => Promise<readonly FileResult[]>;

export interface WatchTiming {
  /** How long a file must stay as it is before it is read. */
  readonly settleMs: number;
  /** How often folders are looked at; changes that the system tells of come sooner. */
  readonly scanMs: number;
}

export const WATCH_TIMING: WatchTiming = { settleMs: 2000, scanMs: 3000 };
/** Looking takes at most one part in so many of the time, however large a folder is. */
const SCAN_SHARE = 20;

interface Watched {
  stored: StoredWatch;
  readonly files: SettledFiles;
  hint: FSWatcher | undefined;
  status: Pick<WireWatch, 'state' | 'job' | 'taken' | 'known' | 'failed' | 'lastImport' | 'lastError'>;
}

const IDLE: Watched['status'] = { state: 'waiting', job: null, taken: 0, known: 0, failed: 0, lastImport: null, lastError: null };

/** Watched folders of one workspace: looks at them one after the other and imports what is new or has changed, one import at a time. */
export class Watches {
  readonly #store: WatchStore | undefined;
  readonly #timing: WatchTiming;
  readonly #importFiles: ImportFiles;
  readonly #listeners = new Set<(result: FileResult) => void>();
  #workspace = '';
  #watched: Watched[] = [];
  #loop: Promise<void> = Promise.resolve();
  /** Counts starts and stops: what was begun before the last one is not wanted any more. */
  #run = 0;
  #wake: (() => void) | undefined;

  /** @param store undefined where a host does not watch. */
  constructor(store: WatchStore | undefined, importFiles: ImportFiles, timing: WatchTiming) {
    this.#store = store;
    this.#importFiles = importFiles;
    this.#timing = timing;
  }

  /** Watches the folders of a workspace from now on, in place of those of another one. */
  start(workspace: string): void {
    void this.stop();
    if (this.#store === undefined) return;
    this.#workspace = workspace;
    this.#watched = this.#store
      .read()
      .filter((stored) => stored.workspace === workspace)
      .map((stored) => this.#begin(stored));
    this.#loop = this.#follow(this.#run);
  }

  /** Ends watching. An import that runs is not stopped by this. Resolves when nothing is under way any more. */
  stop(): Promise<void> {
    this.#run++;
    this.#wake?.();
    for (const { hint } of this.#watched) hint?.close();
    this.#watched = [];
    return this.#loop;
  }

  list(): WireWatch[] {
    return this.#watched.map(wireWatch);
  }

  /** Throws `UserError` when it is not a folder, or when this host does not watch. */
  add(path: string, options: StoredWatch['options']): WireWatch {
    const store = this.#store;
    if (store === undefined)
      throw new UserError('invalid-input', 'folders are watched by the app, "waybill serve" and "waybill watch" only');
    const folder = resolve(path);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new UserError('invalid-input', `${folder} is not a folder`, folder);
    const before = this.#watched.find(({ stored }) => stored.path === folder);
    const stored: StoredWatch = {
      id: before?.stored.id ?? randomUUID(),
      workspace: this.#workspace,
      path: folder,
      options,
      addedAt: new Date().toISOString(),
    };
    store.write([...store.read().filter(({ id }) => id !== stored.id), stored]);
    before?.hint?.close();
    const added = this.#begin(stored);
    this.#watched = [...this.#watched.filter((one) => one !== before), added];
    this.#wake?.();
    return wireWatch(added);
  }

  /** Answers whether there was one. What was imported stays. */
  remove(id: string): boolean {
    const watched = this.#watched.find(({ stored }) => stored.id === id);
    if (watched === undefined || this.#store === undefined) return false;
    watched.hint?.close();
    this.#watched = this.#watched.filter((one) => one !== watched);
    this.#store.write(this.#store.read().filter((stored) => stored.id !== id));
    return true;
  }

  /** Tells of each file that was looked at. Returns the unsubscriber. */
  onFile(listener: (result: FileResult) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begin(stored: StoredWatch): Watched {
    return { stored, files: new SettledFiles(this.#timing.settleMs), hint: this.#hint(stored.path), status: IDLE };
  }

  /** The system's own word that something changed. It may be missing or late (network drives): the scan does not rely on it. */
  #hint(path: string): FSWatcher | undefined {
    try {
      const hint = watchFolder(path, () => this.#wake?.());
      hint.on('error', () => hint.close());
      return hint;
    } catch {
      // The folder is not there, or the system has no more watchers: looking now and then has to do.
      return undefined;
    }
  }

  async #follow(run: number): Promise<void> {
    while (this.#run === run) {
      const started = performance.now();
      for (const watched of this.#watched) if (this.#watched.includes(watched)) await this.#look(watched);
      const took = performance.now() - started;
      const { settleMs, scanMs } = this.#timing;
      const soon = this.#watched.some(({ files }) => files.unsettled);
      if (this.#run === run) await this.#pause(Math.max(soon ? Math.min(settleMs, scanMs) : scanMs, SCAN_SHARE * Math.min(took, scanMs)));
    }
  }

  /** Waits, or less when a folder changed or watching ends. */
  async #pause(ms: number): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        this.#wake = undefined;
        clearTimeout(timer);
        // What writes a file tells so many times: they are looked at together.
        setTimeout(done, Math.min(ms, 100));
      };
    });
    this.#wake = undefined;
  }

  async #look(watched: Watched): Promise<void> {
    const found = await filesIn(watched.stored.path);
    if (found === undefined) {
      watched.status = { ...watched.status, state: 'missing' };
      return;
    }
    watched.hint ??= this.#hint(watched.stored.path);
    watched.status = { ...watched.status, state: 'waiting' };
    const ready = watched.files.look(found, Date.now());
    if (ready.length === 0) return;
    const beside = found.map(({ path }) => path).filter((path) => /\.ya?ml$/i.test(path) && !ready.includes(path));
    await this.#take(watched, ready, beside);
  }

  async #take(watched: Watched, paths: readonly string[], beside: readonly string[]): Promise<void> {
    const { path: folder, options } = watched.stored;
    try {
      const results = await this.#importFiles(
        { folder, paths, beside, options },
        {
          wanted: () => this.#watched.includes(watched),
          started: (job) => {
            watched.status = { ...watched.status, state: 'importing', job };
          },
        },
      );
      for (const path of paths) watched.files.handled(path);
      this.#note(watched, results);
    } catch (error) {
      // Somebody else writes the workspace: it is their turn, and ours later.
      if (error instanceof UserError && error.code === 'workspace-busy') return;
      if (!this.#watched.includes(watched)) return;
      for (const path of paths) watched.files.handled(path);
      const message = error instanceof Cancelled ? 'the import was cancelled' : error instanceof Error ? error.message : String(error);
      this.#note(
        watched,
        paths.map((path) => ({ path, outcome: 'failed', events: 0, rejected: 0, message })),
      );
    } finally {
      watched.status = { ...watched.status, state: 'waiting', job: null };
    }
  }

  #note(watched: Watched, results: readonly FileResult[]): void {
    const at = new Date().toISOString();
    const of = (outcome: FileResult['outcome']): readonly FileResult[] => results.filter((result) => result.outcome === outcome);
    const imported = of('imported');
    const failed = of('failed');
    const sum = (value: (result: FileResult) => number): number => results.reduce((n, result) => n + value(result), 0);
    const before = watched.status;
    watched.status = {
      ...before,
      taken: before.taken + imported.length,
      known: before.known + of('known').length,
      failed: before.failed + failed.length,
      lastImport:
        imported.length === 0
          ? before.lastImport
          : { at, files: imported.length, events: sum(({ events }) => events), rejected: sum(({ rejected }) => rejected) },
      lastError: failed.length === 0 ? before.lastError : { at, file: failed.at(-1)!.path, message: failed.at(-1)!.message },
    };
    for (const result of results) for (const listener of this.#listeners) listener(result);
  }
}

/** Workspaces are no logs: the one that is written by watching would never come to rest. */
const OWN_FILE = /\.waybill(?:-wal|-shm|-lock|-journal|-lock-journal)?$/;

/** Undefined when the folder is not there. */
async function filesIn(folder: string): Promise<SeenFile[] | undefined> {
  const there = await stat(folder).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!there) return undefined;
  const files: SeenFile[] = [];
  for await (const found of walkFolder(folder)) {
    // What cannot be looked at now may be there the next time.
    if (!('reason' in found) && !OWN_FILE.test(found.path)) files.push({ path: found.path, size: found.size, modified: found.modified });
  }
  return files;
}

function wireWatch({ stored, status }: Watched): WireWatch {
  return { id: stored.id, path: stored.path, options: stored.options, addedAt: stored.addedAt, ...status };
}
