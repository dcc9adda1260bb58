/**
 * The loopback host prints a link whose fragment carries a one-time token: `#token=…`, optionally followed by `&to=` and a
 * percent-encoded place inside the app (`#token=abc&to=%2Fjourney%2Forder%2FSO-1042`). A fragment never reaches a server log.
 */
export interface TokenFragment {
  readonly token: string;
  /** The fragment to show once the token was spent, `#/journey/…`; `#/` when none was named. */
  readonly rest: string;
}

/** Reads the token out of a fragment (with its `#`); undefined when there is none. */
export function readToken(fragment: string): TokenFragment | undefined {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (!text.startsWith('token=')) return undefined;
  const fields = new URLSearchParams(text);
  const token = fields.get('token');
  if (token === null || token === '') return undefined;
  const to = fields.get('to') ?? '/';
  return { token, rest: `#${to.startsWith('/') ? to : `/${to}`}` };
}
