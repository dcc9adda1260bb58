import { expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { openWriter, type Db } from '../../src/workspace/open.ts';
import { company } from '../support/company.ts';
import { bench, importPaths } from '../support/engine.ts';

const TABLES = ['record', 'alias', 'link', 'system_set', 'journey', 'finding', 'meta'];

/** Everything that analysis derived, row by row. */
function derived(db: Db): Record<string, unknown[]> {
  return Object.fromEntries(
    TABLES.map((table) => [
      table,
      db
        .prepare(`SELECT * FROM ${table} ORDER BY 1, 2`)
        .raw()
        .all()
        .filter((row) => !['revision', 'dirty'].includes((row as unknown[])[0] as string)),
    ]),
  );
}

test('a load that was observed and judged in two threads ends as one that is read anew by one thread', { timeout: 120_000 }, async () => {
  // More journeys than it takes for a second thread.
  const logs = await company(4300);
  const { client, engine, workspace } = await bench();
  const { journeys } = await importPaths(client, [logs]);
  expect(journeys).toBeGreaterThan(4000);
  await engine.close();
  const db = openWriter(workspace);
  const before = derived(db);
  expect(before.finding!.length).toBeGreaterThan(50);
  await analyse(db, { progress: () => undefined, check: () => undefined });
  expect(derived(db)).toEqual(before);
  db.close();
});
