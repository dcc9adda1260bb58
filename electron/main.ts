import { fileURLToPath } from 'node:url';
import {
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
} from 'electron';
import { waybillHome } from '../src/api/engine/settings.ts';
import { startDesktop } from './desktop.ts';

const electron = {
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
};

startDesktop({
  electron,
  home: waybillHome(process.env, process.platform),
  // This file runs from `dist/app/electron`; the interface is built beside `dist/app`.
  uiFolder: fileURLToPath(new URL('../../renderer', import.meta.url)),
  preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
  argv: process.argv.slice(1),
  cwd: process.cwd(),
  platform: process.platform,
  write: (text) => process.stdout.write(text),
}).catch((error: unknown) => {
  dialog.showErrorBox('Waybill could not start', error instanceof Error ? (error.stack ?? error.message) : String(error));
  app.exit(1);
});
