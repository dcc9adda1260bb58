import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type * as ElectronModule from 'electron';
import { defaultWorkspace, recentWorkspaces } from '../src/api/engine/settings.ts';
import { VERSION } from '../src/api/version.ts';
import { loadStaticFiles } from '../src/server/static-files.ts';
import { APP_SCHEME, createAppHandler, SCHEME_PRIVILEGES } from './app-protocol.ts';
import { serveBridge } from './bridge.ts';
import { CHANNELS, type DesktopCommand } from './channels.ts';
import { readDesktopSettings, writeDesktopSettings } from './desktop-settings.ts';
import { EngineHost } from './engine-host.ts';
import { openLog } from './log.ts';
import { addressOf, rememberWindow, windowOptions } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { parseArguments, parseDeepLink, type OpenRequest } from './open-request.ts';
import { lockAllContents, lockSession } from './policy.ts';
import { RestartBudget } from './restart-budget.ts';
import { SELF_CHECK, selfCheck } from './self-check.ts';
import { placeWindow } from './window-state.ts';

/** What of Electron is used. */
export type Electron = Pick<
  typeof ElectronModule,
  | 'app'
  | 'BrowserWindow'
  | 'crashReporter'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;

export interface DesktopOptions {
  readonly electron: Electron;
  /** The folder for settings, the log and the default workspace. */
  readonly home: string;
  /** Folder of the built interface, and the built preload. */
  readonly uiFolder: string;
  readonly preload: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly write: (text: string) => void;
}

