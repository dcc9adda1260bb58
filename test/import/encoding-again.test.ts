import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { openReader } from '../../src/workspace/open.ts';
import { bench, finish } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';

const HEAD = 'time,step,order,kunde\n';
const row = (minute: string, kunde: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from(`2031-03-04T09:${minute}:02Z,pick,SO-1,`), Buffer.from(kunde), Buffer.from('\n')]);
/** `Łódź` in ISO-8859-2. */
const LODZ = Buffer.from([0xa3, 0xf3, 0x64, 0xbc]);

async function run(client: Client, plan: Promise<{ id: string }>): Promise<void> {
  const end = await finish(client, (await client.imports.start({ plan: (await plan).id })).job);
  if (end.state !== 'done') throw new Error(end.error?.message ?? end.state);
}

async function customers(client: Client): Promise<readonly unknown[]> {
  const { rows } = await client.sql.run({ sql: "SELECT text FROM event_fields WHERE field = 'kunde' ORDER BY event_id" });
  return rows.map(([text]) => text);
}

async function sources(client: Client) {
  return (await client.sources.list()).map(({ id, name, encoding, importedAt, sha256, events }) => ({
    id,
    name,
    encoding,
    importedAt,
    sha256,
    events,
  }));
}

describe('content that was read in a wrong encoding', () => {
  test('is decoded anew from the workspace, where its text gives the bytes back', async () => {
    const { client, workspace } = await bench();
    const file = put(tempFolder(), 'pl.csv', Buffer.concat([Buffer.from(HEAD), row('15', LODZ), row('16', 'x')]));
    await run(client, client.imports.plan({ files: [{ path: file }] }));
    const [before] = await sources(client);
    expect(before?.encoding).toBe('windows-1252');
    expect(await customers(client)).toEqual(['£ód¼', 'x']);
    const plan = client.sources.plan({ source: before!.id, options: { encoding: 'ISO-8859-2' } });
    expect((await plan).parts).toMatchObject([{ source: before!.id, outcome: 'ready' }]);
    await run(client, plan);
    expect(await sources(client)).toEqual([{ ...before, encoding: 'iso-8859-2' }]);
    expect(await customers(client)).toEqual(['Łódź', 'x']);
    const events = await client.journeys.events({ id: 'SO-1', type: 'order' });
    expect((await client.events.get({ id: events.rows[0]!.id })).raw.text).toBe('2031-03-04T09:15:02Z,pick,SO-1,Łódź');
    const db = openReader(workspace);
    expect(db.prepare('SELECT content_id FROM block').pluck().all()).toEqual([before!.id]);
    db.close();
    // And back.
    await run(client, client.sources.plan({ source: before!.id, options: { encoding: 'windows-1252' } }));
    expect(await sources(client)).toEqual([before]);
  });

  test('is not guessed where bytes are lost; its file, imported again, takes its place', async () => {
    const { client } = await bench();
    const folder = tempFolder();
    const lossy = Buffer.concat([
      Buffer.from(HEAD),
      row('15', Buffer.concat([Buffer.from('Größe'), Buffer.from([0xff])])),
      row('16', 'Größe'),
    ]);
    const file = put(folder, 'a.csv', lossy);
    put(folder, 'copy.csv', lossy);
    await run(client, client.imports.plan({ files: [{ path: file }] }));
    const [before] = await sources(client);
    expect(before?.encoding).toBe('utf-8');
    await expect(client.sources.plan({ source: before!.id, options: { encoding: 'windows-1252' } })).rejects.toThrow(
      'a.csv was read as utf-8, and its text does not give its bytes back: import the file again with this encoding',
    );
    await expect(client.sources.plan({ source: before!.id, rejected: true, options: { encoding: 'windows-1252' } })).rejects.toThrow(
      'another encoding changes all of the text',
    );
    // Two copies of it are still one source.
    const plan = client.imports.plan({ files: [{ path: folder }], options: { encoding: 'windows-1252' } });
    expect((await plan).parts.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['ready', 'the same content was imported before as a.csv, read as utf-8: read as windows-1252, it takes the place of that source'],
      ['known', 'the same content was imported before as a.csv'],
    ]);
    await run(client, plan);
    expect(await sources(client)).toEqual([{ ...before, encoding: 'windows-1252' }]);
    expect(await customers(client)).toEqual(['GrÃ¶ÃŸeÿ', 'GrÃ¶ÃŸe']);
    const again = await client.imports.plan({ files: [{ path: file }], options: { encoding: 'windows-1252' } });
    expect(again.parts).toMatchObject([{ outcome: 'known' }]);
  });
});
