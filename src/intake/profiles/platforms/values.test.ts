import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { Json } from '../../entry.ts';
import { chooseFormat } from '../../formats/index.ts';
import { camelLineOf } from './camel-line.ts';
import { columnText } from './debezium-row.ts';
import { debezium } from './debezium.ts';
import { kafkaConnectStatus } from './kafka-connect-status.ts';
import { kafkaMessageOf, placeOf } from './kafka-message.ts';
import { unflatten } from './n8n-flatted.ts';

/** Writes a value as `flatted` does, without sharing. */
function flatten(document: Json): string {
  const list: Json[] = [];
  const add = (value: Json): string => {
    const at = list.push(null) - 1;
    const inside = (item: Json): Json => (typeof item === 'string' || (typeof item === 'object' && item !== null) ? add(item) : item);
    if (Array.isArray(value)) list[at] = value.map(inside);
    else if (typeof value === 'object' && value !== null)
      list[at] = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item)]));
    else list[at] = value;
    return String(at);
  };
  add(document);
  return JSON.stringify(list);
}

describe('flatted run data', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        const plain = JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === '__proto__' ? undefined : item))) as Json;
        expect(unflatten(flatten(plain))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  it('cuts off what contains itself, and refuses what is something else', () => {
    expect(unflatten('[{"a":"1"},{"b":"0"}]')).toEqual({ a: { b: null } });
    expect(unflatten('[{"a":"7"}]')).toBeUndefined();
    expect(unflatten('[{"a":{"b":1}}]')).toBeUndefined();
    expect(unflatten('[{"a":"text"}]')).toBeUndefined();
    expect(unflatten('{"a":1}')).toBeUndefined();
    expect(unflatten('[')).toBeUndefined();
    expect(unflatten('[]')).toBeUndefined();
  });

  it('does not grow with what is shared', () => {
    const list: Json[] = Array.from({ length: 60 }, (_, i) => ({ a: String(i + 1), b: String(i + 1) }));
    expect(unflatten(JSON.stringify([...list, { end: true }]))).toBeDefined();
  });
});

describe('a column of a database', () => {
  const decimal = (scale: string): { [key: string]: Json } => ({ name: 'org.apache.kafka.connect.data.Decimal', parameters: { scale } });

  it.each([
    ['LxI=', '2', '120.50'],
    ['AAAvEg==', '2', '120.50'],
    ['0O4=', '2', '-120.50'],
    ['AQ==', '3', '0.001'],
    ['/w==', '0', '-1'],
    ['', '2', ''],
    ['no base64!', '2', ''],
    ['LxI=', '900', ''],
  ])('reads the decimal %s with scale %s as %s', (base64, scale, expected) => {
    expect(columnText(base64, decimal(scale))).toBe(expected);
  });

  it('reads a decimal that carries its scale, and leaves counted times out', () => {
    expect(columnText({ scale: 1, value: 'AQ==' }, undefined)).toBe('0.1');
    expect(columnText(1_930_382_102_000, { name: 'io.debezium.time.Timestamp' })).toBe('');
    expect(columnText(null, undefined)).toBe('');
    expect(columnText({ nested: 1 }, undefined)).toBe('');
  });
});

describe('a Debezium delete', () => {
  it('is told once: the tombstone behind it says nothing more', () => {
    const tombstones = [tree(null), tree({ key: { id: 7 }, value: null }), tree({ topic: 't', offset: 1, key: '{"id":7}', payload: null })];
    expect(runProfile(debezium, tombstones, sourceOf('x.jsonl', 'ndjson'))).toEqual({ events: [], refused: [] });
    expect(debezium.recognise(tombstones, sourceOf('x.jsonl', 'ndjson'))).toBeUndefined();
  });
});

describe('a Kafka message', () => {
  it('is read from each tool’s shape', () => {
    expect(kafkaMessageOf({ topic: 't', partition: 0, offset: 1, headers: ['a', '1', 'b', '2'], payload: '{"x":1}' })).toMatchObject({
      value: { x: 1 },
    });
    const headers = kafkaMessageOf({ topic: 't', offset: 1, headers: [{ key: 'a', stringValue: '1' }], value: 'x' })!.headers;
    expect([...headers]).toEqual([['a', '1']]);
    expect([...kafkaMessageOf({ topic: 't', headers: { a: '1' }, value: 'x' })!.headers]).toEqual([['a', '1']]);
    expect(kafkaMessageOf({ topic: 't' })).toBeUndefined();
    expect(placeOf('t', Number.NaN, 1)).toBe('');
  });
});

describe('a Camel line', () => {
  it.each([
    ['Exchange[ExchangePattern: InOnly, BodyType: String, Body: SO-77]', { exchange: '', told: { is: 'text' } }],
    [
      'Exchange[Id:ID-a-1, ExchangePattern:InOut, Headers:{orderId=SO-77, x=1}, Body:y]',
      {
        exchange: 'ID-a-1',
        headers: [
          ['orderId', 'SO-77'],
          ['x', '1'],
        ],
      },
    ],
    [
      '     [r           ] [                                 ] Sent failed took 1s203ms (url=http://a)',
      { told: { is: 'sent', failed: true, url: 'http://a', milliseconds: 1_203 } },
    ],
    ['     [r           ] [                                 ] Received (url=http://a)', { told: { is: 'node' } }],
    [
      '*<-- [r           ] [from[direct:a[x]]                ] Exchange[Id: 1, Body: x]',
      { told: { is: 'leave', label: 'from[direct:a[x]]' } },
    ],
  ] as const)('%s', (message, expected) => {
    expect(camelLineOf(tree({ time: '2031-03-04 09:15:02', message }))).toMatchObject(expected);
  });

  it('is not taken from another program’s words', () => {
    expect(camelLineOf(tree({ time: 't', message: 'Exchange[rates]' }))).toBeUndefined();
    expect(camelLineOf(tree({ time: 't', message: 'x', routeId: 'r' }))).toBeUndefined();
    expect(camelLineOf(tree({ time: 't', message: 'x', fields: { exchangeId: 'E1', routeId: 'r' } }))).toMatchObject({ route: 'r' });
  });
});

describe('the states of several connectors', () => {
  it('are read from one answer, with their tasks', () => {
    const status = (name: string): Json => ({
      status: {
        name,
        connector: { state: 'RUNNING', worker_id: 'a:1' },
        tasks: [{ id: 0, state: 'FAILED', worker_id: 'a:1', trace: 'x'.repeat(900) }],
        type: 'sink',
      },
    });
    const text = JSON.stringify({ one: status('one'), two: status('two') });
    const choice = chooseFormat({ name: 'connectors.json', bytes: Buffer.from(text), text, complete: true })!;
    expect(choice.detection.options['whole']).toBe(true);
    const { events } = runProfile(kafkaConnectStatus, [tree(JSON.parse(text) as Json)], sourceOf('x.json', 'json'));
    expect(events.map(({ flow, step, status: state }) => [flow, step, state])).toEqual([
      ['one', 'connector', 'running'],
      ['one', 'task-0', 'failed'],
      ['two', 'connector', 'running'],
      ['two', 'task-0', 'failed'],
    ]);
  });
});
