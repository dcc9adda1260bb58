import type { App, Session, WebContents } from 'electron';
import { APP_URL, isAppUrl } from './app-protocol.ts';

/**
 * Requests that may leave a page: for the app's own files, and for what a page holds itself. Everything else is cancelled, which
 * makes "offline" a fact and not a promise. `devtools:` only while developing.
 */
export function mayRequest(address: string, production: boolean): boolean {
  if (isAppUrl(address)) return true;
  if (address.startsWith('data:') || address.startsWith(`blob:${APP_URL}`)) return true;
  return !production && address.startsWith('devtools://');
}

/** Pages may write text to the clipboard when the user presses a copy button, and nothing else. */
export function mayUse(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isAppUrl(address);
}

/** Closes a session: permissions, devices and requests. */
export function lockSession(session: Session, production: boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(mayUse(permission, contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url, production) }));
}

/** Keeps every page of the app where it is: no other address, no other window, no embedded page. */
export function lockContents(contents: WebContents, log: (line: string) => void): void {
  contents.on('will-navigate', (event) => stop(event, event.url));
  contents.on('will-redirect', (event) => stop(event, event.url));
  contents.on('will-frame-navigate', (event) => stop(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log(`refused to open a window for ${short(url)}`);
    return { action: 'deny' };
  });

  function stop(event: { preventDefault(): void }, url: string): void {
    if (isAppUrl(url)) return;
    event.preventDefault();
    log(`refused to go to ${short(url)}`);
  }
}

/** The same for pages that are made later, by whatever means. */
export function lockAllContents(app: App, log: (line: string) => void): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log));
}

/** Addresses can carry data of the page: only where it wanted to go is logged. */
function short(address: string): string {
  if (!URL.canParse(address)) return 'an invalid address';
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
