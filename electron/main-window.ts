import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { APP_URL } from './app-protocol.ts';
import { writeDesktopSettings } from './desktop-settings.ts';
import { SMALLEST, type Bounds } from './window-state.ts';

/** The options of the one window. Isolated, sandboxed, without Node; nothing in it may reach for the network. */
export function windowOptions(bounds: Bounds, preload: string, dark: boolean, production: boolean): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    // Shown when it has something to show.
    show: false,
    title: 'Waybill',
    backgroundColor: dark ? '#16181d' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spell checker fetches its dictionaries.
      spellcheck: false,
      devTools: !production,
    },
  };
}

/** The address of a place in the app. */
export function addressOf(route: string): string {
  return `${APP_URL}#${route}`;
}

/** Remembers where the window was when it is closed. */
export function rememberWindow(window: BrowserWindow, home: string): void {
  window.on('close', () => {
    writeDesktopSettings(home, { window: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } });
  });
}
