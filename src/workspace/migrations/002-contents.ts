/**
 * Schema 3. The text of a source is a content of its own, which several sources may cite: a payload that stands in two files is stored once, and
 * stays while one of them does. What a file's name and its sidecar say of the execution that carried it is kept with the source; which execution
 * that is, is derived.
 */
export const sql = `
ALTER TABLE block RENAME COLUMN source_id TO content_id;
-- The id of the source that brought the content first, which may be gone.
ALTER TABLE source ADD COLUMN content_id INTEGER NOT NULL DEFAULT 0;
UPDATE source SET content_id = id;
CREATE INDEX source_content ON source (content_id);
-- JSON of \`Carrier\` (src/model/carrier.ts); null for logs.
ALTER TABLE source ADD COLUMN carrier TEXT;

-- Derived: the execution that carried the documents of a source which do not name one, the numbers of theirs that it goes before (JSON), and how that
-- is known (JSON of \`CarriedBy\`).
CREATE TABLE carried (source_id INTEGER PRIMARY KEY, identifier_id INTEGER NOT NULL, replaces TEXT NOT NULL, how TEXT NOT NULL) STRICT;
-- Derived: the document beside which a sidecar stands. Its own events are left out.
CREATE TABLE sidecar (source_id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL) STRICT;
`;
