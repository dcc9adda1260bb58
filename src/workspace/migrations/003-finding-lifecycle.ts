/**
 * Schema 4. What people said of findings, kept by the finding's stable id so that it outlives every analysis, and what the last analyses
 * changed. A finding row says how it stands; that is derived from what was said.
 */
export const sql = `
-- \`body\` is the finding as it was when somebody said it: its record may get another key, and a false alarm teaches what was measured.
CREATE TABLE finding_decision (
  finding_id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('open', 'acknowledged', 'resolved', 'false-alarm')),
  note TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived: place in FINDING_STATUSES, and the decision it comes from; \`taught\` when that was about another finding.
ALTER TABLE finding ADD COLUMN status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN decision_id TEXT;
ALTER TABLE finding ADD COLUMN taught INTEGER NOT NULL DEFAULT 0;
CREATE INDEX finding_status ON finding (status, severity DESC, confidence DESC, id);

-- What each of the last analyses changed. \`id\` is its revision, \`sources\` and \`removed\` JSON arrays of names, \`counts\` JSON of all changes by kind.
CREATE TABLE change_set (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, sources TEXT NOT NULL, removed TEXT NOT NULL, counts TEXT NOT NULL
) STRICT;
-- The worst of them: as many as anybody reads.
CREATE TABLE change (
  set_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, what TEXT NOT NULL CHECK (what IN ('new', 'gone', 'flipped')), body TEXT NOT NULL,
  PRIMARY KEY (set_id, ordinal)
) STRICT, WITHOUT ROWID;
`;

/** Secondary indexes of derived tables that came with this schema. */
export const derivedIndexes: readonly { readonly name: string; readonly table: string; readonly sql: string }[] = [
  { name: 'finding_status', table: 'finding', sql: 'CREATE INDEX finding_status ON finding (status, severity DESC, confidence DESC, id)' },
];
