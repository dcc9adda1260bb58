import type { RecordRef } from '../../model/record.ts';
import { FINDING_STATUSES, SEVERITIES, type FindingStatus } from '../../model/finding.ts';
import { UserError } from '../../model/errors.ts';
import { findingTicket } from '../../model/ticket.ts';
import { formatDuration, MICROS_PER_MS } from '../../model/time.ts';
import { MAX_PAGE } from '../../api/contract.ts';
import type { WireChange, WireChangeSet, WireFinding, WireTaughtThreshold } from '../../api/wire.ts';
import { eachPage, TERMINAL_ROWS, type JsonFlag } from '../pages.ts';
import { count, jsonLine, paint, safe, table, type Output, type Style } from '../print.ts';
import type { Session } from '../session.ts';

export interface FindingsFlags extends JsonFlag {
  readonly kind?: string;
  readonly record?: string;
  readonly status?: string;
  readonly taught?: boolean;
}

export async function findingsCommand(session: Session, flags: FindingsFlags): Promise<number> {
  if (flags.taught) return taughtCommand(session, flags);
  const { client, output } = session;
  const status = flags.status === undefined ? undefined : flags.status === 'all' ? ('all' as const) : statusWord(flags.status);
  const filter = {
    kind: flags.kind as WireFinding['kind'] | undefined,
    record: flags.record,
    status,
  };
  const fetch = (offset: number, limit: number) => client.findings.page({ filter, offset, limit });
  if (flags.json) {
    await eachPage<WireFinding>(
      (offset) => fetch(offset, MAX_PAGE),
      (row) => jsonLine(output, row),
    );
    return 0;
  }
  const { rows, total } = await fetch(0, TERMINAL_ROWS);
  table(
    output,
    [
      { title: 'id', value: (row) => row.id },
      { title: 'severity', value: (row) => row.severity, style: (row) => severityStyle(row.severity) },
      { title: 'kind', value: (row) => `${row.kind} ${row.subkind}` },
      { title: 'record', value: (row) => nameOf(row.record), max: 36 },
      { title: 'status', value: (row) => row.status },
      { title: 'finding', value: (row) => row.title, max: 90 },
      { title: 'sure', right: true, value: (row) => row.confidence.toFixed(2) },
    ],
    rows,
  );
  if (total > rows.length) output.log(`… ${count(total, 'finding')} in all (--json prints all)\n`);
  return 0;
}

export interface FindingFlags extends JsonFlag {
  readonly set?: string;
  readonly note?: string;
}

/** Prints findings as they would stand in a ticket; `--set` and `--note` say something of them first. */
export async function findingCommand({ client, output }: Session, ids: readonly string[], flags: FindingFlags): Promise<number> {
  if (flags.set !== undefined || flags.note !== undefined) {
    // A note alone leaves the status as it is, of each.
    const statuses = Map.groupBy(
      await Promise.all(
        ids.map(async (id) => ({
          id,
          status: flags.set === undefined ? (await client.findings.get({ id })).status : statusWord(flags.set),
        })),
      ),
      ({ status }) => status,
    );
    for (const [status, said] of statuses) await client.findings.decide({ findings: said.map(({ id }) => id), status, note: flags.note });
  }
  for (const [at, id] of ids.entries()) {
    const finding = await client.findings.get({ id });
    if (flags.json) jsonLine(output, finding);
    else output.out(`${at === 0 ? '' : '\n'}${findingTicket(finding).split('\n').map(safe).join('\n')}`);
  }
  return 0;
}

async function taughtCommand({ client, output }: Session, flags: JsonFlag): Promise<number> {
  const rows = await client.findings.taught();
  if (flags.json) {
    for (const row of rows) jsonLine(output, row);
    return 0;
  }
  if (rows.length === 0) {
    output.log('no false alarm has raised a threshold\n');
    return 0;
  }
  table(
    output,
    [
      { title: 'kind', value: (row) => `${row.kind} ${row.subkind}` },
      { title: 'type', value: (row) => row.type },
      { title: 'where', value: (row) => [row.system, row.flow, row.step].filter((part) => part !== null).join(' / '), max: 60 },
      { title: 'silent up to', right: true, value: taughtText },
      { title: 'silences', right: true, value: (row) => String(row.silences) },
      { title: 'taught by', value: (row) => row.finding },
      { title: 'note', value: (row) => row.note, max: 60 },
    ],
    rows,
  );
  output.log('to take one back: waybill finding ID --set open\n');
  return 0;
}

