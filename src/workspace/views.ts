import { FINDING_STATUSES, SEVERITIES } from '../model/finding.ts';
import { STATUSES } from '../model/status.ts';

/** The views that `waybill sql` and the SQL page offer: stable names over a schema that may change. Times are ISO text and microseconds. */
export interface View {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly from: string;
}

interface Column {
  readonly name: string;
  readonly sql: string;
  readonly description: string;
}

function column(name: string, sql: string, description: string): Column {
  return { name, sql, description };
}

function iso(micros: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%fZ', ${micros} / 1000000.0, 'unixepoch')`;
}

/** The word of a code that is a place in a list, counted from 0. */
function word(words: readonly string[], code: string): string {
  return `json_extract('${JSON.stringify(words)}', '$[' || (${code}) || ']')`;
}

/** Rows of `event e` that no other source tells as well, or tells newer. */
const TOLD_HERE =
  'e.id > coalesce((SELECT x.last_event FROM shadowed x WHERE x.first_event <= e.id ORDER BY x.first_event DESC LIMIT 1), 0)';

export const VIEWS: readonly View[] = [
  {
    name: 'events',
    description: 'What was understood of every entry. What several files tell is here once.',
    columns: [
      column('id', 'e.id', 'event id'),
      column('at', iso('e.time_us'), 'ISO time, UTC'),
      column('time_us', 'e.time_us', 'microseconds since 1970'),
      column('duration_ms', '(e.end_us - e.time_us) / 1000.0', 'where the source tells an end'),
      column('system', 'sy.value', 'where it happened'),
      column('flow', 'fl.value', 'named integration process'),
      column('step', 'st.value', 'named stage'),
      column('status', word(STATUSES, 'e.status'), 'normal form'),
      column('status_raw', 'rw.value', 'the source’s word'),
      column('attempt', 'e.attempt', 'declared attempt number'),
      column('error', 'er.value', 'error message'),
      column('execution', 'ex.value', 'execution or trace id'),
      column('source', 'so.name', 'file'),
      column('line', 'e.line', '1-based line in the file'),
    ],
    from: `event e LEFT JOIN name sy ON sy.id = e.system_id LEFT JOIN name st ON st.id = e.step_id JOIN source so ON so.id = e.source_id
      LEFT JOIN name fl ON fl.id = e.flow_id LEFT JOIN name rw ON rw.id = e.status_raw_id LEFT JOIN text er ON er.id = e.error_id
      LEFT JOIN carried ca ON ca.source_id = e.source_id
        AND (e.execution_id IS NULL OR e.execution_id IN (SELECT value FROM json_each(ca.replaces)))
      LEFT JOIN identifier ex ON ex.id = coalesce(ca.identifier_id, e.execution_id) WHERE ${TOLD_HERE}`,
  },
  {
    name: 'event_records',
    description: 'Which records each event mentions, as spelled there.',
    columns: [
      column('event_id', 'e.id', 'event'),
      column('type', 'ty.value', 'record type'),
      column('identifier', 'i.value', 'as spelled in the entry'),
      column('key', 'r.key', 'key of the record'),
      column('record_id', 'r.id', 'record'),
      column('field', 'pa.value', 'path it was found under'),
    ],
    from: `event e JOIN json_each(e.mentions) m JOIN identifier i ON i.id = m.value ->> 0 JOIN name ty ON ty.id = i.type_id LEFT JOIN name pa ON pa.id = m.value ->> 1
      LEFT JOIN alias a ON a.identifier_id = i.id LEFT JOIN record r ON r.id = coalesce(a.record_id, i.id) WHERE ${TOLD_HERE}`,
  },
  {
    name: 'event_fields',
    description: 'State fields of every event: amounts, currencies, statuses, quantities.',
    columns: [
      column('event_id', 'e.id', 'event'),
      column('field', 'n.value', 'canonical name'),
      column('number', "CASE WHEN typeof(t.value ->> 1) IN ('integer', 'real') THEN t.value ->> 1 END", 'value when it is a number'),
      column('text', 'CAST(t.value ->> 1 AS TEXT)', 'value as text'),
    ],
    from: `event e JOIN json_each(e.attributes) t JOIN name n ON n.id = t.value ->> 0 WHERE ${TOLD_HERE}`,
  },
  {
    name: 'records',
    description: 'Business objects.',
    columns: [
      column('id', 'r.id', 'record id'),
      column('type', 'ty.value', 'record type'),
      column('key', 'r.key', 'the spelling it is known by'),
      column('journey_id', 'r.journey_id', 'journey it is part of; 0 for hubs'),
      column('technical', 'r.technical', '1 for executions and traces'),
      column('events', 'r.events', 'entries that mention it'),
      column('first_at', iso('r.from_us'), 'ISO time, UTC'),
      column('last_at', iso('r.to_us'), 'ISO time, UTC'),
    ],
    from: 'record r JOIN name ty ON ty.id = r.type_id',
  },
  {
    name: 'links',
    description: 'Relations between records, with one entry that shows each.',
    columns: [
      column('parent_type', 'pt.value', 'record type of the whole'),
      column('parent_key', 'p.key', 'key of the whole'),
      column('child_type', 'ct.value', 'record type of the part'),
      column('child_key', 'c.key', 'key of the part'),
      column('entries', 'l.entries', 'entries that mention both'),
      column('event_id', 'l.event_id', 'one of them'),
    ],
    from: 'link l JOIN record p ON p.id = l.parent_id JOIN record c ON c.id = l.child_id JOIN name pt ON pt.id = p.type_id JOIN name ct ON ct.id = c.type_id',
  },
  {
    name: 'journeys',
    description: 'One row a journey.',
    columns: [
      column('id', 'j.id', 'journey id: its root record'),
      column('type', 'ty.value', 'record type'),
      column('key', 'j.key', 'record key'),
      column('status', 'j.status', 'completed, incomplete, failed, open, unknown'),
      column('status_reason', 'j.status_reason', 'one sentence'),
      column('started_at', iso('j.from_us'), 'ISO time, UTC'),
      column('ended_at', iso('j.to_us'), 'ISO time, UTC'),
      column('duration_ms', 'j.duration_us / 1000.0', 'from the first event to the last'),
      column('systems', 's.systems', 'JSON array'),
      column('steps', 'j.steps', 'how many'),
      column('attempts', 'j.attempts', 'how many'),
      column('events', 'j.events', 'how many'),
      column('findings', 'j.findings', 'how many'),
      column(
        'completeness',
        'j.completeness',
        '0..1: the product of the shares that are known of the six columns that follow; null where none is',
      ),
      column('systems_reached', "j.completeness_counts ->> '$[0]'", 'of the other systems it had to reach by now'),
      column('systems_due', "j.completeness_counts ->> '$[1]'", 'how many it had to reach; 0 where that is not known'),
      column('fields_agreed', "j.completeness_counts ->> '$[2]'", 'fields on which systems agree'),
      column('fields_compared', "j.completeness_counts ->> '$[3]'", 'of so many that they have to agree on'),
      column('times_met', "j.completeness_counts ->> '$[4]'", 'steps, ways to them and windows that were on time'),
      column('times_due', "j.completeness_counts ->> '$[5]'", 'of so many that have a time'),
    ],
    from: 'journey j JOIN name ty ON ty.id = j.type_id JOIN system_set s ON s.id = j.system_set_id',
  },
  {
    name: 'journey_events',
    description: 'Which events belong to which journey.',
    columns: [column('journey_id', 'j.id', 'journey'), column('event_id', 'je.value', 'event')],
    from: 'journey j JOIN json_each(j.event_ids) je',
  },
  {
    name: 'findings',
    description: 'What went wrong, with the evidence in `body` (JSON).',
    columns: [
      column('id', 'f.id', 'stable id'),
      column('kind', 'f.kind', 'error, retry, gap, delay, mismatch, duplicate …'),
      column('subkind', 'f.subkind', 'which of its kind'),
      column('severity', word(SEVERITIES, 'f.severity - 1'), 'info, warning, critical'),
      column('confidence', 'f.confidence', '0..1'),
      column('type', 'ty.value', 'record type'),
      column('key', 'j.key', 'record key'),
      column('journey_id', 'f.journey_id', 'journey'),
      column('system', 'sy.value', 'where it happened'),
      column('step', 'st.value', 'named stage'),
      column('at', iso('f.at_us'), 'ISO time, UTC'),
      column('title', "json_extract(f.body, '$.title')", 'one line'),
      column('status', word(FINDING_STATUSES, 'f.status'), 'open, acknowledged, resolved, false-alarm'),
      column('note', "nullif(fd.note, '')", 'what somebody said of it'),
      column('body', 'f.body', 'the whole finding as JSON'),
    ],
    from: `finding f LEFT JOIN journey j ON j.id = f.journey_id LEFT JOIN name ty ON ty.id = j.type_id LEFT JOIN name sy ON sy.id = f.system_id
      LEFT JOIN name st ON st.id = f.step_id LEFT JOIN finding_decision fd ON fd.finding_id = f.decision_id`,
  },
  {
    name: 'sources',
    description: 'Imported files.',
    columns: [
      column('id', 's.id', 'source id'),
      column('name', 's.name', 'file name'),
      column('format', 's.format', 'syntax it was read in'),
      column('profile', 's.profile', 'profile by which it was understood'),
      column('events', 's.events', 'entries that were understood'),
      column('rejected', 's.rejected', 'entries that were refused'),
      column('duplicates', 's.duplicates', 'events that were known when it came'),
      column('updated', 's.updated', 'events that brought others up to date'),
      column('sha256', 's.sha256', 'of the decompressed content'),
      column('from_at', iso('s.from_us'), 'ISO time, UTC'),
      column('to_at', iso('s.to_us'), 'ISO time, UTC'),
    ],
    from: "source s WHERE s.state = 'complete'",
  },
  {
    name: 'clocks',
    description:
      'Clocks that do not go with the others, a row for each file that one stamped. `events` and `records` have the times of the files.',
    columns: [
      column('system', "c.value ->> '$.system'", 'whose times'),
      column('source', 'so.name', 'file'),
      column('verdict', "c.value ->> '$.skew.verdict'", 'clock and zone are corrected, unclear is not'),
      column('offset_ms', "(c.value ->> '$.skew.offset') / 1000.0", 'ahead by; negative is behind'),
      column('drift_ms_per_day', "(c.value ->> '$.skew.drift') * 86400000.0", 'what it gains a day'),
      column('low_ms', "(c.value ->> '$.skew.low') / 1000.0", 'the offset is at least this; null where nothing says'),
      column('high_ms', "(c.value ->> '$.skew.high') / 1000.0", 'the offset is at most this; null where nothing says'),
      column('hops', "c.value ->> '$.skew.hops'", 'hops that were looked at'),
      column('backwards', "c.value ->> '$.skew.backwards'", 'of those would run backwards'),
      column('declared', "c.value ->> '$.skew.declared'", 'of those whose order the log declares'),
    ],
    from: "meta m JOIN json_each(m.value) c JOIN json_each(c.value, '$.sources') s JOIN source so ON so.id = s.value WHERE m.key = 'clocks'",
  },
];

/** `CREATE VIEW` statements, in order. */
export function viewSql(): string {
  return VIEWS.map((view) => {
    const columns = view.columns.map((column) => `${column.sql} AS ${column.name}`).join(', ');
    return `DROP VIEW IF EXISTS ${view.name}; CREATE VIEW ${view.name} AS SELECT ${columns} FROM ${view.from};`;
  }).join('\n');
}
