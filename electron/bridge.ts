import type { IpcMain, IpcMainInvokeEvent, MessageChannelMain } from 'electron';
import { Cancelled, UserError } from '../src/model/errors.ts';
import { isAppUrl } from './app-protocol.ts';
import { CHANNELS, type Reply } from './channels.ts';
import type { EngineHost } from './engine-host.ts';
import { readPaths } from './grants.ts';
import type { Log } from './log.ts';

export interface BridgeOptions {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly createChannel: () => MessageChannelMain;
  readonly engine: EngineHost;
  /** Shows the open dialog, for what is to be imported or for folders; answers paths, none when it was closed. */
  readonly choose: (what: 'import' | 'folders') => Promise<readonly string[]>;
  readonly log: Log;
}

/** Main's answers to the preload. Each is given only to the app's own top page. */
export function serveBridge({ ipcMain, createChannel, engine, choose, log }: BridgeOptions): void {
  const answer = <T>(channel: string, handler: (event: IpcMainInvokeEvent, argument: unknown) => Promise<T>): void => {
    ipcMain.handle(channel, async (event, argument: unknown): Promise<Reply<T>> => {
      if (!isOwnPage(event)) {
        log(`refused ${channel} of a foreign page`);
        return { ok: false, message: 'only the pages of Waybill may ask this' };
      }
      try {
        return { ok: true, value: await handler(event, argument) };
      } catch (error) {
        if (!(error instanceof UserError || error instanceof Cancelled))
          log(`${channel}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return { ok: false, message: error instanceof Error ? error.message : String(error) };
      }
    });
  };

  answer(CHANNELS.connect, async ({ senderFrame }) => {
    const { port1, port2 } = createChannel();
    await engine.connect(port1);
    senderFrame?.postMessage(CHANNELS.port, undefined, [port2]);
    return undefined;
  });
  answer(CHANNELS.pickFiles, async () => grantAll(await choose('import')));
  answer(CHANNELS.pickFolders, async () => grantAll(await choose('folders')));
  answer(CHANNELS.grantPaths, async (_event, claimed) => {
    const paths = readPaths(claimed);
    if (paths === undefined) throw new UserError('invalid-input', 'these are no files');
    return grantAll(paths);
  });

  async function grantAll(paths: readonly string[]): Promise<readonly string[]> {
    return Promise.all(paths.map((path) => engine.grant(path)));
  }
}

/** Frames inside of the page are not trusted, and a frame that is gone is none. */
function isOwnPage({ senderFrame }: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url);
}
