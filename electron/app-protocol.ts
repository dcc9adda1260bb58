import { SECURITY_HEADERS } from '../src/server/guard.ts';
import type { StaticFile } from '../src/server/static-files.ts';

/** The one scheme that windows may load, and the one host in it. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'waybill';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Standard (so that relative addresses and origins work) and secure (so that the page may use the clipboard and workers). */
export const SCHEME_PRIVILEGES = { standard: true, secure: true, supportFetchAPI: true } as const;

/** Whether an address belongs to the app's own pages. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${APP_SCHEME}:` && url.hostname === APP_HOST && url.port === '' && url.username === '' && url.password === '';
}

/**
 * Answers requests for `app://waybill/…` out of the files that were read at the start: what is not among them does not exist, so no
 * address can reach another file.
 */
export function createAppHandler(files: ReadonlyMap<string, StaticFile>): (request: Pick<Request, 'url' | 'method'>) => Response {
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'not allowed');
    const file = isAppUrl(request.url) ? files.get(new URL(request.url).pathname) : undefined;
    if (file === undefined) return refuse(404, 'not found');
    const body = request.method === 'HEAD' ? undefined : new Uint8Array(file.body);
    return new Response(body, { status: 200, headers: { ...SECURITY_HEADERS, 'Content-Type': file.type } });
  };
}

function refuse(status: number, why: string): Response {
  return new Response(why, { status, headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' } });
}
