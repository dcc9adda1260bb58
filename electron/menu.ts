import type { MenuItemConstructorOptions } from 'electron';

/** What the menu can do; each host function shows its own dialogs and errors. */
export interface MenuActions {
  newWorkspace(): void;
  openWorkspace(): void;
  openRecent(path: string): void;
  importFiles(): void;
  importFolder(): void;
  go(route: string): void;
  showLog(): void;
}

export interface MenuState {
  readonly platform: NodeJS.Platform;
  /** A packaged app: no reload and no developer tools. */
  readonly production: boolean;
  /** Newest first. */
  readonly recent: readonly { readonly path: string; readonly name: string }[];
}

const MOST_RECENT = 8;

/** The application menu as data. */
export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = state.platform === 'darwin';
  const recent: MenuItemConstructorOptions[] = state.recent
    .slice(0, MOST_RECENT)
    .map(({ path, name }) => ({ label: menuText(name), toolTip: path, click: () => actions.openRecent(path) }));
  const file: MenuItemConstructorOptions[] = [
    { id: 'new-workspace', label: 'New Workspace…', accelerator: 'CmdOrCtrl+N', click: () => actions.newWorkspace() },
    { id: 'open-workspace', label: 'Open Workspace…', accelerator: 'CmdOrCtrl+O', click: () => actions.openWorkspace() },
    { id: 'open-recent', label: 'Open Recent', enabled: recent.length > 0, submenu: recent },
    { type: 'separator' },
    {
      id: 'import-files',
      label: mac ? 'Import Files or Folders…' : 'Import Files…',
      accelerator: 'CmdOrCtrl+I',
      click: () => actions.importFiles(),
    },
    // Only macOS has a dialog for both.
    ...(mac
      ? []
      : [{ id: 'import-folder', label: 'Import Folder…', accelerator: 'CmdOrCtrl+Shift+I', click: () => actions.importFolder() }]),
    { type: 'separator' },
    mac ? { role: 'close' } : { role: 'quit' },
  ];
  const go: MenuItemConstructorOptions[] = [
    { label: 'Start', click: () => actions.go('/') },
    { label: 'Records', click: () => actions.go('/records') },
    { label: 'Findings', click: () => actions.go('/findings') },
    { label: 'Incidents', click: () => actions.go('/incidents') },
    { label: 'Flows', click: () => actions.go('/flows') },
    { label: 'Sources', click: () => actions.go('/sources') },
    { label: 'SQL', click: () => actions.go('/sql') },
  ];
  const view: MenuItemConstructorOptions[] = [
    ...go,
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(state.production
      ? []
      : ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[])),
  ];
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    ...(mac ? [{ role: 'windowMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      role: 'help',
      submenu: [
        { id: 'show-log', label: 'Show Log File', click: () => actions.showLog() },
        ...(mac ? [] : [{ role: 'about' } satisfies MenuItemConstructorOptions]),
      ],
    },
  ];
}

/** An ampersand marks an access key in menus unless it is doubled. */
function menuText(name: string): string {
  return name.replaceAll('&', '&&');
}