function taughtText({ parameter, value, facet }: WireTaughtThreshold): string {
  if (parameter === 'duration' || parameter === 'lag') return formatDuration(value * MICROS_PER_MS);
  return parameter === 'attempts' ? `${value} attempts` : `${facet ?? 'a difference'} ± ${Math.round(value * 1000) / 1000}`;
}

export interface ChangesFlags extends JsonFlag {
  readonly all?: boolean;
}

/** What the last import changed; `--json` one object an import, with what is listed of it. */
export async function changesCommand({ client, output }: Session, flags: ChangesFlags): Promise<number> {
  const sets = await client.changes.list();
  const shown = flags.all ? sets : sets.slice(0, 1);
  if (shown.length === 0) {
    if (!flags.json) output.log('nothing to compare yet: changes are told from the second import on\n');
    return 0;
  }
  for (const set of shown) {
    const rows: WireChange[] = [];
    for (const what of ['new', 'gone', 'flipped'] as const)
      await eachPage<WireChange>(
        (offset) => client.changes.page({ id: set.id, what, offset, limit: MAX_PAGE }),
        (row) => rows.push(row),
      );
    if (flags.json) jsonLine(output, { ...set, changes: rows });
    else printChanges(output, set, rows);
  }
  return 0;
}

/** What one import, or one decision about who is who, changed. */
export function printChanges(output: Output, set: WireChangeSet, rows: readonly WireChange[]): void {
  const what = [
    ...(set.sources.length > 0
      ? [`${count(set.sources.length, 'source')} came (${set.sources.slice(0, 3).join(', ')}${set.sources.length > 3 ? ' …' : ''})`]
      : []),
    ...(set.removed.length > 0
      ? [`${count(set.removed.length, 'source')} went (${set.removed.slice(0, 3).join(', ')}${set.removed.length > 3 ? ' …' : ''})`]
      : []),
    ...set.decided,
  ];
  output.out(`${paint(output, 'bold', set.at.slice(0, 19).replace('T', ' '))} UTC  ${safe(what.join('; '))}\n`);
  output.out(
    `  new findings: ${severityCounts(set.new)}\n  resolved by themselves: ${severityCounts(set.gone)}${set.late > 0 ? `; for ${set.late} of them entries arrived` : ''}\n`,
  );
  const flips = set.flipped.map(({ from, to, count: n }) => `${n} ${from} → ${to}`);
  output.out(`  verdicts that flipped: ${flips.length === 0 ? 'none' : flips.join(', ')}\n`);
  const told = rows.slice(0, TERMINAL_ROWS);
  if (told.length > 0)
    table(
      output,
      [
        { title: 'change', value: (row) => row.what },
        {
          title: 'severity',
          value: (row) => row.finding?.severity ?? '',
          style: (row) => (row.finding === null ? undefined : severityStyle(row.finding.severity)),
        },
        { title: 'record', value: (row) => nameOf(row.record), max: 36 },
        { title: 'what', value: (row) => row.finding?.title ?? `${row.from ?? ''} → ${row.to ?? ''}`, max: 80 },
        { title: 'why', value: (row) => row.reason, max: 90 },
      ],
      told,
    );
  if (rows.length > told.length) output.log(`… ${count(rows.length, 'change')} in all (--json prints all)\n`);
}

function severityCounts(counts: WireChangeSet['new']): string {
  const parts = SEVERITIES.toReversed().flatMap((severity) => (counts[severity] === 0 ? [] : [`${counts[severity]} ${severity}`]));
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function statusWord(word: string): FindingStatus {
  const status = FINDING_STATUSES.find((one) => one === word);
  if (status === undefined)
    throw new UserError('invalid-input', `the status of a finding is one of ${FINDING_STATUSES.join(', ')}, not ${word}`);
  return status;
}

function nameOf(record: RecordRef | null): string {
  return record === null ? '—' : `${record.type} ${record.key}`;
}

function severityStyle(severity: string): Style {
  return severity === 'critical' ? 'red' : severity === 'warning' ? 'yellow' : 'blue';
}
