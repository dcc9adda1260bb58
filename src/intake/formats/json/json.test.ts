import { describe, expect, it } from 'vitest';
import type { TreeEntry } from '../../entry.ts';
import { json } from './json.ts';
import { collect, readText, sniffText, valuesOf } from '../test-harness.ts';

const values = async (name: string, content: string): Promise<unknown[]> => valuesOf((await readText(name, content)).entries, undefined);

describe('json: where the entries are', () => {
  it.each([
    ['a list', '[{"a":1},{"a":2}]', []],
    ['result', '{"@type":"QueryResult","result":[{"id":1,"x":"yy"},{"id":2}],"numberOfResults":100}', ['result']],
    ['value', '{"@odata.context":"x","value":[{"a":1}]}', ['value']],
    ['d.results', '{"d":{"results":[{"a":1},{"a":2}]}}', ['d', 'results']],
    ['data', '{"data":[{"a":1}],"meta":{"page":{"after":"x"}}}', ['data']],
    ['events', '{"events":[{"timestamp":1,"message":"m"}],"nextToken":"t"}', ['events']],
    ['hits.hits', '{"took":3,"hits":{"total":{"value":1},"hits":[{"_id":"1","_source":{"a":1}}]}}', ['hits', 'hits']],
    ['orders', '{"orders":[{"id":1,"line_items":[{"sku":"a"}]},{"id":2,"line_items":[]}]}', ['orders']],
    ['a map of documents', '{"run 1":{"events":[{"id":1}]},"run 2":{"events":[{"id":2}]}}', ['*', 'events']],
  ])('finds %s', (_name, content, root) => {
    expect(sniffText('x.json', content)?.detection.options).toMatchObject({ root, whole: false });
  });

  it('takes an order with its lines as one entry', async () => {
    const order = { order: { id: 7, number: 'SO-7', items: Array.from({ length: 40 }, (_, i) => ({ sku: `sku-${i}`, qty: i })) } };
    expect(await values('order.json', JSON.stringify(order))).toEqual([order]);
  });

  it('reads a thing with its events as events that know the thing', async () => {
    const { entries } = await readText('order.json', '{"orderId":"SO-1","events":[{"e":"created"},{"e":"paid"}]}');
    expect(entries).toHaveLength(2);
    expect((entries[1] as TreeEntry).context).toEqual({ document: { orderId: 'SO-1' } });
  });

  it('flattens pages and lists of lists', async () => {
    expect(await values('x.json', '[{"result":[{"a":1},{"a":2}]},{"result":[{"a":3}]}]')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(await values('x.json', '[[{"id":"1"},{"id":"2"}],[{"id":"3"}]]')).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);
  });

  it('reads a list of one that was written as a lone object', async () => {
    const { format, options } = await readText('x.json', '{"result":[{"a":1},{"a":2}]}');
    const { entries } = await collect(format, new TextEncoder().encode('{"result":{"a":9}}'), options);
    expect(valuesOf(entries, undefined)).toEqual([{ a: 9 }]);
  });

  it('says which lists it leaves out', () => {
    const content = JSON.stringify({ objects: [{ id: 'o' }], events: [{ id: 'e1' }, { id: 'e2' }] });
    expect(sniffText('x.json', content)?.detection.reason).toContain('not read: objects');
  });

  it('does not take bracketed text for JSON', () => {
    expect(json.sniff({ name: 'x', bytes: new Uint8Array(), text: '[2031-03-04T09:15:02Z] INFO x\n', complete: true })).toBeUndefined();
    expect(json.sniff({ name: 'x', bytes: new Uint8Array(), text: "{'a': 1}\n", complete: true })).toBeUndefined();
  });
});

