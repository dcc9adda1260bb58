import { beforeAll, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import type { JourneyHelper } from '../../src/analysis/hooks.ts';
import { JourneyBuilder } from '../../src/analysis/journey-builder.ts';
import { CHUNK_JOURNEYS } from '../../src/analysis/journey-work.ts';
import { addRows, completenessCell, extentOf } from '../../src/analysis/judged.ts';
import { createLearner } from '../../src/flows/index.ts';
import { completenessOf, judge } from '../../src/findings/index.ts';
import type { JudgedRows } from '../../src/workspace/derived-writer.ts';
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

/** What one load in two threads derived, and the workspace it stands in. */
let db: Db;
let loaded: Record<string, unknown[]>;
beforeAll(async () => {
  // More journeys than it takes for a second thread.
  const logs = await company(4300);
  const { client, engine, workspace } = await bench();
  const { journeys } = await importPaths(client, [logs]);
  expect(journeys).toBeGreaterThan(4000);
  await engine.close();
  db = openWriter(workspace);
  loaded = derived(db);
  expect(loaded['finding']!.length).toBeGreaterThan(50);
  return () => db.close();
});

test('a load that was observed and judged in two threads ends as one that is read anew by one thread', async () => {
  await analyse(db, { progress: () => undefined, check: () => undefined });
  expect(derived(db)).toEqual(loaded);
});

test('journeys that are only looked at end as those that are built and judged one by one', async () => {
  await analyse(db, { progress: () => undefined, check: () => undefined, helper: () => oneByOne(db) });
  expect(derived(db)).toEqual(loaded);
});

/** Takes all the work on journeys before the thread that asks for help has begun with it, and takes no short way. */
function oneByOne(db: Db): JourneyHelper {
  return {
    ready: Promise.resolve(),
    work: (material, data, chunks, use) => {
      const builder = new JourneyBuilder(db, material);
      const learner = createLearner();
      for (const root of material.roots) learner.observe(builder.buildAnew(root));
      const expectations = learner.finish({ coverage: material.coverage });
      const context = { expectations, ...data };
      const judged: (() => void)[] = [];
      for (let chunk = chunks.take(); chunk !== undefined; chunk = chunks.take()) {
        const rows: JudgedRows = { journeys: [], findings: [] };
        for (const root of material.roots.subarray(chunk * CHUNK_JOURNEYS, (chunk + 1) * CHUNK_JOURNEYS)) {
          const journey = builder.buildAnew(root);
          const { status, statusReason, findings } = judge(journey, context);
          const { record, startedAt: from, endedAt: to } = journey;
          const id = material.keeper[root]!;
          addRows(
            rows,
            {
              id,
              record,
              status,
              statusReason,
              from,
              to,
              extent: extentOf(journey),
              completeness: completenessCell(completenessOf(journey, context)),
              events: builder.eventsOf(root),
            },
            findings,
          );
        }
        const taken = chunk;
        judged.push(() => use(taken, rows));
      }
      // A helper's rows never come before the records are written.
      return { learned: Promise.resolve(expectations), judged: Promise.resolve().then(() => judged.forEach((send) => send())) };
    },
    end: async () => undefined,
  };
}
