import { MAX_PAGE } from '../../api/contract.ts';
import type { WireChange, WireConflict, WireEvidence, WireIdentityDecision, WireRecordIdentity } from '../../api/wire.ts';
import type { DecisionKind, SpelledIdentifier } from '../../model/identity-decision.ts';
import { UserError } from '../../model/errors.ts';
import { eachPage, TERMINAL_ROWS, type JsonFlag } from '../pages.ts';
import { count, jsonLine, paint, safe, table, type Output } from '../print.ts';
import type { Session } from '../session.ts';
import { settled } from '../settled.ts';
import { printChanges } from './findings.ts';

export interface DecideFlags extends JsonFlag {
  readonly type?: string;
  readonly otherType?: string;
  readonly relates?: boolean;
  readonly note?: string;
}

/** Says something of two identifiers, analyses, and prints what changed. Exits with 1 when the data makes it impossible. */
export async function decideCommand(session: Session, kind: DecisionKind, a: string, b: string, flags: DecideFlags): Promise<number> {
  const { client } = session;
  const before = await journeyOfBoth(session, [
    { type: flags.type, value: a },
    { type: flags.otherType, value: b },
  ]);
  const known = await latestChange(session);
  const decided = await client.identity.decide({
    kind,
    ...(kind === 'link' && flags.relates ? { relation: 'relates' } : {}),
    a: { value: a, ...(flags.type === undefined ? {} : { type: flags.type }) },
    b: { value: b, ...(flags.otherType === undefined ? {} : { type: flags.otherType }) },
    note: flags.note ?? '',
  });
  await settled(session, decided.job);
  const [decision] = await client.identity.decisions();
  if (decision === undefined) throw new UserError('not-found', 'the decision was taken back before it was applied');
  await tellChanges(session, decision, before, await journeyOfBoth(session, [decided.a, decided.b]), known, flags);
  return decision.state === 'refused' ? 1 : 0;
}

/** Takes back one decision, by default the last one. */
export async function undoCommand(session: Session, id: string | undefined, flags: JsonFlag): Promise<number> {
  const { client, output } = session;
  const number = id === undefined ? undefined : Number(id);
  if (number !== undefined && !Number.isInteger(number))
    throw new UserError('invalid-input', `${id} is no number of a decision (see waybill identity list)`);
  const said = await client.identity.decisions();
  const wanted = number === undefined ? said[0] : said.find((one) => one.id === number);
  const about = wanted === undefined ? [] : [wanted.a, wanted.b];
  const before = await journeyOfBoth(session, about);
  const known = await latestChange(session);
  const { decision, job } = await client.identity.undo(number === undefined ? {} : { decision: number });
  await settled(session, job);
  if (!flags.json) output.log('taken back: ');
  await tellChanges(session, decision, before, await journeyOfBoth(session, about), known, flags);
  return 0;
}

/** All decisions, the latest first. */
export async function decisionsCommand({ client, output }: Session, flags: JsonFlag): Promise<number> {
  const decisions = await client.identity.decisions();
  if (flags.json) {
    for (const decision of decisions) jsonLine(output, decision);
    return 0;
  }
  if (decisions.length === 0) {
    output.log('nothing was decided by hand (see waybill identity link, unlink, merge, split)\n');
    return 0;
  }
  table(
    output,
    [
      { title: 'id', right: true, value: ({ id }: WireIdentityDecision) => String(id) },
      { title: 'decided', value: ({ at }) => at.slice(0, 16).replace('T', ' ') },
      { title: 'what', value: ({ text }) => text, max: 90 },
      {
        title: 'state',
        value: ({ state }) => state,
        style: ({ state }) => (state === 'refused' ? 'red' : state === 'waiting' ? 'yellow' : undefined),
      },
      { title: 'because', value: ({ reason }) => reason, max: 90 },
      { title: 'note', value: ({ note }) => note, max: 60 },
    ],
    decisions,
  );
  return 0;
}

/** How a record is spelled and linked, with the entries that show it. */
export async function identityCommand(
  { client, output }: Session,
  id: string,
  flags: JsonFlag & { readonly type?: string },
): Promise<number> {
  const identity = await client.identity.get({ id, ...(flags.type === undefined ? {} : { type: flags.type }) });
  if (flags.json) jsonLine(output, identity);
  else printIdentity(output, identity);
  return 0;
}

/** What the data contradicts itself about. */
export async function conflictsCommand({ client, output }: Session, flags: JsonFlag): Promise<number> {
  const rows: WireConflict[] = [];
  let total = 0;
  if (flags.json) {
    await eachPage<WireConflict>(
      (offset) => client.identity.conflicts({ offset, limit: MAX_PAGE }),
      (row) => jsonLine(output, row),
    );
    return 0;
  }
  ({ total } = await client.identity.conflicts({ limit: TERMINAL_ROWS }).then((page) => (rows.push(...page.rows), page)));
  if (rows.length === 0) output.log('nothing contradicts itself\n');
  for (const conflict of rows) printConflict(output, conflict);
  if (total > rows.length) output.log(`… ${count(total, 'conflict')} in all (--json prints all)\n`);
  return 0;
}

