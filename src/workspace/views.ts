/** The views that `waybill sql` and the SQL page offer: stable names over a schema that may change. Times are ISO text and microseconds. */
export interface View {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly description: string; readonly sql: string }[];
  readonly from: string;
}

const iso = (column: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000000.0, 'unixepoch')`;

export const VIEWS: readonly View[] = [
  {
    name: 'events',
    description: 'What was understood of every entry.',
    columns: [
      { name: 'id', description: 'event id', sql: 'e.id' },
      { name: 'at', description: 'ISO time, UTC', sql: iso('e.time_us') },
      { name: 'time_us', description: 'microseconds since 1970', sql: 'e.time_us' },
      { name: 'duration_ms', description: 'where the source tells an end', sql: '(e.end_us - e.time_us) / 1000.0' },
      { name: 'system', description: 'where it happened', sql: 'sy.value' },
      { name: 'flow', description: 'named integration process', sql: 'fl.value' },
      { name: 'step', description: 'named stage', sql: 'st.value' },
      { name: 'status', description: 'normal form', sql: "json_extract('[\"unknown\",\"started\",\"running\",\"waiting\",\"succeeded\",\"succeeded-with-warning\",\"failed\",\"retried\",\"cancelled\",\"timed-out\",\"skipped\",\"discarded\"]', '$[' || e.status || ']')" },
      { name: 'status_raw', description: 'the source’s word', sql: 'rw.value' },
      { name: 'attempt', description: 'declared attempt number', sql: 'e.attempt' },
      { name: 'error', description: 'error message', sql: 'er.value' },
      { name: 'execution', description: 'execution or trace id', sql: 'ex.value' },
      { name: 'source', description: 'file', sql: 'so.name' },
      { name: 'line', description: '1-based line in the file', sql: 'e.line' },
    ],
    from: `event e LEFT JOIN name sy ON sy.id = e.system_id LEFT JOIN name st ON st.id = e.step_id JOIN source so ON so.id = e.source_id
      LEFT JOIN name fl ON fl.id = e.flow_id LEFT JOIN name rw ON rw.id = e.status_raw_id LEFT JOIN text er ON er.id = e.error_id
      LEFT JOIN identifier ex ON ex.id = e.execution_id`,
  },
  {
    name: 'event_records',
    description: 'Which records each event mentions, as spelled there.',
    columns: [
      { name: 'event_id', description: 'event', sql: 'e.id' },
      { name: 'type', description: 'record type', sql: 'ty.value' },
      { name: 'identifier', description: 'as spelled in the entry', sql: 'i.value' },
      { name: 'key', description: 'key of the record', sql: 'r.key' },
      { name: 'record_id', description: 'record', sql: 'r.id' },
      { name: 'field', description: 'path it was found under', sql: 'pa.value' },
    ],
    from: `event e JOIN json_each(e.mentions) m JOIN identifier i ON i.id = m.value ->> 0 JOIN name ty ON ty.id = i.type_id LEFT JOIN name pa ON pa.id = m.value ->> 1
      LEFT JOIN alias a ON a.identifier_id = i.id LEFT JOIN record r ON r.id = a.record_id`,
  },
  {
    name: 'event_fields',
    description: 'State fields of every event: amounts, currencies, statuses, quantities.',
    columns: [
      { name: 'event_id', description: 'event', sql: 'e.id' },
      { name: 'field', description: 'canonical name', sql: 'n.value' },
      { name: 'number', description: 'value when it is a number', sql: "CASE WHEN typeof(t.value ->> 1) IN ('integer', 'real') THEN t.value ->> 1 END" },
      { name: 'text', description: 'value as text', sql: 'CAST(t.value ->> 1 AS TEXT)' },
    ],
    from: 'event e JOIN json_each(e.attributes) t JOIN name n ON n.id = t.value ->> 0',
  },
  {
    name: 'records',
    description: 'Business objects.',
    columns: [
      { name: 'id', description: 'record id', sql: 'r.id' },
      { name: 'type', description: 'record type', sql: 'ty.value' },
      { name: 'key', description: 'the spelling it is known by', sql: 'r.key' },
      { name: 'journey_id', description: 'journey it is part of; 0 for hubs', sql: 'r.journey_id' },
      { name: 'technical', description: '1 for executions and traces', sql: 'r.technical' },
      { name: 'events', description: 'entries that mention it', sql: 'r.events' },
      { name: 'first_at', description: 'ISO time, UTC', sql: iso('r.from_us') },
      { name: 'last_at', description: 'ISO time, UTC', sql: iso('r.to_us') },
    ],
    from: 'record r JOIN name ty ON ty.id = r.type_id',
  },
  {
    name: 'links',
    description: 'Relations between records, with one entry that shows each.',
    columns: [
      { name: 'parent_type', description: '', sql: 'pt.value' },
      { name: 'parent_key', description: '', sql: 'p.key' },
      { name: 'child_type', description: '', sql: 'ct.value' },
      { name: 'child_key', description: '', sql: 'c.key' },
      { name: 'entries', description: 'entries that mention both', sql: 'l.entries' },
      { name: 'event_id', description: 'one of them', sql: 'l.event_id' },
    ],
    from: 'link l JOIN record p ON p.id = l.parent_id JOIN record c ON c.id = l.child_id JOIN name pt ON pt.id = p.type_id JOIN name ct ON ct.id = c.type_id',
  },
  {
    name: 'journeys',
    description: 'One row a journey.',
    columns: [
      { name: 'id', description: 'journey id: its root record', sql: 'j.id' },
      { name: 'type', description: 'record type', sql: 'ty.value' },
      { name: 'key', description: 'record key', sql: 'j.key' },
      { name: 'status', description: 'completed, incomplete, failed, open, unknown', sql: 'j.status' },
      { name: 'status_reason', description: 'one sentence', sql: 'j.status_reason' },
      { name: 'started_at', description: 'ISO time, UTC', sql: iso('j.from_us') },
      { name: 'ended_at', description: 'ISO time, UTC', sql: iso('j.to_us') },
      { name: 'duration_ms', description: '', sql: 'j.duration_us / 1000.0' },
      { name: 'systems', description: 'JSON array', sql: 's.systems' },
      { name: 'steps', description: '', sql: 'j.steps' },
      { name: 'attempts', description: '', sql: 'j.attempts' },
      { name: 'events', description: '', sql: 'j.events' },
      { name: 'findings', description: '', sql: 'j.findings' },
    ],
    from: 'journey j JOIN name ty ON ty.id = j.type_id JOIN system_set s ON s.id = j.system_set_id',
  },
  {
    name: 'journey_events',
    description: 'Which events belong to which journey.',
    columns: [
      { name: 'journey_id', description: '', sql: 'j.id' },
      { name: 'event_id', description: '', sql: 'je.value' },
    ],
    from: 'journey j JOIN json_each(j.event_ids) je',
  },
  {
    name: 'findings',
    description: 'What went wrong, with the evidence in `body` (JSON).',
    columns: [
      { name: 'id', description: 'stable id', sql: 'f.id' },
      { name: 'kind', description: '', sql: 'f.kind' },
      { name: 'subkind', description: '', sql: 'f.subkind' },
      { name: 'severity', description: 'info, warning, critical', sql: "CASE f.severity WHEN 1 THEN 'info' WHEN 2 THEN 'warning' ELSE 'critical' END" },
      { name: 'confidence', description: '0..1', sql: 'f.confidence' },
      { name: 'type', description: 'record type', sql: 'ty.value' },
      { name: 'key', description: 'record key', sql: 'j.key' },
      { name: 'journey_id', description: '', sql: 'f.journey_id' },
      { name: 'system', description: '', sql: 'sy.value' },
      { name: 'step', description: '', sql: 'st.value' },
      { name: 'at', description: 'ISO time, UTC', sql: iso('f.at_us') },
      { name: 'title', description: '', sql: "json_extract(f.body, '$.title')" },
      { name: 'body', description: 'the whole finding as JSON', sql: 'f.body' },
    ],
    from: `finding f LEFT JOIN journey j ON j.id = f.journey_id LEFT JOIN name ty ON ty.id = j.type_id LEFT JOIN name sy ON sy.id = f.system_id
      LEFT JOIN name st ON st.id = f.step_id`,
  },
  {
    name: 'sources',
    description: 'Imported files.',
    columns: [
      { name: 'id', description: '', sql: 's.id' },
      { name: 'name', description: '', sql: 's.name' },
      { name: 'format', description: '', sql: 's.format' },
      { name: 'profile', description: '', sql: 's.profile' },
      { name: 'events', description: '', sql: 's.events' },
      { name: 'rejected', description: '', sql: 's.rejected' },
      { name: 'sha256', description: 'of the decompressed content', sql: 's.sha256' },
      { name: 'from_at', description: 'ISO time, UTC', sql: iso('s.from_us') },
      { name: 'to_at', description: 'ISO time, UTC', sql: iso('s.to_us') },
    ],
    from: "source s WHERE s.state = 'complete'",
  },
];

/** `CREATE VIEW` statements, in order. */
export function viewSql(): string {
  return VIEWS.map((view) => {
    const columns = view.columns.map((column) => `${column.sql} AS ${column.name}`).join(', ');
    return `DROP VIEW IF EXISTS ${view.name}; CREATE VIEW ${view.name} AS SELECT ${columns} FROM ${view.from};`;
  }).join('\n');
}
