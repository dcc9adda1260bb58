import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Refusable, type ElectronDouble } from './electron.ts';
import type { PortDouble } from './ports.ts';
import type { PageOpener } from './window.ts';

/** Chromium outside of Electron has no scheme `app:`; the page sees this origin instead, and no request to it leaves the browser. */
const ORIGIN = 'https://waybill.test';
const ownAddress = (url: string): string => (url.startsWith(ORIGIN) ? `app://waybill${url.slice(ORIGIN.length)}` : url);

/** What of Electron's renderer half the preload uses, as a script in the page. Port traffic and calls go through two bindings. */
const SHIM = `
const listeners = new Map();
const ports = new Map();
const electron = {
  contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
  ipcRenderer: {
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    invoke: (channel, ...args) => window.__invoke(channel, args),
  },
  webUtils: { getPathForFile: (file) => window.__paths?.[file.name] ?? '' },
};
window.open = (url) => { void window.__open(String(url)); return null; };
window.__deliver = (channel, data, ids) => {
  const made = ids.map((id) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data }) => window.__portOut(id, data);
    ports.set(id, port2);
    return port1;
  });
  for (const listener of listeners.get(channel) ?? []) listener({ ports: made }, data);
};
window.__portIn = (id, data) => ports.get(id)?.postMessage(data);
window.__portClose = (id) => ports.get(id)?.close();
`;

/** Opens windows as pages of a real Chromium, with the built preload, the app's protocol handler and main's refusals in force. */
export function chromiumPages(browser: Browser): { readonly open: PageOpener; readonly pages: Page[]; readonly blocked: string[] } {
  const pages: Page[] = [];
  const blocked: string[] = [];
  const open: PageOpener = async (window, url, electron) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 820 } });
    const page = await context.newPage();
    pages.push(page);
    const ports = new Map<number, PortDouble>();
    const frame = {
      get url() {
        return ownAddress(page.url());
      },
    };
    await page.exposeBinding('__invoke', (_source, channel: string, args: readonly unknown[]) => electron.invoke(frame, channel, ...args));
    await page.exposeBinding('__portOut', (_source, id: number, data: unknown) => ports.get(id)?.postMessage(data));
    await page.exposeBinding('__open', (_source, target: string) => window.webContents.openHandler?.({ url: target }));
    const preload = readFileSync((window.options['webPreferences'] as { preload: string }).preload, 'utf8');
    await page.addInitScript(`(() => {${SHIM}((require) => {${preload}\n})(() => electron);})();`);
    await routeRequests(context, window.webContents, electron, blocked);
    await page.goto(`${ORIGIN}${url.slice('app://waybill'.length)}`);
    let next = 1;
    return {
      deliver: async (channel, data, handed) => {
        const ids = handed.map((port) => {
          const id = next++;
          ports.set(id, port);
          // Until the page has the port, its traffic waits in it.
          return id;
        });
        await page.evaluate(`window.__deliver(${JSON.stringify(channel)}, ${JSON.stringify(data)}, ${JSON.stringify(ids)})`);
        for (const [index, port] of handed.entries()) {
          const call = (name: string, ...args: readonly unknown[]): void => {
            if (!page.isClosed())
              void page
                .evaluate(`window.${name}(${[ids[index], ...args].map((arg) => JSON.stringify(arg)).join()})`)
                .catch(() => undefined);
          };
          port.on('message', ({ data: message }: { data: unknown }) => call('__portIn', message));
          port.on('close', () => call('__portClose'));
          port.start();
        }
      },
      // Whoever launched the browser closes it, and the page with it.
      close: () => {
        for (const port of ports.values()) port.close();
      },
    };
  };
  return { open, pages, blocked };
}

/** Every request passes the session's check; navigations pass the window's; what is the app's own is answered by its handler. */
async function routeRequests(
  context: BrowserContext,
  contents: { emit(name: string, event: unknown): boolean },
  electron: ElectronDouble,
  blocked: string[],
): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = ownAddress(request.url());
    const navigation = Object.assign(new Refusable(), { url });
    if (request.isNavigationRequest()) contents.emit('will-navigate', navigation);
    if (navigation.refused || !electron.session.lets(url)) {
      blocked.push(url);
      // A refused navigation leaves the page as it is, as in Electron.
      await route.abort(navigation.refused ? 'aborted' : 'blockedbyclient');
      return;
    }
    const response = electron.protocols.get('app')!({ url, method: request.method() });
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}
