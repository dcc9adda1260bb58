import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { decide } from '../../analysis/lifecycle/decide.ts';
import type { Mapping, TextPattern } from '../../intake/mapper.ts';
import type { PlannedPart } from '../../intake/plan.ts';
import { toYaml } from '../../intake/profiles/user/export.ts';
import { Cancelled, UserError, type ErrorCode } from '../../model/errors.ts';
import type { FindingStatus } from '../../model/finding.ts';
import { simulate } from '../../simulate/index.ts';
import { readsEventRows } from '../../workspace/event-rows.ts';
import { forgetMapping } from '../../workspace/learned-mappings.ts';
import { isOutdated, openReader } from '../../workspace/open.ts';
import { isDirty } from '../../workspace/readers/meta.ts';
import type { importOptions } from '../contract.ts';
import { firstError } from '../queries/backtest.ts';
import type { PlanRequest, UnderstandingRequest } from '../threads/planning.ts';
import type { Remote } from '../threads/rpc.ts';
import type { WriteMethods } from '../threads/write-thread.ts';
import type { WireImportSummary, WireMapping, WirePlan, WireWatch, WireWorkspaceInfo } from '../wire.ts';
import { FileResults } from './file-results.ts';
import { feedStdin, runAnalysis, runEventRows, runImport, spawnParser, type ParseWorker, type PartResult } from './import-job.ts';
import { isActive, JobBoard, type JobReporter } from './jobs.ts';
import { inlineReaders, threadedReaders, type Readers } from './readers.ts';
import { profilesFolder, rememberWorkspace } from './settings.ts';
import { changeShortly } from './short-change.ts';
import { forkedSqlHost, runSqlIsolated, type SqlHost } from './sql-process.ts';
import { homeWatchStore, sessionWatchStore } from './watch-store.ts';
import { Watches, WATCH_TIMING, type FileResult, type FolderFiles, type FolderImport, type WatchTiming } from './watches.ts';
import { wirePlan } from './wire-plan.ts';

const EVENT_ROWS_STAGE = 'Making events readable for SQL';

/** A file as a caller names it: the host decides what a grant stands for, and whether paths may be given at all. */
export type ImportFile = { readonly path: string } | { readonly grant: string };

export interface EngineOptions {
  readonly home: string;
  readonly workspace: string;
  readonly version: string;
  /** Path of a file that a caller may use. Throws `UserError` when it may not. */
  readonly resolveFile: (file: ImportFile) => string;
  /** Read threads; 0 runs queries in the calling thread (the command line, where nothing else waits). */
  readonly readThreads: number;
  /** How to start the process for a query of the user's own. Default: a forked Node process. */
  readonly sqlHost?: SqlHost;
  /** Whether folders can be watched, and how long that is remembered: between two starts of the host, or for this one. Default: they cannot. */
  readonly watch?: 'kept' | 'session';
  readonly watchTiming?: WatchTiming;
}

type ImportOptions = z.infer<typeof importOptions>;

function understanding(options: ImportOptions, home: string): UnderstandingRequest {
  return {
    profiles: profilesFolder(home),
    profile: options.profile,
    profileYaml: options.profileYaml,
    profileName: options.profileName,
    zone: options.timezone,
    system: options.system,
  };
}

interface Plan {
  readonly parts: readonly PlannedPart[];
  readonly textPatterns: readonly TextPattern[];
}

/** One open workspace and everything that can be done with it. The hosts talk to it through the router (`router.ts`). */
export class Engine {
  readonly jobs = new JobBoard();
  readonly watches: Watches;
  readonly #options: EngineOptions;
  readonly #plans = new Map<string, Plan>();
  readonly #listeners = new Set<() => void>();
  #path: string;
  #readers: Readers | undefined;
  #parser: Promise<ParseWorker> | undefined;
  /** The job that last made rows of events. */
  #eventRows: string | undefined;
  #endStdin: (() => void) | undefined;
  #revision = 0;

