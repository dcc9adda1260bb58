import { readFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import type { Client } from '../api/client.ts';
import { Engine } from '../api/engine/engine.ts';
import { isActive } from '../api/engine/jobs.ts';
import { defaultWorkspace, waybillHome } from '../api/engine/settings.ts';
import { router } from '../api/router.ts';
import { UserError } from '../model/errors.ts';
import { VERSION } from '../api/version.ts';
import type { Output } from './print.ts';

/** What every command is given. */
export interface Session {
  readonly client: Client;
  readonly engine: Engine;
  readonly output: Output;
}

export interface SessionOptions {
  readonly workspace: string | undefined;
  /** Grants exist only in the hosts with windows: the command line passes paths. */
  readonly readThreads?: number;
  /** Whether the command watches folders. */
  readonly watch?: 'session';
}

/** The client of an engine in the same process: the same router, no transport. */
export function inProcessClient(engine: Engine, home: string): Client {
  return createRouterClient(router, { context: { engine, home } });
}

/** Opens the workspace, runs the command, and closes it again. An analysis left over from a killed import is finished first. */
export async function withSession<T>(options: SessionOptions, output: Output, command: (session: Session) => Promise<T>): Promise<T> {
  const home = waybillHome(process.env, process.platform);
  const engine = await Engine.open({
    home,
    workspace: options.workspace ?? defaultWorkspace(home),
    version: VERSION,
    readThreads: options.readThreads ?? 0,
    ...(options.watch === undefined ? {} : { watch: options.watch }),
    resolveFile: (file) => {
      if ('grant' in file) throw new UserError('invalid-input', 'the command line takes paths');
      return file.path;
    },
  });
  try {
    for (const job of engine.jobs.list()) {
      if (!isActive(job)) continue;
      output.log('finishing the analysis of an import that was interrupted\n');
      await engine.jobs.finished(job.job);
    }
    return await command({ client: inProcessClient(engine, home), engine, output });
  } finally {
    await engine.close();
  }
}

/** Text of a file that a user named, as a `UserError` when it cannot be read. */
export function readUserFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError('file-unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, path);
  }
}
