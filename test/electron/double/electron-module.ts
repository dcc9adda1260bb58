import { ElectronDouble } from './electron.ts';

/** The module `electron` for a main process that runs unchanged under Node: no window opens, and the app's end is the process's end. */
const double = new ElectronDouble(() => Promise.reject(new Error('this double opens no pages')));
export const {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} = double.module;

void double.app.exited.then((code) => process.exit(code));