  private constructor(options: EngineOptions, path: string) {
    this.#options = options;
    this.#path = path;
    const store = options.watch === undefined ? undefined : options.watch === 'kept' ? homeWatchStore(options.home) : sessionWatchStore();
    this.watches = new Watches(store, (files, hooks) => this.#importFolderFiles(files, hooks), options.watchTiming ?? WATCH_TIMING);
  }

  /**
   * Opens (and if need be makes) the workspace. Throws `UserError` when it is foreign, newer or damaged. A workspace whose last
   * import was killed before it was analysed is analysed now, as a job.
   */
  static async open(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options, resolve(options.workspace));
    await engine.#openReaders();
    engine.watches.start(engine.#path);
    return engine;
  }

  get workspace(): string {
    return this.#path;
  }

  info(): Promise<WireWorkspaceInfo> {
    return (this.#readers as Readers).ask('info', [this.#options.version]);
  }

  get readers(): Readers {
    if (this.#readers === undefined) throw new Error('the engine is closed');
    return this.#readers;
  }

  /** Makes another workspace the current one. Refused while a job runs: it would lose its workspace. */
  async switchTo(file: ImportFile): Promise<WireWorkspaceInfo> {
    if (this.jobs.list().some(isActive)) {
      throw new UserError('workspace-busy', 'an import is running: cancel it or wait until it is done, then open another workspace');
    }
    const path = resolve(this.#options.resolveFile(file));
    const before = this.#path;
    const readers = this.#readers;
    // What a watched folder has under way was for the workspace that is left.
    void this.watches.stop();
    this.#path = path;
    try {
      await this.#openReaders();
    } catch (error) {
      this.#path = before;
      this.#readers = readers;
      this.watches.start(before);
      throw error;
    }
    await readers?.close();
    this.watches.start(path);
    this.#changed();
    return this.info();
  }

  async plan(files: readonly ImportFile[], options: ImportOptions): Promise<WirePlan> {
    const paths = files.map((file) => this.#options.resolveFile(file));
    if (paths.includes('-')) this.#endStdin ??= feedStdin(await this.#planner());
    const { id, parts } = await this.#planFiles({ files: paths }, options);
    return wirePlan(id, parts);
  }

  /** Plans to read a source again from its stored text; `rejected`: only what was rejected of it. */
  async planReread(source: number, options: ImportOptions, rejected: boolean): Promise<WirePlan> {
    const parser = await this.#planner();
    const id = randomUUID();
    const result = await parser.methods.planReread(id, {
      workspace: this.#path,
      source,
      rejected,
      encoding: options.encoding,
      ...understanding(options, this.#options.home),
    });
    this.#plans.set(id, result);
    return wirePlan(id, result.parts);
  }

  async replan(id: string, mappings: Readonly<Record<string, WireMapping>>): Promise<WirePlan> {
    this.#planOf(id);
    const parser = await this.#planner();
    const result = await parser.methods.replan(id, mappings as Readonly<Record<string, Mapping>>);
    this.#plans.set(id, result);
    return wirePlan(id, result.parts);
  }

  profileYaml(id: string, part: string): string {
    const mapping = this.#planOf(id).parts.find((candidate) => candidate.id === part)?.mapping;
    if (mapping === undefined) throw new UserError('not-found', 'this part has no mapping to save');
    return toYaml(mapping);
  }

  startImport(id: string, exclude: readonly string[], onPart?: (result: PartResult) => void): string {
    const plan = this.#planOf(id);
    const parts = plan.parts.filter((part) => !exclude.includes(part.id));
    return this.#start('Reading', (reporter) => this.#import(id, { ...plan, parts }, reporter, onPart));
  }

  /** Simulates the made-up company and imports its logs. */
  startSample(orders: number, seed: number): string {
    return this.#start('Simulating', async (reporter) => {
      const out = mkdtempSync(join(tmpdir(), 'waybill-sample-'));
      try {
        await simulate({ out, orders, seed });
        const { id, ...plan } = await this.#planFiles({ files: [out] }, {});
        return await this.#import(id, plan, reporter);
      } finally {
        rmSync(out, { recursive: true, force: true });
      }
    });
  }

  startRemoval(source: number): string {
    return this.#start('Removing', async (reporter) => {
      await runAnalysis(this.#path, reporter, (writer) => writer.removeSource(source));
      this.#changed();
      return undefined;
    });
  }

  /** Keeps a passport and judges by it. Throws `UserError` `passport-invalid` when it cannot be used. */
  async putPassport(yaml: string): Promise<{ readonly name: string; readonly job: string }> {
    const { name, complaints } = await this.readers.ask('checkPassport', [yaml, true]);
    if (name === null) throw new UserError('passport-invalid', firstError(complaints, 'the passport'));
    const addedAt = new Date().toISOString();
    return { name, job: this.startAnalysis((writer) => writer.putPassport({ name, yaml, addedAt })) };
  }

  /** Forgets a passport and judges without it. Throws `UserError` `not-found` when there is none. */
  async removePassport(name: string): Promise<string> {
    await this.readers.ask('passport', [name]);
    return this.startAnalysis((writer) => writer.removePassport(name));
  }

  /** Starts a job that changes what analysis goes by, and analyses. */
  startAnalysis(change: (writer: Remote<WriteMethods>) => Promise<void>): string {
    return this.#start('Analysing', async (reporter) => {
      await runAnalysis(this.#path, reporter, change);
      this.#changed();
      return undefined;
    });
  }

  /**
   * Runs one query of the user's. The first one that reads events after an import has their rows made, as a job that can be watched
   * and cancelled like an import.
   */
  async runSql(sql: string, limit: number, signal?: AbortSignal) {
    if (readsEventRows(sql)) await this.#makeEventRows(signal);
    return runSqlIsolated(this.#options.sqlHost ?? forkedSqlHost, { path: this.#path, sql, limit }, signal);
  }

  async #makeEventRows(signal: AbortSignal | undefined): Promise<void> {
    if ((await this.readers.ask('missingEventRows', [])) === 0) return;
    // Two queries at once wait for the same job.
    const running = this.jobs.list().find((job) => isActive(job) && job.job === this.#eventRows);
    const job = running?.job ?? this.#start(EVENT_ROWS_STAGE, (reporter) => runEventRows(this.#path, reporter));
    this.#eventRows = job;
    const cancel = (): void => void this.jobs.cancel(job);
    signal?.addEventListener('abort', cancel, { once: true });
    const { state, error } = await this.jobs.finished(job);
    signal?.removeEventListener('abort', cancel);
    if (state === 'cancelled') throw new Cancelled('the query');
    if (error !== null) throw new UserError(error.code as ErrorCode, error.message);
  }

  /** Calls back whenever the data may have changed. Returns the unsubscriber. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get revision(): number {
    return this.#revision;
  }

  /** Forgets a mapping that was learned. Answers whether there was one. Throws `UserError` `workspace-busy` while a job runs. */
  forgetMapping(id: number): boolean {
    return changeShortly(this.#path, (db) => forgetMapping(db, id));
  }

  /** Says how findings stand. Answers how many. Throws `UserError`: `not-found` for an id that names none, `workspace-busy` while a job runs. */
  decide(findings: readonly string[], status: FindingStatus, note: string | undefined): number {
    const ids = [...new Set(findings)];
    changeShortly(this.#path, (db) => decide(db, { findings: ids, status, note, at: new Date().toISOString() }));
    this.#changed();
    return ids.length;
  }

  /** Watches a folder for the current workspace. Throws `UserError` when the host may not use it or does not watch. */
  addWatch(folder: ImportFile, options: WireWatch['options']): WireWatch {
    return this.watches.add(this.#options.resolveFile(folder), options);
  }

  async close(): Promise<void> {
    const watching = this.watches.stop();
    await this.jobs.cancelAll();
    this.#endStdin?.();
    if (this.#parser !== undefined) await (await this.#parser).worker.terminate();
    await watching;
    await this.#readers?.close();
    this.#readers = undefined;
  }

  async #planFiles(
    request: Pick<PlanRequest, 'files' | 'folder' | 'beside'>,
    options: ImportOptions,
  ): Promise<Plan & { readonly id: string }> {
    const parser = await this.#planner();
    const id = randomUUID();
    const known = await this.readers.ask('known', []);
    const learned = await this.readers.ask('learned', []);
    const result = await parser.methods.plan(id, {
      ...request,
      ...understanding(options, this.#options.home),
      encoding: options.encoding,
      workspace: this.#path,
      known,
      learned,
    });
    this.#plans.set(id, result);
    return { id, ...result };
  }

  /** What `Watches` does with files that came to rest. */
  async #importFolderFiles(files: FolderFiles, { wanted, started }: FolderImport): Promise<readonly FileResult[]> {
    this.#refuseWhileBusy();
    const { id, parts } = await this.#planFiles({ files: files.paths, folder: files.folder, beside: files.beside }, files.options);
    const results = new FileResults(parts);
    if (wanted() && parts.some((part) => part.outcome !== 'known')) {
      const job = this.startImport(id, [], (result) => results.add(result));
      started(job);
      const { state, error } = await this.jobs.finished(job);
      if (state === 'cancelled') throw new Cancelled('the import');
      if (error !== null) throw new UserError(error.code as ErrorCode, error.message);
    } else await this.#dropPlan(id);
    return results.all;
  }

  async #dropPlan(id: string): Promise<void> {
    this.#plans.delete(id);
    await (await this.#planner()).methods.forget(id);
  }

  async #import(id: string, plan: Plan, reporter: JobReporter, onPart?: (result: PartResult) => void): Promise<WireImportSummary> {
    try {
      const summary = await runImport({ workspace: this.#path, planId: id, planner: await this.#planner(), onPart, ...plan }, reporter);
      // What the workspace now holds, whether this import added anything or not.
      const now = await this.info();
      const { critical, warning, info } = now.findings;
      return { ...summary, records: now.records, journeys: now.journeys, findings: critical + warning + info };
    } finally {
      await this.#dropPlan(id);
      this.#changed();
    }
  }

  #start(stage: string, run: (reporter: JobReporter) => Promise<WireImportSummary | undefined>): string {
    this.#refuseWhileBusy();
    return this.jobs.start(stage, run);
  }

  #refuseWhileBusy(): void {
    if (this.jobs.list().some(isActive)) throw new UserError('workspace-busy', 'another import is running: wait for it or cancel it');
  }

  async #openReaders(): Promise<void> {
    // By a writer that is closed at once: readers can neither create a file nor change its schema.
    if (!existsSync(this.#path) || isOutdated(this.#path)) changeShortly(this.#path, () => undefined);
    const probe = openReader(this.#path);
    const dirty = isDirty(probe);
    probe.close();
    const threads = this.#options.readThreads;
    this.#readers = threads === 0 ? inlineReaders(this.#path) : await threadedReaders(this.#path, threads);
    rememberWorkspace(this.#options.home, this.#path, new Date().toISOString());
    if (dirty) {
      this.#start('Analysing', async (reporter) => {
        await runAnalysis(this.#path, reporter);
        this.#changed();
        return undefined;
      });
    }
  }

  #planner(): Promise<ParseWorker> {
    this.#parser ??= spawnParser();
    return this.#parser;
  }

  #planOf(id: string): Plan {
    const plan = this.#plans.get(id);
    // The source of another workspace is another source.
    if (plan === undefined || plan.parts.some(({ reread }) => reread !== undefined && reread.workspace !== this.#path))
      throw new UserError('not-found', 'this plan is gone: choose the files again');
    return plan;
  }

  #changed(): void {
    this.#revision++;
    for (const listener of this.#listeners) listener();
  }
}
