import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageChannelMain, utilityProcess } from 'electron';
import { messagePortClient } from '../src/api/transports/message-port.ts';
import { EngineHost } from './engine-host.ts';
import type { Log } from './log.ts';

/** The argument that asks for it. */
export const SELF_CHECK = '--self-check';

export interface SelfCheck {
  readonly ok: boolean;
  readonly events: number;
  readonly journeys: number;
  /** What a query of the user's own counted, in its own process. */
  readonly counted: number;
  readonly uiFiles: number;
  readonly error?: string;
}

export interface SelfCheckOptions {
  readonly fork: (typeof utilityProcess)['fork'];
  readonly createChannel: () => MessageChannelMain;
  readonly uiFiles: number;
  readonly log: Log;
}

/**
 * What a packed app can only be asked from inside, because its fuses keep every debugger out: whether its engine, its threads, its native
 * module, its query process and its pages are all there. Imports the sample into a workspace in the temporary folder.
 */
export async function selfCheck({ fork, createChannel, uiFiles, log }: SelfCheckOptions): Promise<SelfCheck> {
  const home = mkdtempSync(join(tmpdir(), 'waybill-check-'));
  const engine = new EngineHost({
    fork,
    home,
    workspace: join(home, 'check.waybill'),
    log,
    onWorkspace: () => undefined,
    onEnded: () => undefined,
  });
  try {
    const { port1, port2 } = createChannel();
    await engine.connect(port1);
    const client = messagePortClient(port2);
    const { job } = await client.imports.sample({ orders: 20, seed: 7 });
    for await (const progress of await client.jobs.watch({ job })) {
      if (progress.state === 'failed') throw new Error(`the import failed: ${JSON.stringify(progress)}`);
    }
    const info = await client.workspace.info();
    const { rows } = await client.sql.run({ sql: 'SELECT sum(events) FROM sources' });
    const counted = Number(rows[0]?.[0]);
    return { ok: info.events > 0 && counted > 0 && uiFiles > 0, events: info.events, journeys: info.journeys, counted, uiFiles };
  } catch (error) {
    return { ok: false, events: 0, journeys: 0, counted: 0, uiFiles, error: error instanceof Error ? error.message : String(error) };
  } finally {
    await engine.close();
    if (existsSync(home)) rmSync(home, { recursive: true, force: true });
  }
}
