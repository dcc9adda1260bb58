import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { company } from '../support/company.ts';
import { bench, importPaths } from '../support/engine.ts';

/** What an identifier may look like in the bytes: escaped in JSON, and without the prefix that a profile adds. */
const standsIn = (raw: string, value: string): boolean => raw.includes(value) || raw.includes(JSON.stringify(value).slice(1, -1));

test('every event can show its bytes: they hold its identifiers and stand at its line in the file', async () => {
  const logs = await company(60, 3);
  const { client } = await bench();
  await importPaths(client, [logs]);
  const { rows } = await client.sql.run({ sql: 'SELECT id FROM events ORDER BY id', limit: 10_000 });
  const ids = rows.map((row) => row[0] as number);
  expect(ids).toHaveLength((await client.workspace.info()).events);
  const paths = new Map((await client.sources.list()).map((source) => [source.id, source.path]));
  const texts = new Map<string, Buffer>();
  const textOf = (path: string): Buffer => {
    let text = texts.get(path);
    if (text === undefined) {
      const bytes = readFileSync(path);
      texts.set(path, (text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes));
    }
    return text;
  };
  const formats = new Set<string>();
  let identifiers = 0;
  // A fixed walk with strides of a prime: it meets every file.
  for (let i = 0; i < 80; i++) {
    const event = await client.events.get({ id: ids[(i * 7919) % ids.length]! });
    formats.add(event.raw.format);
    const original = textOf(paths.get(event.raw.sourceId)!);
    expect(event.raw.sha256).toBe(createHash('sha256').update(original).digest('hex'));
    const bytes = original.subarray(event.raw.offset, event.raw.offset + event.raw.length);
    expect(event.raw.text).toBe(bytes.toString('utf8'));
    const lineOf = original.subarray(0, event.raw.offset).toString('latin1').split('\n').length;
    expect(event.line).toBe(lineOf);
    expect(event.raw.line).toBe(event.line);
    expect(event.payload).not.toHaveProperty('unreadable');
    for (const identifier of event.identifiers) {
      identifiers++;
      // Ids of the log itself may come from the file's name or its head instead of the entry.
      if (['execution', 'trace', 'flow'].includes(identifier.type)) continue;
      expect(standsIn(event.raw.text, identifier.value), `${identifier.type} ${identifier.value} in ${event.raw.text}`).toBe(true);
    }
  }
  expect([...formats].sort()).toEqual(['csv', 'json', 'ndjson', 'text']);
  expect(identifiers).toBeGreaterThan(80);
});
