import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/intake/entry.ts';
import { PLATFORM_PROFILES } from '../../../src/intake/profiles/index.ts';
import { readEntries } from './read-entries.ts';
import { runProfile } from './run-profile.ts';

/** Real exports of integration platforms, made by other people. The folder stands beside the project on some machines only. */
const DATA = resolve(import.meta.dirname, '../../../../shared/data/platforms');
const HERE = existsSync(DATA);
if (!HERE) console.info(`skipped: the real exports are not here (${join('..', 'shared', 'data', 'platforms')} is missing)`);

async function mapped(path: string): Promise<{ readonly ids: readonly string[]; readonly events: readonly JsonObject[]; readonly refused: readonly string[] }> {
  const { source, entries } = await readEntries(join(DATA, path));
  const claims = PLATFORM_PROFILES.filter((profile) => profile.recognise(entries.slice(0, 200), source) !== undefined);
  const profile = claims[0];
  return { ids: claims.map((claim) => claim.id), ...(profile === undefined ? { events: [], refused: [] } : runProfile(profile, entries, source)) };
}

const statusCount = (events: readonly JsonObject[], ...statuses: readonly string[]): number =>
  events.filter((event) => statuses.includes(String(event['status']))).length;
const actionsOf = (events: readonly JsonObject[]): readonly JsonObject[] =>
  events.filter((event) => event['span'] !== 'run' && event['span'] !== 'trigger');

describe.skipIf(!HERE)('real exports of platforms', () => {
  it('Step Functions: 12 histories, 185 events, 28 of them failed or aborted, and no time in any', async () => {
    const { ids, events, refused } = await mapped('step-functions/states_variables__test_error_output.snapshot.json');
    expect(ids).toEqual(['step-functions']);
    expect(refused).toEqual([]);
    expect(events).toHaveLength(185);
    expect(statusCount(events, 'failed', 'cancelled')).toBe(28);
    expect(events.filter((event) => event['time'] !== undefined)).toEqual([]);
    expect(events.filter((event) => event['statusRaw'] === 'ExecutionStarted')).toHaveLength(12);
    expect(Math.max(...events.map((event) => Number(event['attempt'] ?? 0)))).toBeGreaterThan(1);
  });

  it('Temporal: a history written newest first ends with the time-out after 20 minutes', async () => {
    const { ids, events, refused } = await mapped('temporal/events.timed-out.json');
    expect(ids).toEqual(['temporal']);
    expect(refused).toEqual([]);
    expect(events).toHaveLength(18);
    expect(events[0]).toMatchObject({ step: 'run', status: 'started', span: 'run' });
    expect(events.at(-1)).toMatchObject({ step: 'run', status: 'timed-out' });
    expect(Date.parse(String(events.at(-1)!['time'])) - Date.parse(String(events[0]!['time']))).toBeGreaterThanOrEqual(20 * 60_000);
    const activity = events.filter((event) => event['span'] === '13');
    expect(activity.map((event) => event['status'])).toEqual(['waiting', 'timed-out']);
    expect(new Set(events.map((event) => event['execution'])).size).toBe(1);
  });

  it.each([
    ['temporal/raw-events.ascending.completed.json', 18, 'succeeded'],
    ['temporal/raw-events.descending.failed.json', 7, 'failed'],
  ] as const)('%s: %i events, the run %s', async (path, count, status) => {
    const { ids, events } = await mapped(path);
    expect(ids).toEqual(['temporal']);
    expect(events).toHaveLength(count);
    expect(events.at(-1)).toMatchObject({ step: 'run', status });
    expect(events.map((event) => String(event['time']))).toEqual(events.map((event) => String(event['time'])).toSorted());
  });

  it('Logic Apps: one run while it goes on and after it succeeded, under the same ids', async () => {
    const running = await mapped('logic-apps/MonitoringViewConditional__loadingState.json');
    const done = await mapped('logic-apps/MonitoringViewConditional__normalState.json');
    expect([...running.ids, ...done.ids]).toEqual(['logic-apps-runs', 'logic-apps-runs']);
    expect(running.events[0]).toMatchObject({ step: 'run', status: 'running' });
    expect(running.events[0]!['end']).toBeUndefined();
    expect(done.events[0]).toMatchObject({ step: 'run', status: 'succeeded', execution: running.events[0]!['execution'], span: running.events[0]!['span'] });
    expect(actionsOf(running.events)).toHaveLength(1);
    const actions = actionsOf(done.events);
    expect([actions.length, statusCount(actions, 'succeeded'), statusCount(actions, 'skipped')]).toEqual([26, 17, 9]);
    const delay = actionsOf(running.events)[0]!;
    expect(actions.find((event) => event['span'] === delay['span'])).toMatchObject({ time: delay['time'], status: 'succeeded' });
  });

  it('Logic Apps: a run with a loop', async () => {
    const { ids, events } = await mapped('logic-apps/LoopsPager__SuccessRun.json');
    expect(ids).toEqual(['logic-apps-runs']);
    expect(actionsOf(events).map((event) => event['step'])).toEqual(['Increment_variable', 'Initialize_variable', 'Until']);
    for (const event of events) expect(event['status']).toBe('succeeded');
  });

  it('SAP Cloud Integration: one completed message of 27 ms', async () => {
    const { ids, events } = await mapped('sap-cpi/MessageProcessingLogs-1.json');
    expect(ids).toEqual(['sap-cpi-mpl']);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ flow: 'flow1', status: 'succeeded', time: '2021-01-28T15:12:39.005Z', end: '2021-01-28T15:12:39.032Z' });
  });

  it('Boomi: the records it documents are read by their own profiles', async () => {
    for (const name of ['ExecutionRecord.query-response.json', 'ExecutionRecord.query-response.xml', 'GenericConnectorRecord.query-response.json', 'X12ConnectorRecord.query-response.json']) {
      const { ids, refused } = await mapped(`boomi/${name}`);
      expect(ids).toHaveLength(1);
      expect(ids[0]).toMatch(/^boomi-(?:execution-record|connector-record|x12-connector-record)$/);
      expect(refused).toEqual([]);
    }
  });
});
