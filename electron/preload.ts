import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, type DesktopCommand, type Reply } from './channels.ts';

/** What of the page's window is used here: this file runs in a page but is compiled with the host. */
declare const window: { postMessage(data: unknown, targetOrigin: string, transfer: readonly unknown[]): void };

// A port cannot cross the context bridge; a window message can carry it. It goes to this window only.
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(CHANNELS.port, '*', event.ports));

// Chromium does not tell a page that the process at the other end of a port is gone.
ipcRenderer.on(CHANNELS.ended, () => window.postMessage(CHANNELS.ended, '*', []));

async function ask<T>(channel: string, ...args: readonly unknown[]): Promise<T> {
  const reply = (await ipcRenderer.invoke(channel, ...args)) as Reply<T>;
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

// What main says before the page listens is kept for it: a menu or a link may be quicker than the page.
const early: DesktopCommand[] = [];
let listeners: readonly ((command: DesktopCommand) => void)[] = [];
ipcRenderer.on(CHANNELS.command, (_event, command: DesktopCommand) => {
  if (listeners.length === 0) early.push(command);
  for (const listener of listeners) listener(command);
});

/** The one object that pages see. Each function asks for one thing; none takes a channel, a path or code. */
const bridge = {
  connect: (): Promise<undefined> => ask(CHANNELS.connect),
  pickFiles: (): Promise<readonly string[]> => ask(CHANNELS.pickFiles),
  pickFolders: (): Promise<readonly string[]> => ask(CHANNELS.pickFolders),
  grantFiles: (files: readonly File[]): Promise<readonly string[]> => {
    // A file that a script made has no path, so only what the user dropped or chose can be granted.
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ask(CHANNELS.grantPaths, paths);
  },
  onCommand: (listener: (command: DesktopCommand) => void): (() => void) => {
    listeners = [...listeners, listener];
    for (const command of early.splice(0)) listener(command);
    return () => {
      listeners = listeners.filter((one) => one !== listener);
    };
  },
};
export type PreloadBridge = typeof bridge;

contextBridge.exposeInMainWorld('waybill', bridge);