/**
 * The desktop app: composes window, menus, dialogs and the engine's process, and decides nothing else. Must be called before Electron is
 * ready. Resolves when the window is loading, or at once when another instance has taken over.
 */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  const { electron, home, argv, platform } = options;
  const { app, BrowserWindow, dialog } = electron;
  const production = app.isPackaged;
  const checking = argv.includes(SELF_CHECK);
  const logFile = join(home, 'desktop.log');
  const log = openLog(logFile);

  // Chromium keeps its profile beside our own files and not among them; the lock of the single instance goes by this folder.
  const profile = join(home, 'desktop');
  mkdirSync(profile, { recursive: true });
  app.setPath('userData', profile);
  if (!checking && !app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  // Pages have nothing to look up: not even a prefetch gets a name resolved.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  electron.crashReporter.start({ uploadToServer: false });
  electron.protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: SCHEME_PRIVILEGES }]);
  lockAllContents(app, log);
  if (production) app.setAsDefaultProtocolClient('waybill');

  let window: ElectronModule.BrowserWindow | undefined;
  let pageReady = false;
  let waiting: DesktopCommand | undefined;
  // What the system asks to open may arrive before there is anything to open it with.
  let asked = parseArguments(argv, options.cwd);
  let open = (request: OpenRequest): void => {
    asked = request;
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open({ kind: 'workspace', path });
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const route = parseDeepLink(link);
    if (route !== undefined) open({ kind: 'route', route });
  });
  app.on('second-instance', (_event, args, cwd) => {
    const request = parseArguments(args, cwd);
    if (request !== undefined) open(request);
    showWindow();
  });

  await app.whenReady();
  const files = loadStaticFiles(options.uiFolder);
  if (checking) {
    const result = await selfCheck({
      fork: electron.utilityProcess.fork,
      createChannel: () => new electron.MessageChannelMain(),
      uiFiles: files.size,
      log,
    });
    options.write(`${JSON.stringify(result)}\n`);
    app.exit(result.ok ? 0 : 1);
    return;
  }

  lockSession(electron.session.defaultSession, production);
  electron.protocol.handle(APP_SCHEME, createAppHandler(files));
  app.setAboutPanelOptions({ applicationName: 'Waybill', applicationVersion: VERSION });

  const settings = readDesktopSettings(home);
  const last = settings.workspace !== undefined && existsSync(settings.workspace) ? settings.workspace : defaultWorkspace(home);
  const engine = new EngineHost({
    fork: electron.utilityProcess.fork,
    home,
    workspace: asked?.kind === 'workspace' ? asked.path : last,
    log,
    onWorkspace: (path) => {
      writeDesktopSettings(home, { workspace: path });
      window?.setTitle(`${basename(path).replace(/\.waybill$/, '')} – Waybill`);
      setMenu();
    },
    onEnded: () => window?.webContents.send(CHANNELS.ended, undefined),
  });
  serveBridge({
    ipcMain: electron.ipcMain,
    createChannel: () => new electron.MessageChannelMain(),
    engine,
    choose: (what) => choose(what === 'folders' ? 'folder' : platform === 'darwin' ? 'both' : 'files'),
    log,
  });

  open = (request) => {
    if (request.kind === 'workspace') void openWorkspace(request.path);
    else tell({ kind: 'go', route: request.route });
  };
  setMenu();

  app.on('activate', () => {
    if (window === undefined) void openWindow('/');
    else showWindow();
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    // The engine is asked to stop, not killed: an import that runs is cancelled at a place it can be taken up again.
    event.preventDefault();
    void engine.close().then(() => app.exit(0));
  });

  await openWindow(asked?.kind === 'route' ? asked.route : '/');

  async function openWindow(route: string): Promise<void> {
    const displays = [electron.screen.getPrimaryDisplay(), ...electron.screen.getAllDisplays()].map((display) => display.workArea);
    const saved = readDesktopSettings(home).window;
    const made = new BrowserWindow(
      windowOptions(placeWindow(saved, displays), options.preload, electron.nativeTheme.shouldUseDarkColors, production),
    );
    window = made;
    pageReady = false;
    if (saved?.maximized === true) made.maximize();
    rememberWindow(made, home);
    made.once('ready-to-show', () => made.show());
    made.on('closed', () => {
      window = undefined;
    });
    made.on('page-title-updated', (event) => event.preventDefault());
    made.webContents.on('did-finish-load', () => {
      pageReady = true;
      if (waiting !== undefined) made.webContents.send(CHANNELS.command, waiting);
      waiting = undefined;
    });
    const budget = new RestartBudget(2, 60_000);
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log(`the page ended: ${reason}`);
      if (reason !== 'clean-exit' && budget.spend(performance.now())) made.webContents.reload();
    });
    await made.loadURL(addressOf(route));
  }

  function showWindow(): void {
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  function tell(command: DesktopCommand): void {
    if (window === undefined) {
      waiting = command;
      void openWindow('/');
    } else if (pageReady) window.webContents.send(CHANNELS.command, command);
    else waiting = command;
    showWindow();
  }

  async function openWorkspace(path: string): Promise<void> {
    try {
      if ((await engine.openWorkspace(path)) === 'started') window?.webContents.reload();
      showWindow();
    } catch (error) {
      log(`a workspace could not be opened: ${error instanceof Error ? error.message : String(error)}`);
      dialog.showErrorBox('The workspace could not be opened', error instanceof Error ? error.message : String(error));
    }
  }

  /** Paths that the user chose; none when the dialog was closed. */
  async function choose(what: 'files' | 'folder' | 'both'): Promise<readonly string[]> {
    const properties: ElectronModule.OpenDialogOptions['properties'] = ['multiSelections'];
    if (what !== 'folder') properties.push('openFile');
    if (what !== 'files') properties.push('openDirectory');
    const chosen = { title: 'Import', buttonLabel: 'Import', properties };
    const { filePaths, canceled } = await (window === undefined ? dialog.showOpenDialog(chosen) : dialog.showOpenDialog(window, chosen));
    return canceled ? [] : filePaths;
  }

  async function importChosen(what: 'files' | 'folder' | 'both'): Promise<void> {
    const grants = await Promise.all((await choose(what)).map((path) => engine.grant(path)));
    if (grants.length > 0) tell({ kind: 'import', grants });
  }

  async function chooseWorkspace(): Promise<void> {
    const { filePaths } = await dialog.showOpenDialog({ title: 'Open Workspace', properties: ['openFile'], filters: WORKSPACES });
    if (filePaths[0] !== undefined) await openWorkspace(filePaths[0]);
  }

  async function newWorkspace(): Promise<void> {
    const { filePath } = await dialog.showSaveDialog({
      title: 'New Workspace',
      defaultPath: join(dirname(last), 'untitled.waybill'),
      filters: WORKSPACES,
    });
    if (filePath !== '') await openWorkspace(filePath.endsWith('.waybill') ? filePath : `${filePath}.waybill`);
  }

  function setMenu(): void {
    const recent = recentWorkspaces(home).filter(({ exists }) => exists);
    const template = menuTemplate(
      { platform, production, recent },
      {
        newWorkspace: () => void newWorkspace(),
        openWorkspace: () => void chooseWorkspace(),
        openRecent: (path) => void openWorkspace(path),
        importFiles: () => void importChosen(platform === 'darwin' ? 'both' : 'files'),
        importFolder: () => void importChosen('folder'),
        go: (route) => tell({ kind: 'go', route }),
        showLog: () => electron.shell.showItemInFolder(logFile),
      },
    );
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  }
}

const WORKSPACES = [{ name: 'Waybill workspace', extensions: ['waybill'] }];
