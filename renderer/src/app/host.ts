/**
 * What the desktop's preload puts on `window.waybill`. In the browser it is absent, and the page talks to the loopback
 * host instead.
 */
export interface DesktopBridge {
  /**
   * Opens the way to the engine. The port is either the answer, or (as a port cannot cross the context bridge on every
   * version) arrives as a window message whose data is `waybill:port`.
   */
  connect(): Promise<MessagePort | undefined> | MessagePort | undefined;
  /** Shows the system's open dialog; answers one grant per chosen file or folder, none when it was closed. */
  pickFiles(): Promise<readonly string[]>;
  /** Shows the system's dialog for folders; answers one grant for each, none when it was closed. */
  pickFolders(): Promise<readonly string[]>;
  /** Grants for files and folders that were dropped on the window. */
  grantFiles(files: readonly File[]): Promise<readonly string[]>;
  /** Calls back with what was chosen in the menu or opened by the system. Answers the way to stop listening. */
  onCommand(listener: (command: DesktopCommand) => void): () => void;
}

/** What the desktop asks the page to do. */
export type DesktopCommand =
  /** Go to a place in the app: `/journey/order/SO-1042?view=graph`. */
  | { readonly kind: 'go'; readonly route: string }
  /** Plan the import of files that were chosen in the menu's dialog. */
  | { readonly kind: 'import'; readonly grants: readonly string[] };

declare global {
  interface Window {
    readonly waybill?: DesktopBridge;
  }
}

/** The data of the window message that carries the port. */
export const PORT_MESSAGE = 'waybill:port';

/** The data of the window message that says that the port leads nowhere any more: Chromium fires no `close` for that. */
export const PORT_ENDED_MESSAGE = 'waybill:port-ended';

/** The desktop's bridge, or undefined in a browser. */
export function desktop(): DesktopBridge | undefined {
  return window.waybill;
}
