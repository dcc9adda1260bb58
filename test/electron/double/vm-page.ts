import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { MessagePort } from 'node:worker_threads';
import type { PreloadBridge } from '../../../electron/preload.ts';
import type { PortDouble } from './ports.ts';
import type { PageOpener } from './window.ts';

/** A page without a browser: the built preload runs alone, and the test is the page. */
export interface VmPage {
  readonly bridge: PreloadBridge;
  /** Ports that the preload posted to its window. */
  readonly ports: MessagePort[];
}

/** Runs the real preload with Electron's renderer half replaced. `paths` says where dropped files are on the disk, by their name. */
export function vmPages(paths: ReadonlyMap<string, string>): { readonly open: PageOpener; readonly pages: VmPage[] } {
  const pages: VmPage[] = [];
  const open: PageOpener = async (window, url, electron) => {
    const listeners = new Map<string, ((event: unknown, data: unknown) => void)[]>();
    const exposed: Record<string, unknown> = {};
    const ports: MessagePort[] = [];
    const modules: Readonly<Record<string, unknown>> = {
      electron: {
        contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void (exposed[name] = api) },
        ipcRenderer: {
          on: (channel: string, listener: (event: unknown, data: unknown) => void) =>
            void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
          // What crosses between processes is a copy.
          invoke: async (channel: string, ...args: readonly unknown[]) =>
            structuredClone(await electron.invoke({ url }, channel, ...structuredClone(args))),
        },
        webUtils: { getPathForFile: (file: File) => paths.get(file.name) ?? '' },
      },
    };
    const preload = (window.options['webPreferences'] as { preload: string }).preload;
    runInNewContext(readFileSync(preload, 'utf8'), {
      require: (name: string) => {
        // A sandboxed preload can load nothing but this.
        if (modules[name] === undefined) throw new Error(`a sandboxed preload cannot require ${name}`);
        return modules[name];
      },
      window: { postMessage: (_data: unknown, _origin: string, transfer: readonly MessagePort[]) => void ports.push(...transfer) },
    });
    if (Object.keys(exposed).join() !== 'waybill') throw new Error(`the preload exposes ${Object.keys(exposed).join()}`);
    pages.push({ bridge: exposed['waybill'] as PreloadBridge, ports });
    return {
      deliver: (channel, data, handed: readonly PortDouble[]) => {
        for (const listener of listeners.get(channel) ?? []) listener({ ports: handed.map((port) => port.node) }, data);
      },
      close: () => {
        for (const port of ports) port.close();
      },
    };
  };
  return { open, pages };
}
