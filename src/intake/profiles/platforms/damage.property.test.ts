import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../../../test/golden/profiles/run-profile.ts';
import { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import { chooseFormat } from '../../formats/index.ts';
import type { PlatformProfile } from '../../mapper.ts';
import { airflowLog } from './airflow-log.ts';
import { airflowRuns } from './airflow-runs.ts';
import { camelBacklog } from './camel-backlog.ts';
import { camelLog } from './camel-log.ts';
import { celigoErrors } from './celigo-errors.ts';
import { celigoJobs } from './celigo-jobs.ts';
import { debezium } from './debezium.ts';
import { kafkaConnectDlq } from './kafka-connect-dlq.ts';
import { kafkaConnectLog } from './kafka-connect-log.ts';
import { kafkaConnectStatus } from './kafka-connect-status.ts';
import { n8n } from './n8n.ts';
import { nifiProvenance } from './nifi-provenance.ts';
import { workatoJobs } from './workato-jobs.ts';

const FIXTURES = resolve(import.meta.dirname, '../../../../test/golden/profiles');
const PROFILES: readonly PlatformProfile[] = [
  airflowLog,
  airflowRuns,
  camelBacklog,
  camelLog,
  celigoErrors,
  celigoJobs,
  debezium,
  kafkaConnectDlq,
  kafkaConnectLog,
  kafkaConnectStatus,
  n8n,
  nifiProvenance,
  workatoJobs,
];

const CASES = PROFILES.flatMap((profile) =>
  readdirSync(join(FIXTURES, profile.id))
    .filter((name) => !name.startsWith('expected'))
    .map((name) => [profile.id, name, profile] as const),
);

/** Reads bytes as the intact file is read, and counts what the profile makes of them. */
async function run(profile: PlatformProfile, name: string, intact: Uint8Array, bytes: Uint8Array): Promise<readonly string[]> {
  const { format, detection } = chooseFormat({ name, bytes: intact, text: Buffer.from(intact).toString(), complete: true })!;
  const entries: Entry[] = [];
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  await format.read(chunks(), detection.options, { entry: (entry) => entries.push(entry), reject: () => undefined });
  const source = sourceOf(name, format.id, { options: detection.options, header: format.header(detection.options) });
  const events: string[] = [];
  const draft = new Draft();
  const mapper = profile.compile(source, profile.describe(entries, source));
  const emit = (): void => void events.push(`${draft.step} ${draft.time} ${draft.status}`);
  for (const entry of entries) mapper(entry, draft, emit);
  mapper.end?.(draft, emit);
  return events;
}

describe.each(CASES)('%s reads a damaged %s', (_id, name, profile) => {
  const intact = readFileSync(join(FIXTURES, profile.id, name));

  it('without an exception, wherever it is cut', async () => {
    const whole = await run(profile, name, intact, intact);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: intact.length }), async (at) => {
        const events = await run(profile, name, intact, intact.subarray(0, at));
        // A run that is one entry with its steps, or a message whose text is cut, may differ in its last event only.
        expect(events.length).toBeLessThanOrEqual(whole.length);
      }),
      { numRuns: 25 },
    );
  });

  it('without an exception, whichever byte is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: intact.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = Uint8Array.from(intact);
        bytes[at] = bytes[at]! ^ by;
        expect(Array.isArray(await run(profile, name, intact, bytes))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('hostile values', () => {
  it.each(PROFILES.map((profile) => [profile.id, profile] as const))('%s takes any JSON without an exception', (_id, profile) => {
    const key = fc.constantFrom(
      ...'id,data,mode,status,workflowId,startedAt,runData,resultData,dag_id,run_id,state,conf,op,before,after,source,connector,payload,schema,key,value,topic,headers,uid,message,exchangeId,timestamp,routeId,eventType,flowFileUuid,componentId,attributes,lines,recipe_id,started_at,_id,_flowId,type,traceKey,occurredAt,code,time,level,logger,thread,fields,name,tasks,connectors'.split(
        ',',
      ),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(
          'webhook',
          'CREATE',
          'flow',
          'completed',
          'u',
          '2031-03-04T09:15:02Z',
          '[["0"]]',
          '{"a":1}',
          1930382102000,
          true,
          null,
        ),
        fc.string({ maxLength: 12 }),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 14 }),
      ),
    }));
    const source = sourceOf('x.json', 'json');
    const draft = new Draft();
    fc.assert(
      fc.property(fc.dictionary(key, tree, { maxKeys: 30 }), (value) => {
        const entry = { kind: 'tree', place: { offset: 0, length: 0, line: 1 }, value, context: undefined } as Entry;
        const mapper = profile.compile(source, profile.describe([entry], source));
        mapper(entry, draft, () => undefined);
        mapper.end?.(draft, () => undefined);
      }),
      { numRuns: 150 },
    );
  });
});
