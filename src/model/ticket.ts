/** What of a finding a ticket tells. Times are ISO text, UTC. */
export interface TicketFinding {
  readonly id: string;
  readonly kind: string;
  readonly subkind: string;
  readonly severity: string;
  readonly confidence: number;
  readonly record: { readonly type: string; readonly key: string } | null;
  readonly system: string | null;
  readonly flow: string | null;
  readonly step: string | null;
  readonly at: string | null;
  readonly title: string;
  readonly explanation: string;
  readonly expected: string;
  readonly actual: string;
  readonly status: string;
  readonly note: string | null;
  readonly evidence: readonly TicketEvidence[];
}

interface TicketEvidence {
  readonly source: string;
  readonly line: number;
  readonly at: string | null;
  readonly system: string;
  readonly step: string;
}

/** As much evidence as is read. */
const MOST_EVIDENCE = 5;

/** A finding as plain text to paste into a ticket: what, of what, where, when, expected and actual, and the places in the files that show it. */
export function findingTicket(finding: TicketFinding): string {
  const { record, evidence } = finding;
  const systems = [...new Set([finding.system ?? '', ...evidence.map(({ system }) => system)])].filter((system) => system !== '');
  const more = evidence.length - MOST_EVIDENCE;
  return lines([
    finding.title,
    '',
    finding.explanation,
    '',
    pair('Record', record === null ? 'whole population' : `${record.type} ${record.key}`),
    pair('Where', where(finding)),
    pair('Systems', systems.join(', ')),
    pair('When', utc(finding.at)),
    pair('Expected', finding.expected),
    pair('Actual', finding.actual),
    pair('Kind', `${finding.kind} ${finding.subkind}, ${finding.severity}, confidence ${finding.confidence.toFixed(2)}`),
    pair('Status', finding.note === null ? finding.status : `${finding.status} (${finding.note})`),
    ...(evidence.length === 0 ? [] : ['', 'Evidence']),
    ...evidence
      .slice(0, MOST_EVIDENCE)
      .map(
        ({ at, system, step, source, line }) =>
          `- ${[utc(at), [system, step].filter((part) => part !== '').join(' ')].filter((part) => part !== '').join('  ')}  ${source}:${line}`,
      ),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
    pair('Finding', finding.id),
  ]);
}

/** What of an incident a ticket tells. */
export interface TicketIncident {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly severity: string;
  readonly system: string | null;
  readonly flow: string | null;
  readonly step: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly records: number;
  readonly examples: readonly { readonly type: string; readonly key: string }[];
  readonly customers: readonly { readonly type: string; readonly key: string; readonly records: number }[];
  readonly customerTotal: number;
  readonly common: readonly TicketCommon[];
}

interface TicketCommon {
  readonly field: string;
  readonly value: string;
  readonly affected: number;
  readonly affectedOf: number;
  readonly others: number;
  readonly othersOf: number;
}

/** As many names of records as are read. */
const MOST_NAMED = 10;

/** An incident as plain text to paste into a ticket. */
export function incidentTicket(incident: TicketIncident): string {
  const { examples, common, records } = incident;
  const named = examples.slice(0, MOST_NAMED).map(({ type, key }) => `${type} ${key}`);
  return lines([
    incident.title,
    '',
    incident.explanation,
    '',
    pair('Where', where(incident)),
    pair('First', utc(incident.from)),
    pair('Last', utc(incident.to)),
    pair('Records', `${records}: ${named.join(', ')}${records > named.length ? ' …' : ''}`),
    pair('Related', relatedText(incident)),
    ...(common.length === 0 ? [] : ['', 'What the affected records have in common']),
    ...common.map(
      ({ field, value, affected, affectedOf, others, othersOf }) =>
        `- ${field} = ${value}: ${affected} of ${affectedOf} affected, ${others} of ${othersOf} others that passed the same step`,
    ),
    '',
    pair('Incident', incident.id),
  ]);
}

/** `customer C-17 (12), customer C-4 (3) and 40 more with one each`. */
function relatedText({ customers, customerTotal }: TicketIncident): string {
  const several = customers.filter(({ records }) => records > 1).map(({ type, key, records }) => `${type} ${key} (${records})`);
  const rest = customerTotal - several.length;
  if (several.length === 0)
    return rest === 0
      ? ''
      : `${rest} different ones: ${customers.map(({ type, key }) => `${type} ${key}`).join(', ')}${rest > customers.length ? ' …' : ''}`;
  return `${several.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function where({ system, flow, step }: Pick<TicketFinding, 'system' | 'flow' | 'step'>): string {
  return [system, flow, step].filter((part) => part !== null && part !== '').join(' / ');
}

/** `2031-05-04 08:00:00.123 UTC`. */
function utc(iso: string | null): string {
  return iso === null ? '' : `${iso.replace('T', ' ').replace(/(?:\.0+)?Z$/, '')} UTC`;
}

function pair(name: string, value: string): string {
  return value === '' ? '' : `${`${name}:`.padEnd(10)} ${value}`;
}

/** Without empty pairs: two empty lines are never side by side, and none stands at the end. */
function lines(all: readonly string[]): string {
  return `${all
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
