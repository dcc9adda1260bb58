/** The names of the messages between main and preload. The preload is the only one in a page that can send them. */
export const CHANNELS = {
  /** Page asks for the way to the engine; main answers `Reply<undefined>` and posts the port under `port`. */
  connect: 'waybill:connect',
  /** Main hands the port over. */
  port: 'waybill:port',
  /** Main says that the engine ended by itself: the port leads nowhere any more. */
  ended: 'waybill:port-ended',
  /** Page asks for the open dialog; answers `Reply<readonly string[]>`, the grants. */
  pickFiles: 'waybill:pick-files',
  /** Page asks for the dialog for folders (to watch); answers `Reply<readonly string[]>`, the grants. */
  pickFolders: 'waybill:pick-folders',
  /** Preload names the paths of dropped files; answers `Reply<readonly string[]>`, the grants. */
  grantPaths: 'waybill:grant-paths',
  /** Main tells the page what was chosen in a menu or opened by the system: a `DesktopCommand`. */
  command: 'waybill:command',
} as const;

/** Errors cross as data: Electron would put its own words before the sentence. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** What the desktop asks the page to do. */
export type DesktopCommand =
  /** Go to a place in the app: `/journey/order/SO-1042?view=graph`. */
  | { readonly kind: 'go'; readonly route: string }
  /** Plan the import of files that were chosen in the menu's dialog. */
  | { readonly kind: 'import'; readonly grants: readonly string[] };