describe('json: OpenTelemetry and Jaeger', () => {
  const span = (id: string): string => `{"spanId":"${id}"}`;
  it.each([
    ['resourceSpans', 'scopeSpans', 'scope'],
    ['resource_spans', 'scope_spans', 'scope'],
    ['resourceSpans', 'instrumentationLibrarySpans', 'instrumentationLibrary'],
  ])('reads %s / %s', async (top, middle, scope) => {
    const content = `{"${top}":[{"resource":{"a":1},"${middle}":[{"${scope}":{"name":"s"},"spans":[${span('1')},${span('2')}]}]}]}`;
    for (const text of [content, `{"result":${content}}`, `[${content}]`]) {
      const { entries } = await readText('t.json', text);
      expect(valuesOf(entries, undefined)).toEqual([{ spanId: '1' }, { spanId: '2' }]);
      expect((entries[0] as TreeEntry).context).toEqual({ resourceSpans: { resource: { a: 1 } }, scopeSpans: { [scope]: { name: 's' } } });
    }
    const lines = await readText('t.jsonl', `${content}\n{"result":${content}}\n`.split('\n').slice(0, 1).join('\n'));
    expect(lines.format.id).toBe('ndjson');
    expect(lines.entries).toHaveLength(2);
  });

  it('gives each span the processes of its trace, wherever the trace stands', async () => {
    const trace = '{"traceID":"t","spans":[{"spanID":"1"}],"processes":{"p1":{"serviceName":"shop"}}}';
    for (const content of [trace, `[${trace}]`, `{"data":[${trace}]}`]) {
      const { entries } = await readText('t.json', content);
      expect((entries[0] as TreeEntry).context).toEqual({ data: { traceID: 't', processes: { p1: { serviceName: 'shop' } } } });
    }
  });

  it('rejects a document of another kind among them', async () => {
    const { rejections } = await readText(
      't.jsonl',
      `{"resourceSpans":[{"scopeSpans":[{"spans":[${span('1')}]}]}]}\n{"resourceMetrics":[]}\n`,
    );
    expect(rejections).toMatchObject([{ code: 'unsupported', place: { line: 2 } }]);
  });
});

describe('json: damage', () => {
  const element = (id: number): string => `  {\n    "id": ${id},\n    "lines": [\n      {"sku": "a"}\n    ]\n  }`;

  it('goes on with the next element of the same indent', async () => {
    const broken = '  {\n    "id": 2,\n    "note": "open\n  }';
    const { entries, rejections } = await readText('x.json', `[\n${element(1)},\n${broken},\n${element(3)}\n]\n`);
    expect(valuesOf(entries, undefined)).toMatchObject([{ id: 1 }, { id: 3 }]);
    expect(rejections).toMatchObject([{ code: 'malformed', place: { line: 8 } }]);
  });

  it('goes on at },{ where all stands on one line', async () => {
    const { entries, rejections } = await readText('x.json', '[{"id":1},{"id":2,"t":"a\nb"},{"id":3}]');
    expect(valuesOf(entries, undefined)).toEqual([{ id: 1 }, { id: 3 }]);
    expect(rejections).toHaveLength(1);
  });

  it('rejects one bad element and keeps its neighbours', async () => {
    const { entries, rejections } = await readText('x.json', '[{"id":1},{"id":2,"t":nope},{"id":3}]');
    expect(valuesOf(entries, undefined)).toEqual([{ id: 1 }, { id: 3 }]);
    expect(rejections[0]).toMatchObject({ code: 'malformed', excerpt: '{"id":2,"t":nope}' });
  });

  it('reads what is complete of a truncated file and says once that it is truncated', async () => {
    const whole = await readText('x.json', '{"result":[{"id":1},{"id":2},{"id":3}]}');
    const { entries, rejections } = await collect(
      whole.format,
      new TextEncoder().encode('{"result":[{"id":1},{"id":2},{"id'),
      whole.options,
    );
    expect(valuesOf(entries, undefined)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(rejections.map(({ code }) => code)).toEqual(['truncated']);
  });

  it('is not overrun by nesting', async () => {
    const { entries, rejections } = await readText('x.json', `[{"id":1},${'['.repeat(100_000)}${']'.repeat(100_000)},{"id":3}]`);
    expect(valuesOf(entries, undefined)).toEqual([{ id: 1 }, { id: 3 }]);
    expect(rejections[0]?.code).toBe('too-deep');
  });
});

describe('json: numbers', () => {
  it('keeps every digit of long integers, and numbers otherwise', async () => {
    const text =
      '[{"a":9007199254740993,"b":-12345678901234567890,"c":1.5e3,"d":"9007199254740993","e":9007199254740991,"f":[1234567890123456789]}]';
    expect(await values('x.json', text)).toEqual([
      {
        a: '9007199254740993',
        b: '-12345678901234567890',
        c: 1500,
        d: '9007199254740993',
        e: 9007199254740991,
        f: ['1234567890123456789'],
      },
    ]);
    expect(await values('x.jsonl', '{"a":9007199254740993}\n{"a":1}\n')).toEqual([{ a: '9007199254740993' }, { a: 1 }]);
  });
});
