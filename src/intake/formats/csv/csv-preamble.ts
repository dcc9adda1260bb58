/** What stands before a table and says how it is written. */
export interface Preamble {
  /** Physical lines to leave out. */
  readonly skip: number;
  /** The delimiter that the file states. */
  readonly declared: string | undefined;
  /** What comments begin with; empty where there are none. */
  readonly comment: string;
}

const MOST_LINES = 200;

/** Excel's `sep=;` line, and comments: lines that begin with `# `, of which there are some before the first other line. */
export function readPreamble(text: string): Preamble {
  const match = /^"?sep=(.)"?\r?\n/i.exec(text.slice(0, 16));
  if (match !== null) return { skip: 1, declared: match[1], comment: '' };
  let at = 0;
  let skip = 0;
  while (skip < MOST_LINES && /^#(?:[ \t!#]|\r?\n)/.test(text.slice(at, at + 3))) {
    const feed = text.indexOf('\n', at);
    if (feed < 0) break;
    at = feed + 1;
    skip++;
  }
  return { skip, declared: undefined, comment: skip > 0 ? '#' : '' };
}
