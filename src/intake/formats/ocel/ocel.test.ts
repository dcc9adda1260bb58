import { describe, expect, it } from 'vitest';
import type { Entry, Rejection } from '../../entry.ts';
import type { Format } from '../../format.ts';
import { sniffText, valuesOf } from '../test-harness.ts';

/** Reads a text that can be read twice, in small chunks. */
async function read(name: string, text: string): Promise<{ format: Format; entries: Entry[]; rejections: Rejection[] }> {
  const choice = sniffText(name, text);
  if (choice === undefined) throw new Error('no format fits');
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 37) yield Uint8Array.from(bytes.subarray(at, at + 37));
  }
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  const sink = { entry: (entry: Entry) => void entries.push(entry), reject: (one: Rejection) => void rejections.push(one) };
  await choice.format.read(chunks(), choice.detection.options, sink, chunks);
  return { format: choice.format, entries, rejections };
}

const ids = (entries: readonly Entry[]): unknown[] =>
  valuesOf(entries, undefined).map((value) => (value as Record<string, unknown>)['event'] ?? (value as Record<string, unknown>)['object']);

const contexts = (entries: readonly Entry[]): unknown[] => entries.map((entry) => (entry.kind === 'tree' ? entry.context : undefined));

describe('OCEL in JSON', () => {
  it('knows the types of objects that stand behind the events, and which do not exist', async () => {
    const { entries } = await read(
      'a.json',
      '{"events":[{"id":"e1","type":"A","time":"2031-03-04T09:15:02Z","relationships":[{"objectId":"o1","qualifier":"x"},{"objectId":"gone","qualifier":"y"}]}],' +
        '"objects":[{"id":"o1","type":"Order","relationships":[{"objectId":"o2","qualifier":"z"}]},{"id":"o2","type":"Item"}]}',
    );
    expect(contexts(entries)).toEqual([{ objects: { o1: 'Order', gone: null } }, { objects: { o2: 'Item' } }, undefined]);
  });

  it('says of no object that it does not exist when the file can be read only once', async () => {
    const text =
      '{"events":[{"id":"e1","type":"A","time":"2031-03-04T09:15:02Z","relationships":[{"objectId":"o1","qualifier":"x"}]}],"objects":[{"id":"o1","type":"Order"}]}';
    const choice = sniffText('a.json', text)!;
    const entries: Entry[] = [];
    async function* once(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
    }
    await choice.format.read(once(), choice.detection.options, { entry: (entry) => void entries.push(entry), reject: () => undefined });
    expect(contexts(entries)[0]).toEqual({ objects: {} });
  });

  it('goes on after a damaged entry, on lines of their own and on one line', async () => {
    const event = (id: string, more = ''): string => `{"id":"${id}","type":"A","time":"2031-03-04T09:15:02Z"${more}}`;
    const lines = `{"eventTypes":[],"objectTypes":[],"events":[\n  ${event('e1')},\n  ${event('e2', ',"x":"open')},\n  ${event('e3')}\n]}`;
    const one = `{"eventTypes":[],"objectTypes":[],"events":[${event('e1')},${event('e2', ',"x":tru')},${event('e3')}]}`;
    for (const text of [lines, one]) {
      const { entries, rejections } = await read('a.json', text);
      expect(ids(entries)).toEqual(['e1', 'e3']);
      expect(rejections).toMatchObject([{ code: 'malformed' }]);
      expect(rejections[0]!.excerpt).toContain('"e2"');
    }
  });

  it('goes on after a damaged member of a map', async () => {
    const member = (id: string, more: string): string =>
      `    "${id}": {"ocel:activity": "A", "ocel:timestamp": "2031-03-04T09:15:02", "ocel:omap": [${more}]}`;
    const { entries, rejections } = await read(
      'a.jsonocel',
      `{\n  "ocel:events": {\n${member('e1', '"o1"')},\n${member('e2', '"o1')},\n${member('e3', '')}\n  },\n  "ocel:objects": {\n    "o1": {"ocel:type": "order"}\n  }\n}`,
    );
    expect(ids(entries)).toEqual(['e1', 'e3', 'o1']);
    expect(rejections).toMatchObject([{ code: 'malformed', place: { line: 4 } }]);
  });

  it('takes ids of any kind, also those that JavaScript uses itself', async () => {
    const { entries, format } = await read(
      'a.json',
      '{"objectTypes":[],"eventTypes":[],"objects":[{"id":"__proto__","type":"A"},{"id":7,"type":"B","attributes":[{"name":"__proto__","time":"","value":1}]}],' +
        '"events":[{"id":"e","type":"x","time":"2031-03-04T09:15:02Z","relationships":[{"objectId":"__proto__","qualifier":""},{"objectId":7}]}]}',
    );
    expect(format.id).toBe('ocel-json');
    expect(ids(entries)).toEqual(['__proto__', '7', 'e']);
    expect(Object.entries((contexts(entries)[2] as { objects: object }).objects)).toEqual([
      ['7', 'B'],
      ['__proto__', 'A'],
    ]);
  });

  it('is no other JSON', () => {
    expect(sniffText('a.json', '{"events":[{"id":"e1","type":"x"}],"nextToken":"t"}')?.format.id).toBe('json');
    expect(sniffText('a.json', '{"objects":[{"id":1}]}')?.format.id).toBe('json');
  });
});

describe('OCEL in XML', () => {
  it('knows the types of objects that stand behind the events', async () => {
    const { entries } = await read(
      'a.xml',
      '<log><event-types/><events><event id="e1" type="A" time="2031-03-04T09:15:02"><objects><relationship object-id="o1" qualifier="x"/></objects></event></events>' +
        '<objects><object id="o1" type="Order"/></objects></log>',
    );
    expect(contexts(entries)).toEqual([{ objects: { o1: 'Order' } }, undefined]);
  });

  it('leaves event logs without objects to XES', () => {
    expect(sniffText('a.xes', '<log><trace><event><string key="concept:name" value="A"/></event></trace></log>')?.format.id).toBe('xes');
  });
});
