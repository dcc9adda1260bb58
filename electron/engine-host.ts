import { fileURLToPath } from 'node:url';
import type { MessagePortMain, UtilityProcess, utilityProcess } from 'electron';
import type { SqlAnswer, SqlQuestion } from '../src/api/threads/sql-answer.ts';
import { MEMORY_SETTINGS } from '../src/api/memory-settings.ts';
import type { Remote } from '../src/api/threads/rpc.ts';
import { CONNECT, linkToEngine, type EngineMethods } from './engine-messages.ts';
import { Grants } from './grants.ts';
import type { Log } from './log.ts';
import { RestartBudget } from './restart-budget.ts';

export interface EngineHostOptions {
  readonly fork: (typeof utilityProcess)['fork'];
  readonly home: string;
  readonly workspace: string;
  readonly log: Log;
  /** Tells which workspace is open, whoever opened it. */
  readonly onWorkspace: (path: string) => void;
  /** The engine ended by itself; pages must ask for a new port. */
  readonly onEnded: () => void;
}

interface Running {
  readonly process: UtilityProcess;
  readonly methods: Remote<EngineMethods>;
  readonly ended: Promise<void>;
}

/** How long the engine may take to stop its jobs before its process is ended. */
const CLOSE_LIMIT_MS = 8000;

/** Main's hold on the engine's process: starts it when a page first asks, and again when it ended by itself. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #grants = new Grants();
  readonly #budget = new RestartBudget(3, 60_000);
  readonly #queries = new Map<number, UtilityProcess>();
  #workspace: string;
  #running: Promise<Running> | undefined;
  #closing = false;
  /** It ended too often: it is not started again until the user opens a workspace. */
  #givenUp = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#workspace = options.workspace;
  }

  /** Gives one end of a channel to the engine, which serves the contract on it. Throws what kept the engine from opening. */
  async connect(port: MessagePortMain): Promise<void> {
    const { process } = await this.#start();
    process.postMessage(CONNECT, [port]);
  }

  /** Remembers a file that the user chose; the engine knows it before the page does. */
  async grant(path: string): Promise<string> {
    const grant = this.#grants.add(path);
    // An engine that is started later, also in place of one that failed, is told all grants.
    const running = await this.#running?.catch(() => undefined);
    await running?.methods.grant(grant, path);
    return grant;
  }

  /**
   * Makes another workspace the current one. Throws `UserError` when it cannot be opened. Answers whether the engine had to be started for it,
   * because it could not open the one before: pages that were refused must then ask again.
   */
  async openWorkspace(path: string): Promise<'switched' | 'started'> {
    this.#budget.reset();
    this.#givenUp = false;
    // A failed start has been told to who asked for it; here it means only that none is running.
    const running = await this.#running?.catch(() => undefined);
    if (running !== undefined) {
      this.#noteWorkspace(await running.methods.openWorkspace(path));
      return 'switched';
    }
    this.#workspace = path;
    await this.#start();
    return 'started';
  }

  /** Lets the engine finish what must not be cut off, then ends its process. Never throws. */
  async close(): Promise<void> {
    this.#closing = true;
    // One that did not start needs no end.
    const running = await this.#running?.catch(() => undefined);
    for (const query of this.#queries.values()) query.kill();
    if (running === undefined) return;
    await Promise.race([running.methods.close(), running.ended, after(CLOSE_LIMIT_MS)]).catch((error: unknown) =>
      this.#options.log(`the engine closed with an error: ${String(error)}`),
    );
    running.process.kill();
    await Promise.race([running.ended, after(CLOSE_LIMIT_MS)]);
  }

  #start(): Promise<Running> {
    if (this.#closing) return Promise.reject(new Error('Waybill is closing'));
    if (this.#givenUp)
      return Promise.reject(new Error('the engine ended several times: open the workspace again from the File menu, or another one'));
    if (this.#running !== undefined) return this.#running;
    const starting = this.#launch();
    this.#running = starting;
    // The failure itself goes to who asked; the next to ask starts another.
    starting.catch(() => {
      if (this.#running === starting) this.#running = undefined;
    });
    return starting;
  }

  async #launch(): Promise<Running> {
    const process = this.#fork('engine-process', 'Waybill engine');
    const ended = new Promise<void>((resolve) => {
      process.once('exit', (code) => {
        resolve();
        this.#onExit(process, code);
      });
    });
    const methods = linkToEngine(process, {
      runSql: (run, question) => this.#runSql(run, question),
      killSql: (run) => void this.#queries.get(run)?.kill(),
      workspaceChanged: (path) => this.#noteWorkspace(path),
    });
    try {
      this.#noteWorkspace(await methods.open({ home: this.#options.home, workspace: this.#workspace, grants: this.#grants.all }));
    } catch (error) {
      process.kill();
      await ended;
      throw error;
    }
    return { process, methods, ended };
  }

  #onExit(process: UtilityProcess, code: number): void {
    const before = this.#running;
    void before?.then(
      (running) => {
        if (running.process !== process || this.#running !== before) return;
        this.#running = undefined;
        if (this.#closing) return;
        this.#options.log(`the engine ended by itself with code ${code}`);
        this.#givenUp = !this.#budget.spend(performance.now());
        this.#options.onEnded();
      },
      // It never opened: whoever started it has been told why.
      () => undefined,
    );
  }

  #noteWorkspace(path: string): void {
    this.#workspace = path;
    this.#options.onWorkspace(path);
  }

  #runSql(run: number, question: SqlQuestion): Promise<SqlAnswer | undefined> {
    const process = this.#fork('sql-process', 'Waybill query');
    this.#queries.set(run, process);
    const answer = new Promise<SqlAnswer | undefined>((resolve) => {
      process.once('message', (message: SqlAnswer) => resolve(message));
      process.once('exit', () => {
        this.#queries.delete(run);
        resolve(undefined);
      });
    });
    process.postMessage(question);
    return answer;
  }

  #fork(name: 'engine-process' | 'sql-process', serviceName: string): UtilityProcess {
    const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    const path = fileURLToPath(new URL(`./${name}${ending}`, import.meta.url));
    const env = { ...process.env, ...MEMORY_SETTINGS };
    const child = this.#options.fork(path, [], { serviceName, stdio: 'pipe', env });
    child.stderr?.on('data', (chunk: Buffer) => this.#options.log(`${serviceName}: ${chunk.toString('utf8').trimEnd()}`));
    // Read, so that the pipe never fills.
    child.stdout?.resume();
    return child;
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
