/**
 * Schema 6. How complete a journey is. The next analysis fills it, and one is due: until then nothing is known.
 */
export const sql = `
-- The product of the shares that are known; null where none is.
ALTER TABLE journey ADD COLUMN completeness REAL;
-- JSON array: of systems, fields and times the ones that are as they should be, and how many there are; null as long as no analysis told.
ALTER TABLE journey ADD COLUMN completeness_counts TEXT;
CREATE INDEX journey_completeness ON journey (completeness, id);
INSERT OR REPLACE INTO meta (key, value) SELECT 'dirty', '1' WHERE EXISTS (SELECT 1 FROM journey);
`;

/** Secondary indexes of derived tables that came with this schema. */
export const derivedIndexes: readonly { readonly name: string; readonly table: string; readonly sql: string }[] = [
  { name: 'journey_completeness', table: 'journey', sql: 'CREATE INDEX journey_completeness ON journey (completeness, id)' },
];
