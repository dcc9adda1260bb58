import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import { inferMapping } from '../../infer/infer.ts';
import { run } from '../../infer/testing.ts';
import { PLATFORM_PROFILES } from '../index.ts';
import { clef } from './clef.ts';
import { LOG_PROFILES } from './index.ts';

const at = (second: number): string => `2031-03-04T09:15:${String(second).padStart(2, '0')}.431Z`;
const WORDS = ['order received', 'posted to the warehouse', 'payment captured', 'shipment created'];
const lines = (line: (i: number) => JsonObject): Entry[] => Array.from({ length: 12 }, (_, i) => tree(line(i)));

/** Loggers without a shape of their own: what they write is understood by its values and names. */
const INFERRED: readonly (readonly [name: string, line: (i: number) => JsonObject])[] = [
  [
    'winston',
    (i) => ({
      level: i === 3 ? 'error' : 'info',
      message: WORDS[i % 4]!,
      service: 'shop',
      orderId: `SO-${1000 + (i % 4)}`,
      timestamp: at(i),
    }),
  ],
  [
    'zap',
    (i) => ({
      level: i === 3 ? 'error' : 'info',
      ts: 1930382102.431 + i,
      caller: 'a/b.go:12',
      msg: WORDS[i % 4]!,
      app: 'shop',
      order_id: `SO-${1000 + (i % 4)}`,
    }),
  ],
  [
    'zerolog',
    (i) => ({
      level: i === 3 ? 'error' : 'info',
      time: 1930382102 + i,
      message: WORDS[i % 4]!,
      service: 'shop',
      order_id: `SO-${1000 + (i % 4)}`,
    }),
  ],
  [
    'slog',
    (i) => ({
      time: `2031-03-04T09:15:${10 + i}.431123456Z`,
      level: i === 3 ? 'ERROR' : 'INFO',
      msg: WORDS[i % 4]!,
      service: 'shop',
      order: { id: `SO-${1000 + (i % 4)}` },
    }),
  ],
  [
    'structlog',
    (i) => ({
      event: WORDS[i % 4]!,
      level: i === 3 ? 'error' : 'info',
      timestamp: at(i),
      service: 'shop',
      order_id: `SO-${1000 + (i % 4)}`,
    }),
  ],
  [
    'python-json-logger',
    (i) => ({
      asctime: `2031-03-04 09:15:${10 + i},431`,
      levelname: i === 3 ? 'ERROR' : 'INFO',
      message: WORDS[i % 4]!,
      service: 'shop',
      order_id: `SO-${1000 + (i % 4)}`,
    }),
  ],
];

describe('loggers without a fixed shape', () => {
  it.each(INFERRED)('%s is inferred', (_name, line) => {
    const entries = lines(line);
    const source = sourceOf('a.jsonl', 'ndjson');
    expect(PLATFORM_PROFILES.filter((profile) => profile.recognise(entries, source) !== undefined).map((profile) => profile.id)).toEqual(
      [],
    );
    const { events, refused } = run(entries, source, inferMapping(entries, source));
    expect(refused).toEqual([]);
    expect(events).toHaveLength(12);
    expect(events[0]).toMatchObject({ kind: 'step', system: 'shop', step: 'order received', status: 'unknown', ids: ['order SO-1000'] });
    expect(events.filter((event) => event.status === 'failed')).toHaveLength(1);
    for (const [i, event] of events.entries()) expect(event.time).toBeGreaterThan(events[i - 1]?.time ?? 0);
  });
});

describe('log dialects', () => {
  const record = { '@t': at(2), '@mt': 'Posted {OrderId} by {Clerk}', OrderId: 'SO-1007', Clerk: 'Ann', Kind: 'shop.order.posted' };

  it('let the user say what a field means', () => {
    const source = sourceOf('a.jsonl', 'ndjson');
    const entries = [tree(record), tree({ ...record, OrderId: 'SO-1008' })];
    const mapping = clef.describe(entries, source);
    const changed = {
      ...mapping,
      fields: mapping.fields.map((field) => (field.path === 'Kind' ? { ...field, role: 'step' as const, type: undefined } : field)),
    };
    const draft = new Draft();
    const steps: string[] = [];
    const mapper = clef.compile(source, changed);
    for (const entry of entries) mapper(entry, draft, () => steps.push(draft.step));
    expect(steps).toEqual(['shop.order.posted', 'shop.order.posted']);
    expect(runProfile(clef, entries, source).events[0]).toMatchObject({ step: 'Posted … by' });
  });

  it('keep the system that was given', () => {
    const source = sourceOf('a.jsonl', 'ndjson', { system: 'erp' });
    const entries = [tree({ level: 30, time: 1930382102431, pid: 1, hostname: 'h', name: 'api', msg: 'started' })];
    const pino = LOG_PROFILES.find((profile) => profile.id === 'log-pino')!;
    expect(pino.describe(entries, source).system).toBe('erp');
    expect(runProfile(pino, entries, source).events[0]).toMatchObject({ system: 'erp' });
  });

  it('read any record without throwing', () => {
    const keys = fc.constantFrom(
      ...'@t @mt @m @l @r @timestamp @message log level message msg time timestamp instant contextMap host short_message severity textPayload jsonPayload httpRequest trace resource attributes content _raw _time __mv_a a labels line Line tsNs items stream Properties Renderings status'.split(
        ' ',
      ),
    );
    const value: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        fc.string({ maxLength: 20 }),
        fc.double({ noNaN: true }),
        fc.constantFrom<Json>(null, true, 1930382102431, at(2), '{"a":1}', '{"', 'level=info msg="x', '$a$;$b$', 'START RequestId: x'),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(keys, tie('json'), { maxKeys: 3 }),
      ),
    })).json;
    fc.assert(
      fc.property(fc.array(fc.dictionary(keys, value, { maxKeys: 8 }), { minLength: 1, maxLength: 4 }), (records) => {
        const entries = records.map((one) => tree(one));
        for (const profile of LOG_PROFILES) runProfile(profile, entries, sourceOf('a.jsonl', 'ndjson'));
      }),
      { numRuns: 60 },
    );
  });
});
