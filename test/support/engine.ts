import { join } from 'node:path';
import { createRouterClient, type ORPCError } from '@orpc/server';
import { afterAll } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { Engine, type ImportFile } from '../../src/api/engine/engine.ts';
import { router } from '../../src/api/router.ts';
import type { WireImportSummary, WireJobProgress } from '../../src/api/wire.ts';
import { UserError } from '../../src/model/errors.ts';
import { tempFolder } from './temp.ts';

/** An engine on a workspace of its own, and its in-process client. */
export interface Bench {
  readonly engine: Engine;
  readonly client: Client;
  readonly home: string;
  readonly workspace: string;
}

const open: Engine[] = [];
afterAll(async () => {
  for (const engine of open.splice(0)) await engine.close();
});

export interface BenchOptions {
  readonly workspace?: string;
  readonly home?: string;
  readonly readThreads?: number;
  readonly resolveFile?: (file: ImportFile) => string;
}

/** Opens an engine that is closed when the test file is done. */
export async function bench(options: BenchOptions = {}): Promise<Bench> {
  const home = options.home ?? tempFolder();
  const workspace = options.workspace ?? join(home, 'test.waybill');
  const engine = await Engine.open({
    home,
    workspace,
    version: 'test',
    readThreads: options.readThreads ?? 0,
    resolveFile:
      options.resolveFile ??
      ((file) => {
        if ('grant' in file) throw new UserError('invalid-input', 'no grants here');
        return file.path;
      }),
  });
  open.push(engine);
  return { engine, client: createRouterClient(router, { context: { engine, home } }), home, workspace };
}

/** Follows a job to its end. */
export async function finish(client: Client, job: string): Promise<WireJobProgress> {
  let last: WireJobProgress | undefined;
  for await (const progress of await client.jobs.watch({ job })) last = progress;
  if (last === undefined) throw new Error('the job said nothing');
  return last;
}

/** Imports paths, by a profile if there is one, and answers the summary; a job that does not end well is an error. */
export async function importPaths(client: Client, paths: readonly string[], profileYaml?: string): Promise<WireImportSummary> {
  const plan = await client.imports.plan({ files: paths.map((path) => ({ path })), options: { profileYaml } });
  const { job } = await client.imports.start({ plan: plan.id });
  const end = await finish(client, job);
  if (end.state !== 'done' || end.summary === null) throw new Error(`the import ended as ${end.state}: ${end.error?.message ?? ''}`);
  return end.summary;
}

/** The error with which a call of the contract fails; one that does not fail is an error. */
export async function caught(call: PromiseLike<unknown>): Promise<ORPCError<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return error as ORPCError<string, unknown>;
  }
  throw new Error('the call did not fail');
}
