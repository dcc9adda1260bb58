/** Schema 5. The flow passports by which a workspace is judged, as their authors wrote them: what they mean is read anew by each analysis. */
export const sql = `
CREATE TABLE passport (name TEXT PRIMARY KEY, yaml TEXT NOT NULL, added_at TEXT NOT NULL) STRICT;
`;
