import { resolve } from 'node:path';

/** What the user asked to be shown by a double click, a link, or the command line. */
export type OpenRequest =
  | { readonly kind: 'workspace'; readonly path: string }
  /** A place in the app, in the grammar of its address: `/journey/order/SO-1042?view=graph`. */
  | { readonly kind: 'route'; readonly route: string };

/** Pages that a link may name, with the number of parts that follow. What stands in the search is checked by the page itself. */
const PAGES: Readonly<Record<string, number>> = { journey: 2, records: 0, findings: 0, incidents: 0, flows: 0, sources: 0, sql: 0 };
const LONGEST_LINK = 2048;
// Control characters have no business in an address and can hide what it says.
const CONTROL = /\p{Cc}/u;

/**
 * The place that a link of the form `waybill://journey/order/SO-1042?view=graph` names; undefined when it is not one. A link can
 * come from any page or mail, so it names a place and can do nothing: it opens no file and starts no import.
 */
export function parseDeepLink(link: string): string | undefined {
  if (link.length > LONGEST_LINK || CONTROL.test(link) || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== 'waybill:' || url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') return undefined;
  const page = url.hostname;
  const count = Object.hasOwn(PAGES, page) ? PAGES[page] : undefined;
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  if (count === undefined || parts.length !== count || parts.some((part) => part === undefined || CONTROL.test(part))) return undefined;
  const path = [page, ...parts.map((part) => encodeURIComponent(part as string))].join('/');
  return `/${path}${new URLSearchParams(url.searchParams).size === 0 ? '' : `?${url.searchParams.toString()}`}`;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/**
 * The first thing among command-line arguments that can be opened: a link, or the path of a workspace file (relative to `cwd`).
 * Electron and Chromium add arguments of their own, so everything else is passed over.
 */
export function parseArguments(args: readonly string[], cwd: string): OpenRequest | undefined {
  for (const arg of args) {
    if (arg.startsWith('-')) continue;
    if (/^waybill:/i.test(arg)) {
      const route = parseDeepLink(arg);
      if (route !== undefined) return { kind: 'route', route };
    } else if (/\.waybill$/i.test(arg) && !CONTROL.test(arg)) return { kind: 'workspace', path: resolve(cwd, arg) };
  }
  return undefined;
}