export function printConflict(output: Output, { text, claims }: WireConflict): void {
  output.out(`${paint(output, 'yellow', 'conflict')}  ${safe(text)}\n`);
  for (const { record, chosen, entries, evidence } of claims) {
    const told = chosen ? ', told with it' : '';
    output.out(
      paint(
        output,
        'dim',
        `  ${safe(record.type)} ${safe(record.key)}${told}: ${count(entries, 'entry', 'entries')}${placesOf(evidence)}\n`,
      ),
    );
  }
}

function printIdentity(output: Output, { record, journey, identifiers, links, conflicts, decisions }: WireRecordIdentity): void {
  const part =
    journey === null
      ? '  gives context only'
      : journey.key === record.key && journey.type === record.type
        ? ''
        : `  part of ${journey.type} ${safe(journey.key)}`;
  output.out(`${paint(output, 'bold', `${record.type} ${safe(record.key)}`)}${paint(output, 'dim', part)}\n`);
  for (const conflict of conflicts) printConflict(output, conflict);
  output.out('\nspelled\n');
  for (const { value, rule, explanation, confidence, systems, entries, evidence } of identifiers) {
    output.out(`  ${safe(value)}  ${paint(output, 'dim', `${systems.map(safe).join(', ')} · ${count(entries, 'entry', 'entries')}`)}\n`);
    if (rule !== 'key') output.out(`    ${rule} ${confidence.toFixed(2)}: ${safe(explanation)}\n`);
    for (const one of evidence)
      output.out(paint(output, 'dim', `    ${safe(one.source)}, line ${one.line} names ${one.names.map(safe).join(' and ')}\n`));
  }
  if (links.length > 0) output.out('\nlinked\n');
  for (const { record: other, relation, cardinality, reason, confidence, entries, evidence, decision } of links) {
    const how = decision === null ? `${cardinality ?? ''} ${confidence.toFixed(2)}: ${reason}` : `by hand (decision ${decision})`;
    output.out(`  ${relation.padEnd(7)}  ${safe(other.type)} ${safe(other.key)}  ${paint(output, 'dim', safe(how))}\n`);
    output.out(paint(output, 'dim', `    ${count(entries, 'entry', 'entries')}${placesOf(evidence)}\n`));
  }
  if (decisions.length > 0) output.out('\ndecided by hand\n');
  for (const { id, text, note, state, reason } of decisions) {
    const how = [state === 'applied' ? '' : state, reason, note].filter((one) => one !== '').join('; ');
    output.out(`  ${id}  ${safe(text)}${how === '' ? '' : `  ${paint(output, 'dim', safe(how))}`}\n`);
  }
}

function placesOf(evidence: readonly WireEvidence[]): string {
  return evidence.map(({ source, line }) => `, ${safe(source)}, line ${line}`).join('');
}

/** What stands of a journey when something is decided. */
interface Standing {
  readonly asked: string;
  readonly record: string;
  readonly events: number;
  readonly status: string;
  readonly findings: number;
}

type Asked = SpelledIdentifier | { readonly type: string | undefined; readonly value: string };

/** The journeys of identifiers; those that have none are left out. */
async function journeyOfBoth({ client }: Session, identifiers: readonly Asked[]): Promise<readonly Standing[]> {
  const standings: Standing[] = [];
  for (const { type, value } of identifiers) {
    const identity = await client.identity.get({ id: value, ...(type === undefined ? {} : { type }) }).catch(() => undefined);
    if (identity?.journey === undefined || identity.journey === null) continue;
    const { record, events, status, findings } = await client.journeys.get({ id: identity.journey.key, type: identity.journey.type });
    standings.push({ asked: value, record: `${record.type} ${record.key}`, events, status, findings: findings.length });
  }
  return standings;
}

async function latestChange({ client }: Session): Promise<number> {
  return (await client.changes.list())[0]?.id ?? -1;
}

async function tellChanges(
  { client, output }: Session,
  decision: WireIdentityDecision,
  before: readonly Standing[],
  after: readonly Standing[],
  known: number,
  flags: JsonFlag,
): Promise<void> {
  const set = (await client.changes.list()).find(({ id }) => id > known);
  const changes: WireChange[] = [];
  if (set !== undefined)
    for (const what of ['new', 'gone', 'flipped'] as const)
      changes.push(...(await client.changes.page({ id: set.id, what, limit: MAX_PAGE })).rows);
  if (flags.json) {
    jsonLine(output, { decision, before, after, changes });
    return;
  }
  output.log(`${safe(decision.text)} (decision ${decision.id})\n`);
  if (decision.state !== 'applied') output.log(`${decision.state}: ${safe(decision.reason)}\n`);
  for (const [at, now] of after.entries()) {
    if (after.findIndex(({ record }) => record === now.record) !== at) continue;
    const was = before.find(({ asked }) => asked === now.asked);
    const wasText = was === undefined || sameStanding(was, now) ? '' : ` (was ${standingText(was)})`;
    output.out(`${standingText(now)}${paint(output, 'dim', wasText)}\n`);
  }
  if (set !== undefined && changes.length > 0) printChanges(output, set, changes);
}

function standingText({ record, events, status, findings }: Standing): string {
  return `${safe(record)}: ${count(events, 'event')}, ${status}, ${count(findings, 'finding')}`;
}

function sameStanding(a: Standing, b: Standing): boolean {
  return a.record === b.record && a.events === b.events && a.status === b.status && a.findings === b.findings;
}
