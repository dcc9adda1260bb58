import { UserError } from '../../model/errors.ts';
import type { WireRejection } from '../../api/wire.ts';
import { count, jsonLine, paint, safe, table, type Output } from '../print.ts';
import type { Session } from '../session.ts';

/** How many rows a terminal is shown; `--json` and `--csv` print all. */
const TERMINAL_ROWS = 50;
/** With their text. */
const TERMINAL_TEXTS = 20;

export interface RejectsFlags {
  readonly source?: string;
  readonly code?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly bytes?: boolean;
}

/** What was rejected and why, in groups and one by one, with `--bytes` with the text itself. */
export async function rejectsCommand(session: Session, flags: RejectsFlags): Promise<number> {
  const { client, output } = session;
  const filter = { source: flags.source === undefined ? undefined : sourceId(flags.source, '--source'), code: flags.code };
  if (flags.csv) {
    if (flags.json) throw new UserError('invalid-input', '--json and --csv cannot be given together');
    await eachPiece(session, filter, 'csv', flags.bytes ?? false, (text) => output.out(text));
    return 0;
  }
  if (flags.json) {
    const rows: unknown[] = [];
    await eachPiece(session, filter, 'ndjson', flags.bytes ?? false, (text) => {
      for (const line of text.split('\n')) if (line !== '') rows.push(JSON.parse(line));
    });
    jsonLine(output, rows);
    return 0;
  }
  const most = flags.bytes ? TERMINAL_TEXTS : TERMINAL_ROWS;
  const { rows, total } = await client.sources.rejects({ ...filter, limit: most });
  if (total > most && flags.code === undefined) await printGroups(session, filter.source);
  if (flags.bytes) await printTexts(session, rows);
  else {
    table(
      output,
      [
        { title: 'code', value: (row) => row.code },
        { title: 'why', value: (row) => row.reason, max: 110 },
        { title: 'begins', value: (row) => row.excerpt, max: 60 },
      ],
      rows,
    );
  }
  if (total > rows.length) output.log(`… and ${count(total - rows.length, 'more', 'more')} (--json or --csv prints all)\n`);
  return 0;
}

/** The number of a source as `what` says it. Throws `UserError`. */
export function sourceId(text: string, what: string): number {
  const id = Number(text);
  if (text === '' || !Number.isInteger(id))
    throw new UserError('invalid-input', `${what} takes the number of a source (see "waybill sources"), not ${text}`);
  return id;
}

async function printGroups({ client, output }: Session, source: number | undefined): Promise<void> {
  table(
    output,
    [
      { title: 'source', value: (group) => (group.sourceId === null ? 'files that were refused' : group.source), max: 48 },
      { title: 'code', value: (group) => group.code },
      { title: 'count', right: true, value: (group) => group.count.toLocaleString('en') },
      { title: 'first of them', value: (group) => group.reason, max: 90 },
    ],
    await client.rejects.groups({ source }),
  );
  output.out('\n');
}

async function printTexts({ client, output }: Session, rows: readonly WireRejection[]): Promise<void> {
  for (const row of rows) {
    output.out(`${paint(output, 'yellow', row.code)}  ${safe(row.reason)}\n`);
    if (row.id === null) continue;
    const { before, text, truncated, after } = await client.rejects.bytes({ id: row.id });
    printAround(output, before.slice(before.lastIndexOf('\n', before.length - 2) + 1));
    for (const line of text.split('\n')) output.out(`  > ${safe(line.replace(/\r$/, ''))}\n`);
    if (truncated) output.out('  > …\n');
    printAround(output, after.replace(/^\r?\n/, '').split('\n', 1)[0]!);
  }
}

/** The line before or after, where there is one. */
function printAround(output: Output, line: string): void {
  const text = line.replace(/\r?\n?$/, '');
  if (text.trim() !== '') output.out(paint(output, 'dim', `    ${safe(text.slice(0, 500))}\n`));
}

async function eachPiece(
  { client }: Session,
  filter: { readonly source: number | undefined; readonly code: string | undefined },
  format: 'ndjson' | 'csv',
  bytes: boolean,
  use: (text: string) => void,
): Promise<void> {
  for (let offset: number | null = 0; offset !== null;) {
    const piece: { readonly text: string; readonly next: number | null } = await client.rejects.export({
      ...filter,
      format,
      bytes,
      offset,
    });
    use(piece.text);
    offset = piece.next;
  }
}
