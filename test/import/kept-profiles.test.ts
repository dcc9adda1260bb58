import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, finish } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';

const LINES = 'when;what;ref\n2031-03-04T09:15:02Z;KLEMMT;SO-1\n2031-03-04T09:16:02Z;done;SO-1\n';
const FIELDS = 'fields:\n  - { path: what, role: status, values: { KLEMMT: failed } }\n';

test('profiles in the home are listed, found by their id, and used for what they say they are for', async () => {
  const { client, home } = await bench();
  const folder = join(home, 'profiles');
  const path = put(folder, 'depot.yaml', `profile: depot\ntitle: The depot\nmatch: { header: [what, ref] }\n${FIELDS}`);
  put(folder, 'named.yml', `profile: named-only\nstep: named\n${FIELDS}`);
  put(folder, 'twin.yaml', `profile: depot\n${FIELDS}`);
  put(folder, 'wrong.yaml', 'profile: wrong\nfields:\n  - { path: what, role: stat }\n');
  put(folder, 'notes.txt', 'profile: no');
  const kept = (await client.profiles.list()).filter((profile) => profile.path !== null);
  expect(kept.map(({ id, title, matches, problem }) => [id, title, matches, problem?.slice(0, 20) ?? null])).toEqual([
    ['depot', 'The depot', true, null],
    ['named-only', 'named-only', false, null],
    [null, '', false, 'the id depot is that'],
    [null, '', false, 'line 3, column 25: "'],
  ]);
  expect((await client.profiles.list()).filter((profile) => profile.path === null).length).toBeGreaterThan(20);

  const files = [{ path: put(tempFolder(), 'a.csv', LINES) }];
  const found = await client.imports.plan({ files });
  expect(found.parts).toMatchObject([{ mapping: { profile: 'depot', reason: `the profile depot says so, which stands in ${path}` } }]);
  expect(found.parts[0]?.preview.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  const other = await client.imports.plan({ files: [{ path: put(tempFolder(), 'b.csv', 'a;b\n1;2\n3;4\n') }] });
  expect(other.parts).toMatchObject([{ mapping: { profile: 'inferred' } }]);
  const named = await client.imports.plan({ files, options: { profile: 'named-only' } });
  expect(named.parts).toMatchObject([{ mapping: { profile: 'named-only', step: 'named' } }]);
  expect((await client.imports.plan({ files, options: { profile: 'inferred' } })).parts).toMatchObject([
    { mapping: { profile: 'inferred' } },
  ]);
  await expect(client.imports.plan({ files, options: { profile: 'wrong' } })).rejects.toThrow(
    'wrong.yaml cannot be used: line 3, column 25',
  );
  await expect(client.imports.plan({ files, options: { profile: 'nobody' } })).rejects.toThrow('there is no profile nobody');

  await finish(client, (await client.imports.start({ plan: found.id })).job);
  const [source] = await client.sources.list();
  const again = await client.sources.plan({ source: source!.id, options: { profile: 'named-only' } });
  expect(again.parts).toMatchObject([{ mapping: { profile: 'named-only', step: 'named' } }]);
});
