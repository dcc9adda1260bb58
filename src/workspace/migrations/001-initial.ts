/**
 * Schema 1. Names, texts and identifiers are dictionary-encoded; times are integer microseconds; raw bytes stand in zstd blocks.
 * What analysis derives (shadowed … finding) is rebuilt from what intake stored (source … column_batch) and never edited.
 *
 * No foreign keys across independently arriving data: an event whose partner is missing is exactly what the user looks for.
 */
export const sql = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Systems, flows, steps, raw status words, record types, field names: a few thousand at most.
CREATE TABLE name (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;
-- Error messages and attribute values.
CREATE TABLE text (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;
-- How one system spells a record, or an execution's id. The index starts with the value: search does not know the type.
CREATE TABLE identifier (id INTEGER PRIMARY KEY, type_id INTEGER NOT NULL, value TEXT NOT NULL) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  member TEXT,
  format TEXT NOT NULL,
  profile TEXT NOT NULL,
  mapping TEXT NOT NULL,
  options TEXT NOT NULL,
  system TEXT,
  zone TEXT,
  encoding TEXT NOT NULL,
  disk_bytes INTEGER,
  bytes INTEGER NOT NULL DEFAULT 0,
  sha256 TEXT,
  entries INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  -- Set by analysis: events that were known when it came, events that brought others up to date, the revision it came with.
  duplicates INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  revision INTEGER,
  from_us INTEGER,
  to_us INTEGER,
  imported_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('loading', 'complete')),
  -- JSON: the shapes of keys that were looked for in its free text, and what was odd about its values.
  patterns TEXT NOT NULL DEFAULT '[]',
  notices TEXT
) STRICT;
CREATE INDEX source_sha256 ON source (sha256);

-- When a source shows a system: the ground of every claim of absence. Of its events there, some may have no time.
CREATE TABLE source_system (
  source_id INTEGER NOT NULL, system_id INTEGER NOT NULL, events INTEGER NOT NULL, untimed INTEGER NOT NULL, from_us INTEGER, to_us INTEGER,
  PRIMARY KEY (source_id, system_id)
) STRICT, WITHOUT ROWID;

-- The decoded text of every source, cut every 256 KiB: the way back from an event to its bytes.
CREATE TABLE block (
  source_id INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (source_id, offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL, line INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  code TEXT NOT NULL, reason TEXT NOT NULL, excerpt TEXT NOT NULL
) STRICT;
CREATE INDEX rejected_source ON rejected (source_id, id);
CREATE INDEX rejected_code ON rejected (source_id, code, id);
-- Files that could not be opened or understood at all.
CREATE TABLE refused (id INTEGER PRIMARY KEY, path TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (path, reason)) STRICT;

-- Mappings that the user corrected and imported with, proposed for the next file of the same shape (see intake/memory.ts).
CREATE TABLE learned_mapping (
  id INTEGER PRIMARY KEY, shape TEXT NOT NULL UNIQUE, corrected_at TEXT NOT NULL, body TEXT NOT NULL
) STRICT;

-- Events, some two thousand a row: zstd over columns (see column-batch.ts). Journeys, evidence and analysis are read from here.
-- The times are those at which its events begin; null when one of them has none.
CREATE TABLE column_batch (
  first_event INTEGER PRIMARY KEY, count INTEGER NOT NULL, source_id INTEGER NOT NULL, from_us INTEGER, to_us INTEGER, body BLOB NOT NULL
) STRICT;
CREATE INDEX column_batch_source ON column_batch (source_id);

-- The same events as rows, for the user's own SQL and for nothing else: filled when a query asks for them (see event-rows.ts).
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  line INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  time_us INTEGER,
  end_us INTEGER,
  precision INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  system_id INTEGER NOT NULL,
  flow_id INTEGER,
  step_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  status_raw_id INTEGER,
  execution_id INTEGER,
  parent_execution_id INTEGER,
  span INTEGER,
  parent_span INTEGER,
  attempt INTEGER,
  error_id INTEGER,
  fingerprint INTEGER NOT NULL,
  -- [[identifier id, path name id], …] and [[name id, number or text], …]: rows of their own would be three times as many.
  mentions TEXT,
  attributes TEXT
) STRICT;

