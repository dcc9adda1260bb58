import { MAX_PAGE } from '../../api/contract.ts';
import type { WireIncident } from '../../api/wire.ts';
import { incidentTicket } from '../../model/ticket.ts';
import { eachPage, TERMINAL_ROWS, type JsonFlag } from '../pages.ts';
import { count, jsonLine, safe, table } from '../print.ts';
import type { Session } from '../session.ts';

/** Findings by cause; with ids, each as text for a ticket. */
export async function incidentsCommand({ client, output }: Session, ids: readonly string[], flags: JsonFlag): Promise<number> {
  for (const [at, id] of ids.entries()) {
    const incident = await client.incidents.get({ id });
    if (flags.json) jsonLine(output, incident);
    else output.out(`${at === 0 ? '' : '\n'}${incidentTicket(incident).split('\n').map(safe).join('\n')}`);
  }
  if (ids.length > 0) return 0;
  const fetch = (offset: number, limit: number) => client.incidents.page({ offset, limit });
  if (flags.json) {
    await eachPage<WireIncident>(
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
      {
        title: 'severity',
        value: (row) => row.severity,
        style: (row) => (row.severity === 'critical' ? 'red' : row.severity === 'warning' ? 'yellow' : 'blue'),
      },
      { title: 'records', right: true, value: (row) => String(row.records) },
      { title: 'first', value: (row) => (row.from ?? '—').slice(0, 19) },
      { title: 'last', value: (row) => (row.to ?? '—').slice(0, 19) },
      { title: 'in time', value: (row) => (row.burst ? 'burst' : 'scattered') },
      { title: 'state', value: (row) => row.state },
      { title: 'what', value: (row) => row.title, max: 90 },
    ],
    rows,
  );
  if (total > rows.length) output.log(`… ${count(total, 'incident')} in all (--json prints all)\n`);
  return 0;
}
