import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { MenuItemConstructorOptions } from 'electron';
import type { Electron } from '../../../electron/desktop.ts';
import { ChannelDouble } from './ports.ts';
import { UtilityDouble } from './utility-process.ts';
import { WindowDouble, type PageOpener } from './window.ts';

/** An event that a handler may refuse. */
export class Refusable {
  refused = false;
  preventDefault(): void {
    this.refused = true;
  }
}

class AppDouble extends EventEmitter {
  isPackaged = false;
  lock = true;
  readonly paths = new Map<string, string>();
  readonly switches = new Map<string, string>();
  readonly protocolClients: string[] = [];
  sandboxed = false;
  readonly #windows: Set<WindowDouble>;
  readonly exited: Promise<number>;
  #onExit: (code: number) => void = () => undefined;

  constructor(windows: Set<WindowDouble>) {
    super();
    this.#windows = windows;
    this.exited = new Promise((resolve) => {
      this.#onExit = resolve;
    });
  }

  readonly commandLine = { appendSwitch: (name: string, value = ''): void => void this.switches.set(name, value) };
  setPath(name: string, path: string): void {
    // As the real one.
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.paths.set(name, path);
  }
  requestSingleInstanceLock(): boolean {
    return this.lock;
  }
  enableSandbox(): void {
    this.sandboxed = true;
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.protocolClients.push(scheme);
    return true;
  }
  setAboutPanelOptions(): void {}
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  /** As Electron does: windows close first, then `will-quit`, which may hold the end up. */
  quit(): void {
    for (const window of this.#windows) window.close();
    const event = new Refusable();
    this.emit('will-quit', event);
    if (!event.refused) this.exit(0);
  }
  exit(code = 0): void {
    this.#onExit(code);
  }
}

type Handler = (event: unknown, ...args: readonly unknown[]) => Promise<unknown>;

class SessionDouble {
  permissionRequest: ((contents: unknown, permission: string, answer: (allowed: boolean) => void) => void) | undefined;
  permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | undefined;
  device: (() => boolean) | undefined;
  before: ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void) | undefined;
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<SessionDouble['before']>): void => {
      this.before = listener;
    },
  };
  setPermissionRequestHandler(handler: NonNullable<SessionDouble['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<SessionDouble['permissionCheck']>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
  /** Whether a page's request would leave. */
  lets(url: string): boolean {
    let cancelled = false;
    this.before?.({ url }, ({ cancel }) => {
      cancelled = cancel === true;
    });
    return !cancelled;
  }
}

/** The few interfaces of Electron that the desktop host uses, with a view behind them for tests. */
export class ElectronDouble {
  readonly windows = new Set<WindowDouble>();
  readonly app = new AppDouble(this.windows);
  readonly session = new SessionDouble();
  readonly processes: UtilityDouble[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly protocols = new Map<string, (request: { url: string; method: string }) => Response>();
  readonly schemes: unknown[] = [];
  readonly errors: { title: string; content: string }[] = [];
  readonly shown: string[] = [];
  crashOptions: unknown;
  menu: readonly MenuItemConstructorOptions[] = [];
  /** What the next dialogs answer. */
  readonly toOpen: string[][] = [];
  readonly toSave: string[] = [];
  readonly #opener: PageOpener;

  constructor(opener: PageOpener) {
    this.#opener = opener;
  }

  /** The window that is open; fails when there is none. */
  get window(): WindowDouble {
    const [window] = this.windows;
    if (window === undefined) throw new Error('no window is open');
    return window;
  }

  /** Calls a handler of main's as a page's frame would. */
  invoke(frame: { readonly url: string; readonly parent?: unknown }, channel: string, ...args: readonly unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (handler === undefined) return Promise.reject(new Error(`nobody answers ${channel}`));
    const senderFrame = {
      parent: null,
      postMessage: (name: string, data: unknown, ports: never) => this.window.webContents.deliver(name, data, ports),
      ...frame,
    };
    return handler({ senderFrame }, ...args);
  }

  click(id: string): void {
    const item = this.menu.flatMap((top) => (Array.isArray(top.submenu) ? top.submenu : [])).find((one) => one.id === id);
    if (item?.click === undefined) throw new Error(`the menu has no ${id}`);
    (item.click as () => void)();
  }

  /** The double where the desktop host expects Electron. */
  get module(): Electron {
    const openWindow = (options: object): WindowDouble => new WindowDouble(options, this.#opener, this);
    const area = { x: 0, y: 0, width: 1920, height: 1040 };
    const double = {
      app: this.app,
      // Called with `new`: what a function answers then is the object.
      BrowserWindow: function (options: object) {
        return openWindow(options);
      },
      crashReporter: { start: (options: unknown) => void (this.crashOptions = options) },
      dialog: {
        showOpenDialog: () => Promise.resolve({ filePaths: this.toOpen.shift() ?? [], canceled: false }),
        showSaveDialog: () => Promise.resolve({ filePath: this.toSave.shift() ?? '', canceled: false }),
        showErrorBox: (title: string, content: string) => void this.errors.push({ title, content }),
      },
      ipcMain: { handle: (channel: string, handler: Handler) => void this.handlers.set(channel, handler) },
      Menu: {
        buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => template,
        setApplicationMenu: (menu: readonly MenuItemConstructorOptions[]) => void (this.menu = menu),
      },
      MessageChannelMain: ChannelDouble,
      nativeTheme: { shouldUseDarkColors: false },
      protocol: {
        registerSchemesAsPrivileged: (schemes: readonly unknown[]) => void this.schemes.push(...schemes),
        handle: (scheme: string, handler: (request: { url: string; method: string }) => Response) =>
          void this.protocols.set(scheme, handler),
      },
      screen: { getPrimaryDisplay: () => ({ workArea: area }), getAllDisplays: () => [{ workArea: area }] },
      session: { defaultSession: this.session },
      shell: { showItemInFolder: (path: string) => void this.shown.push(path) },
      utilityProcess: {
        fork: (module: string) => {
          const process = new UtilityDouble(module);
          this.processes.push(process);
          return process;
        },
      },
    };
    return double as unknown as Electron;
  }
}