-- Events that another source tells as well, or tells newer, as ranges of ids. They are kept, and left out of all that follows.
CREATE TABLE shadowed (first_event INTEGER PRIMARY KEY, last_event INTEGER NOT NULL) STRICT;

CREATE TABLE record (
  id INTEGER PRIMARY KEY, type_id INTEGER NOT NULL, key TEXT NOT NULL, technical INTEGER NOT NULL,
  journey_id INTEGER NOT NULL, from_us INTEGER, to_us INTEGER, events INTEGER NOT NULL
) STRICT;
-- A record has the id of the identifier that is its key; here stand its other spellings, and the executions that are part of it.
CREATE TABLE alias (identifier_id INTEGER PRIMARY KEY, record_id INTEGER NOT NULL, rule INTEGER NOT NULL) STRICT;
CREATE TABLE link (
  parent_id INTEGER NOT NULL, child_id INTEGER NOT NULL, relation INTEGER NOT NULL, entries INTEGER NOT NULL, event_id INTEGER NOT NULL,
  PRIMARY KEY (parent_id, child_id)
) STRICT, WITHOUT ROWID;

-- Distinct sets of systems: a few dozen, so that filtering journeys by system needs no row per pair.
CREATE TABLE system_set (id INTEGER PRIMARY KEY, systems TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE journey (
  id INTEGER PRIMARY KEY,
  type_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  status TEXT NOT NULL,
  status_reason TEXT NOT NULL,
  from_us INTEGER,
  to_us INTEGER,
  duration_us INTEGER,
  system_set_id INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  events INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  -- JSON array of the ids of its events, ascending.
  event_ids TEXT NOT NULL
) STRICT;

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  journey_id INTEGER,
  kind TEXT NOT NULL,
  subkind TEXT NOT NULL,
  severity INTEGER NOT NULL,
  confidence REAL NOT NULL,
  system_id INTEGER,
  step_id INTEGER,
  at_us INTEGER,
  body TEXT NOT NULL
) STRICT;
`;

/**
 * The one index of `identifier`. It starts with the value: search does not know the type. While a workspace is loaded for the first
 * time it does not exist (the dictionary in memory is complete then); it is made when the load ends, or when the next writer opens.
 */
export const identifierIndex = 'CREATE UNIQUE INDEX IF NOT EXISTS identifier_value ON identifier (value, type_id)';

/** Secondary indexes of the derived tables: dropped before they are rebuilt, made again when they are full. */
export const derivedIndexes: readonly { readonly name: string; readonly table: string; readonly sql: string }[] = [
  { name: 'alias_record', table: 'alias', sql: 'CREATE INDEX alias_record ON alias (record_id)' },
  { name: 'link_child', table: 'link', sql: 'CREATE INDEX link_child ON link (child_id, parent_id)' },
  { name: 'journey_from', table: 'journey', sql: 'CREATE INDEX journey_from ON journey (from_us, id)' },
  { name: 'journey_to', table: 'journey', sql: 'CREATE INDEX journey_to ON journey (to_us, id)' },
  { name: 'journey_duration', table: 'journey', sql: 'CREATE INDEX journey_duration ON journey (duration_us, id)' },
  { name: 'journey_key', table: 'journey', sql: 'CREATE INDEX journey_key ON journey (key, id)' },
  { name: 'journey_status', table: 'journey', sql: 'CREATE INDEX journey_status ON journey (status, from_us, id)' },
  { name: 'journey_severity', table: 'journey', sql: 'CREATE INDEX journey_severity ON journey (severity, findings, id)' },
  { name: 'journey_steps', table: 'journey', sql: 'CREATE INDEX journey_steps ON journey (steps, id)' },
  { name: 'journey_findings', table: 'journey', sql: 'CREATE INDEX journey_findings ON journey (findings, id)' },
  { name: 'finding_order', table: 'finding', sql: 'CREATE INDEX finding_order ON finding (severity DESC, confidence DESC, id)' },
  { name: 'finding_kind', table: 'finding', sql: 'CREATE INDEX finding_kind ON finding (kind, subkind, severity DESC, confidence DESC)' },
  { name: 'finding_journey', table: 'finding', sql: 'CREATE INDEX finding_journey ON finding (journey_id)' },
];
