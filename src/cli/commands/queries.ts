import { MAX_PAGE } from '../../api/contract.ts';
import type { WireRecord } from '../../api/wire.ts';
import { percentText } from '../../model/completeness.ts';
import { formatDuration, MICROS_PER_MS } from '../../model/time.ts';
import { eachPage, TERMINAL_ROWS, type JsonFlag } from '../pages.ts';
import { count, jsonLine, paint, safe, table } from '../print.ts';
import { printJourney } from '../print-journey.ts';
import type { Session } from '../session.ts';

export async function sourcesCommand({ client, output }: Session, flags: JsonFlag): Promise<number> {
  const sources = await client.sources.list();
  if (flags.json) {
    jsonLine(output, sources);
    return 0;
  }
  table(
    output,
    [
      { title: 'id', right: true, value: (source) => String(source.id) },
      { title: 'name', value: (source) => source.name, max: 48 },
      { title: 'format', value: (source) => source.format },
      { title: 'profile', value: (source) => source.profile, max: 32 },
      { title: 'systems', value: (source) => source.systems.join(', '), max: 40 },
      { title: 'events', right: true, value: (source) => source.events.toLocaleString('en') },
      { title: 'known', right: true, value: (source) => source.duplicates.toLocaleString('en') },
      { title: 'updated', right: true, value: (source) => source.updated.toLocaleString('en') },
      { title: 'rejected', right: true, value: (source) => source.rejected.toLocaleString('en') },
      { title: 'from', value: (source) => source.coverage?.from ?? '—' },
      { title: 'to', value: (source) => source.coverage?.to ?? '—' },
    ],
    sources,
  );
  for (const { name, notices } of sources) {
    for (const notice of notices) output.out(`${paint(output, 'yellow', 'note')}  ${safe(name)}: ${safe(notice)}\n`);
  }
  return 0;
}

export async function recordsCommand({ client, output }: Session, query: string, flags: JsonFlag): Promise<number> {
  const fetch = (offset: number, limit: number) =>
    client.records.page({ filter: { text: query }, sort: 'started', descending: false, offset, limit });
  if (flags.json) {
    await eachPage<WireRecord>(
      (offset) => fetch(offset, MAX_PAGE),
      (row) => jsonLine(output, row),
    );
    return 0;
  }
  const { rows, total } = await fetch(0, TERMINAL_ROWS);
  table(
    output,
    [
      { title: 'type', value: (row) => row.type },
      { title: 'key', value: (row) => row.key, max: 40 },
      {
        title: 'status',
        value: (row) => row.status,
        style: (row) => (row.status === 'completed' ? 'green' : row.status === 'failed' || row.status === 'incomplete' ? 'red' : 'yellow'),
      },
      { title: 'started', value: (row) => row.startedAt ?? '—' },
      { title: 'duration', right: true, value: (row) => (row.durationMs === null ? '—' : formatDuration(row.durationMs * MICROS_PER_MS)) },
      { title: 'steps', right: true, value: (row) => String(row.steps) },
      { title: 'findings', right: true, value: (row) => String(row.findings) },
      { title: 'complete', right: true, value: ({ completeness }) => percentText(completeness.share) },
      { title: 'systems', value: (row) => row.systems.join(', '), max: 60 },
    ],
    rows,
  );
  if (total > rows.length) output.log(`… ${count(total, 'record')} in all (--json prints all)\n`);
  return 0;
}

export async function traceCommand({ client, output }: Session, id: string, flags: JsonFlag & { readonly type?: string }): Promise<number> {
  const journey = await client.journeys.get({ id, type: flags.type });
  if (flags.json) jsonLine(output, journey);
  else printJourney(output, journey);
  return 0;
}

export async function sqlCommand({ client, output }: Session, sql: string, flags: JsonFlag): Promise<number> {
  const result = await client.sql.run({ sql, limit: 10_000 });
  if (flags.json)
    for (const row of result.rows) jsonLine(output, Object.fromEntries(result.columns.map((column, i) => [column, row[i] ?? null])));
  else {
    table(
      output,
      result.columns.map((title, i) => ({ title, value: (row: unknown[]) => cellText(row[i]) })),
      result.rows,
    );
  }
  if (result.truncated) output.log(`… cut after ${count(result.rows.length, 'row')}: add a LIMIT\n`);
  return 0;
}

/** SQLite gives null, numbers and text; blobs come as text already. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
