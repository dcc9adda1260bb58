import { EventEmitter } from 'node:events';
import type { ElectronDouble } from './electron.ts';
import type { PortDouble } from './ports.ts';

/** A loaded page, whatever shows it. */
export interface PageDouble {
  /** A message from main arrives at the preload. */
  deliver(channel: string, data: unknown, ports: readonly PortDouble[]): Promise<void> | void;
  close(): Promise<void> | void;
}

/** Loads an address into a window: in Chromium, or by running the preload alone. */
export type PageOpener = (window: WindowDouble, url: string, electron: ElectronDouble) => Promise<PageDouble>;

class WebContentsDouble extends EventEmitter {
  page: PageDouble | undefined;
  url = '';
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  reloads = 0;

  getURL(): string {
    return this.url;
  }
  setWindowOpenHandler(handler: NonNullable<WebContentsDouble['openHandler']>): void {
    this.openHandler = handler;
  }
  send(channel: string, data: unknown): void {
    this.deliver(channel, data, []);
  }
  deliver(channel: string, data: unknown, ports: readonly PortDouble[]): void {
    void this.page?.deliver(channel, data, ports);
  }
  reload(): void {
    this.reloads++;
  }
}

/** `BrowserWindow`. */
export class WindowDouble extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly webContents = new WebContentsDouble();
  title = '';
  visible = false;
  focused = 0;
  minimized = false;
  maximized = false;
  bounds = { x: 40, y: 50, width: 1200, height: 800 };
  readonly #electron: ElectronDouble;
  readonly #opener: PageOpener;

  constructor(options: object, opener: PageOpener, electron: ElectronDouble) {
    super();
    this.options = options as Record<string, unknown>;
    this.#opener = opener;
    this.#electron = electron;
    electron.windows.add(this);
    electron.app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.webContents.page = await this.#opener(this, url, this.#electron);
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }
  close(): void {
    this.emit('close');
    this.#electron.windows.delete(this);
    void this.webContents.page?.close();
    this.emit('closed');
    if (this.#electron.windows.size === 0) this.#electron.app.emit('window-all-closed');
  }
  show(): void {
    this.visible = true;
  }
  focus(): void {
    this.focused++;
  }
  restore(): void {
    this.minimized = false;
  }
  maximize(): void {
    this.maximized = true;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  getNormalBounds(): WindowDouble['bounds'] {
    return this.bounds;
  }
  setTitle(title: string): void {
    this.title = title;
  }
}
