import { Engine } from '../src/api/engine/engine.ts';
import { recentWorkspaces } from '../src/api/engine/settings.ts';
import type { SqlHost } from '../src/api/engine/sql-process.ts';
import { serveMessagePort } from '../src/api/transports/message-port.ts';
import { VERSION } from '../src/api/version.ts';
import { UserError } from '../src/model/errors.ts';
import { linkToHost, type OpenOptions } from './engine-messages.ts';

/** The process of its own in which the engine lives: neither main nor a page ever waits for the database. */
const grants = new Map<string, string>();
let running: { readonly engine: Engine; readonly home: string } | undefined;

const host = linkToHost(
  process.parentPort,
  {
    open: async (options) => {
      const engine = await open(options);
      running = { engine, home: options.home };
      return engine.workspace;
    },
    grant: (grant, path) => {
      grants.set(grant, path);
    },
    openWorkspace: async (path) => {
      const { engine } = current();
      // Granted for this one call: the user chose it in a dialog, or the system opened it.
      const grant = crypto.randomUUID();
      grants.set(grant, path);
      try {
        await engine.switchTo({ grant });
      } finally {
        grants.delete(grant);
      }
      return engine.workspace;
    },
    close: async () => {
      await running?.engine.close();
      running = undefined;
    },
  },
  (port) => {
    const { engine, home } = current();
    serveMessagePort(port, { engine, home });
  },
);

async function open({ home, workspace, grants: before }: OpenOptions): Promise<Engine> {
  for (const [grant, path] of before) grants.set(grant, path);
  const engine = await Engine.open({
    home,
    workspace,
    version: VERSION,
    readThreads: 2,
    watch: 'kept',
    sqlHost,
    resolveFile: (file) => {
      if ('grant' in file) {
        const path = grants.get(file.grant);
        if (path === undefined) throw new UserError('not-found', 'this file is not known any more: choose it again');
        return path;
      }
      if (recentWorkspaces(home).some((recent) => recent.path === file.path)) return file.path;
      throw new UserError('invalid-input', 'files are chosen in the dialog or dropped on the window');
    },
  });
  let shown = engine.workspace;
  engine.onChange(() => {
    if (engine.workspace === shown) return;
    shown = engine.workspace;
    void host.workspaceChanged(shown);
  });
  return engine;
}

function current(): { readonly engine: Engine; readonly home: string } {
  if (running === undefined) throw new Error('the engine is not open');
  return running;
}

let nextRun = 1;
/** A packaged app cannot be forked as a plain Node, so main starts the process that runs a query of the user's. */
const sqlHost: SqlHost = (question) => {
  const run = nextRun++;
  return { answer: host.runSql(run, question), kill: () => void host.killSql(run) };
};
