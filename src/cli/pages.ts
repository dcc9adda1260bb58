/** How many rows a terminal is shown; `--json` prints all. */
export const TERMINAL_ROWS = 50;

export interface JsonFlag {
  readonly json?: boolean;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Uses every row of a list that comes in pages. */
export async function eachPage<Row>(fetch: (offset: number) => Promise<Page<Row>>, use: (row: Row) => void): Promise<void> {
  for (let offset = 0; ;) {
    const { rows, total } = await fetch(offset);
    rows.forEach(use);
    offset += rows.length;
    if (rows.length === 0 || offset >= total) return;
  }
}
