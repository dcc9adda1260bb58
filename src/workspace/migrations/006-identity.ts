/** Schema 7. What people said of who is who, and what the data contradicts itself about. */
export const sql = `
-- By type and spelling, never by id: it means the same whatever is imported before or after. Numbers are not given twice.
CREATE TABLE identity_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'unlink', 'merge', 'split')),
  relation TEXT CHECK (relation IN ('owns', 'relates')),
  a_type TEXT NOT NULL, a_value TEXT NOT NULL, b_type TEXT NOT NULL, b_value TEXT NOT NULL,
  note TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;

-- Derived. \`claims\` is JSON: [[record id, entries, event id or 0], …].
CREATE TABLE identity_conflict (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('claimed', 'reused')), record_id INTEGER NOT NULL, reason TEXT NOT NULL, claims TEXT NOT NULL
) STRICT;
-- Derived: the journeys that a conflict concerns.
CREATE TABLE conflict_journey (journey_id INTEGER NOT NULL, conflict_id INTEGER NOT NULL, PRIMARY KEY (journey_id, conflict_id)) STRICT, WITHOUT ROWID;

-- JSON: what was said of who is who since the analysis before, as sentences.
ALTER TABLE change_set ADD COLUMN decided TEXT NOT NULL DEFAULT '[]';
`;
