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

describe('json: what elements wrap', () => {
  const hit = '{"_index":"logs-1","_id":"x","_score":1.0,"_source":{"order":"SO-1"}}';
  it.each([
    ['hits.json', `{"took":1,"hits":{"total":1,"hits":[${hit},${hit}]}}`],
    ['msearch.json', `{"responses":[{"hits":{"hits":[${hit}]}},{"hits":{"hits":[${hit}]}}]}`],
    ['dump.jsonl', `${hit}\n${hit}\n`],
  ])('reads the documents of hits in %s, and keeps what stands around them', async (name, content) => {
    const { entries } = await readText(name, content);
    expect(valuesOf(entries, undefined)).toEqual([{ order: 'SO-1' }, { order: 'SO-1' }]);
    expect((entries[0] as TreeEntry).context).toEqual({ hit: { _index: 'logs-1', _id: 'x', _score: 1 } });
  });

  it('joins action and document of a bulk body', async () => {
    const { entries } = await readText(
      'b.ndjson',
      '{"index":{"_index":"o","_id":"7"}}\n{"a":1}\n{"delete":{"_id":"8"}}\n{"create":{"_id":"9"}}\n{"index":{"_id":"document"}}\n',
    );
    expect(entries.map((entry) => [(entry as TreeEntry).value, (entry as TreeEntry).context])).toEqual([
      [{ a: 1 }, { bulk: { _index: 'o', _id: '7' } }],
      [{ index: { _id: 'document' } }, { bulk: { _id: '9' } }],
    ]);
  });

  it('reads the nodes of a GraphQL connection', async () => {
    const content = '{"data":{"orders":{"edges":[{"node":{"id":1},"cursor":"a"},{"node":{"id":2}}],"pageInfo":{"hasNextPage":false}}}}';
    expect(await values('g.json', content)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('takes a record with its connections as one entry', async () => {
    const order = '{"data":{"order":{"id":"gid://shop/Order/7","lineItems":{"edges":[{"node":{"sku":"a"}},{"node":{"sku":"b"}}]}}}}';
    expect(await values('g.json', order)).toEqual([JSON.parse(order)]);
  });

  it('reads the rows of a Splunk export and passes over its other frames', async () => {
    const lines = '{"preview":false,"offset":0,"result":{"a":"1"}}\n{"messages":[]}\n{"preview":false,"lastrow":true}\n';
    const { entries, rejections } = await readText('s.json', lines);
    expect([valuesOf(entries, undefined), rejections]).toEqual([[{ a: '1' }], []]);
  });

  it.each([
    ['columns', '{"columns":[{"name":"a","type":"x"},{"name":"b"}],"rows":[["1",2],["3",null]]}'],
    ['texts', '{"fields":["a","b"],"rows":[["1",2],["3",null]]}'],
    ['tables', '{"tables":[{"name":"PrimaryResult","columns":[{"name":"a"},{"name":"b"}],"rows":[["1",2],["3",null]]}]}'],
    ['pairs', '{"results":[[{"field":"a","value":"1"},{"field":"b","value":2}],[{"field":"a","value":"3"},{"field":"b","value":null}]]}'],
  ])('gives rows the names that stand beside them as %s', async (_name, content) => {
    expect(await values('r.json', content)).toEqual([
      { a: '1', b: 2 },
      { a: '3', b: null },
    ]);
  });

  it('streams a list beside which only the answer has a status', () => {
    const shape = sniffText('x.json', '{"status":"success","results":[{"a":1},{"a":2}]}')?.detection.options;
    expect(shape).toMatchObject({ root: ['results'], whole: false });
  });

  it('reads MongoDB’s notation as plain values', async () => {
    const document =
      '{"_id":{"$oid":"65f0c0ffee0000000000000a"},"at":{"$date":{"$numberLong":"1930382102431"}},"later":{"$date":"2031-03-04T09:15:02Z"},' +
      '"n":{"$numberLong":"9007199254740993"},"i":{"$numberInt":"7"},"d":{"$numberDecimal":"12.50"},"f":{"$numberDouble":"1.5"},' +
      '"x":{"$ref":"a","$id":1},"l":[{"$numberLong":"1"}]}';
    expect((await values('m.jsonl', `${document}\n${document}\n`))[0]).toEqual({
      _id: '65f0c0ffee0000000000000a',
      at: '2031-03-04T09:15:02.431Z',
      later: '2031-03-04T09:15:02Z',
      n: '9007199254740993',
      i: 7,
      d: '12.50',
      f: 1.5,
      x: { $ref: 'a', $id: 1 },
      l: [1],
    });
  });
});

describe('json: between documents', () => {
  it.each([
    ['record separators', '\u001e{"a":1}\n\u001e{"a":2}\n'],
    ['nothing', '{"a":1}{"a":2}'],
    ['Windows newlines, pretty-printed', '{\r\n  "a": 1\r\n}\r\n{\r\n  "a": 2\r\n}\r\n'],
    ['byte order marks', '{\n"a": 1}\n\ufeff{"a": 2}'],
    ['byte order marks on lines', '{"a":1}\n\ufeff{"a":2}\n'],
    ['commas', '{\n"a":1},\n{"a":2}'],
  ])('accepts %s', async (_name, content) => {
    expect(await values('x.json', content)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('refuses trailing commas with their place, and finds the list all the same', async () => {
    const { entries, rejections, options } = await readText(
      'x.json',
      '{"count":3,"value":[\n{"a":1,"b":[1,2]},\n{"a":2,},\n{"a":3},\n],}\n',
    );
    expect(options).toMatchObject({ root: ['value'] });
    expect(valuesOf(entries, undefined)).toEqual([{ a: 1, b: [1, 2] }, { a: 3 }]);
    expect(rejections).toMatchObject([{ code: 'malformed', place: { line: 3 } }]);
  });

  it('takes the last of a repeated key', async () => {
    expect(await values('x.json', '[{"a":1,"a":2}]')).toEqual([{ a: 2 }]);
  });
});
