/**
 * The loopback host prints a link whose fragment carries the key to its session among the search parameters of a place in the
 * app: `#/?token=…`, `#/journey/order/SO-1042?view=graph&token=…`. A fragment is never sent to a server or written to its log.
 * The bare `#token=…` is understood too.
 */
export interface TokenFragment {
  readonly token: string;
  /** The fragment without the token, to show instead. */
  readonly rest: string;
}

/** Takes the token out of a fragment (with its `#`); undefined when there is none. The other parameters stay as they are written. */
export function readToken(fragment: string): TokenFragment | undefined {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (text.startsWith('token=')) return found(text.slice('token='.length), '#/');
  const mark = text.indexOf('?');
  if (mark < 0) return undefined;
  const fields = text.slice(mark + 1).split('&');
  const field = fields.find((one) => one.startsWith('token='));
  if (field === undefined) return undefined;
  const others = fields.filter((one) => one !== field).join('&');
  return found(field.slice('token='.length), `#${text.slice(0, mark)}${others === '' ? '' : `?${others}`}`);
}

function found(encoded: string, rest: string): TokenFragment | undefined {
  return encoded === '' ? undefined : { token: decodeURIComponent(encoded), rest };
}
