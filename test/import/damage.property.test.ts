import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draft } from '../../src/intake/draft.ts';
import type { Entry, Rejection } from '../../src/intake/entry.ts';
import type { Format, FormatOptions, Head } from '../../src/intake/format.ts';
import { chooseFormat } from '../../src/intake/formats/index.ts';
import { SAMPLES } from '../../src/intake/formats/samples.ts';
import type { SourceContext } from '../../src/intake/mapper.ts';
import { PLATFORM_PROFILES } from '../../src/intake/profiles/index.ts';
import { understand } from '../../src/intake/understand.ts';
import { UserError } from '../../src/model/errors.ts';
import { dump } from '../support/dump.ts';
import { bench, importPaths } from '../support/engine.ts';
import { ORDER_FILES } from '../support/order-folder/index.ts';
import { put, tempFolder } from '../support/temp.ts';

/**
 * Every fixture there is, cut and damaged anywhere, read as it would be imported. Nothing throws but `UserError`, work stays bounded by the
 * bytes, and what stands well before the damage is read as if nothing had happened.
 */
const GOLDEN = join(import.meta.dirname, '../golden/profiles');
const SEED = { seed: 20_310_304 } as const;

interface Fixture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FIXTURES: readonly Fixture[] = [
  ...readdirSync(GOLDEN, { withFileTypes: true })
    .filter((folder) => folder.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(join(GOLDEN, folder))
        .filter((name) => !name.startsWith('expected'))
        .map((name): Fixture => {
          const raw = readFileSync(join(GOLDEN, folder, name));
          return { name: `${folder}/${name.replace(/\.gz$/, '')}`, bytes: name.endsWith('.gz') ? gunzipSync(raw) : raw };
        }),
    ),
  ...SAMPLES.map(({ name, content }): Fixture => ({ name: `samples/${name}`, bytes: Buffer.from(content) })),
];

interface Read {
  readonly entries: readonly Entry[];
  readonly rejections: readonly Rejection[];
}

async function read(format: Format, options: FormatOptions, bytes: Uint8Array): Promise<Read> {
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 1021) yield bytes.subarray(at, at + 1021);
  };
  try {
    const sink = { entry: (entry: Entry) => void entries.push(entry), reject: (rejection: Rejection) => void rejections.push(rejection) };
    await format.read(chunks(), options, sink, chunks);
  } catch (error) {
    // Nothing in it can be read.
    if (!(error instanceof UserError)) throw error;
  }
  return { entries, rejections };
}

const headOf = (name: string, bytes: Uint8Array): Head => ({
  name: basename(name),
  bytes,
  text: Buffer.from(bytes).toString('utf8'),
  complete: true,
});

/** Recognises, understands and maps as an import does; answers the number of events. */
async function whole(name: string, bytes: Uint8Array): Promise<number> {
  const chosen = chooseFormat(headOf(name, bytes));
  if (chosen === undefined) return 0;
  const { options } = chosen.detection;
  const { entries } = await read(chosen.format, options, bytes);
  const source: SourceContext = {
    name,
    formatId: chosen.format.id,
    options,
    header: chosen.format.header(options),
    system: '',
    zone: '',
    textPatterns: [],
  };
  const { mapping, compile } = understand(entries.slice(0, 400), source, {}, PLATFORM_PROFILES);
  const mapper = compile(source, mapping);
  const draft = new Draft();
  let events = 0;
  const emit = (): void => void events++;
  for (const entry of entries) {
    draft.reset();
    mapper(entry, draft, emit);
  }
  draft.reset();
  mapper.end?.(draft, emit);
  return events;
}

/**
 * What an entry comes with, where it does not come as soon as it ends:
 * - `line`: lists nested in documents that stand one to a line (OTLP), which come when the line has ended;
 * - `file`: a JSON document that is one entry, or whose nested lists are the entries (a Jaeger trace, whose services stand behind its spans), and
 *   object-centric logs, whose types of objects may stand behind their events. Of these nothing is held to survive.
 */
type Unit = 'entry' | 'line' | 'file';

function unitOf(format: Format, options: FormatOptions): Unit {
  if (format.id.startsWith('ocel')) return 'file';
  const nested = options['nested'];
  if (options['whole'] !== true && !(Array.isArray(nested) && nested.length > 0)) return 'entry';
  return format.id === 'ndjson' ? 'line' : 'file';
}

/** The entries that must survive damage at `at`: all that ended before it but the last one, which may go on in the damaged bytes. */
function survivors(entries: readonly Entry[], unit: Unit, at: number, bytes: Uint8Array): readonly Entry[] {
  if (unit === 'file') return [];
  const limit = unit === 'entry' ? at : bytes.subarray(0, at).lastIndexOf(10);
  return entries.filter(({ place }) => place.offset + place.length < limit - 1).slice(0, -1);
}

const essence = (entry: Entry): unknown => (entry.kind === 'tree' ? [entry.place, entry.value] : [entry.place, entry.cells]);

describe.each(FIXTURES)('$name', ({ name, bytes }) => {
  const chosen = chooseFormat(headOf(name, bytes))!;
  const { format } = chosen;
  const { options } = chosen.detection;
  const unit = unitOf(format, options);

  const check = async (damaged: Uint8Array, at: number, intact: Read): Promise<void> => {
    const { entries, rejections } = await read(format, options, damaged);
    const kept = survivors(intact.entries, unit, at, bytes);
    expect(entries.slice(0, kept.length).map(essence)).toEqual(kept.map(essence));
    // No byte is told of over and over.
    expect(entries.length + rejections.length).toBeLessThanOrEqual(intact.entries.length + intact.rejections.length + damaged.length);
    for (const { place } of rejections) expect(place.offset + place.length).toBeLessThanOrEqual(damaged.length);
    await whole(name, damaged);
  };

  it('cut anywhere', async () => {
    const intact = await read(format, options, bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), (at) => check(bytes.subarray(0, at), at, intact)),
      { ...SEED, numRuns: 8 },
    );
  });

  it('with another byte anywhere', async () => {
    const intact = await read(format, options, bytes);
    const other = fc.oneof(
      fc.constantFrom(...'"\'{}[],:;<>&~*+^|\\\n\r\t \u0000'),
      fc.integer({ min: 128, max: 255 }).map(String.fromCharCode),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), other, (at, byte) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = byte.charCodeAt(0);
        return check(damaged, at, intact);
      }),
      { ...SEED, numRuns: 8 },
    );
  });
});

describe('a folder in any order', () => {
  it('gives the same journeys', async () => {
    const folder = tempFolder();
    const files = ORDER_FILES.map(({ name, content }) => put(folder, name, content));
    const imported = async (order: readonly string[]) => {
      const { client } = await bench();
      await importPaths(client, order);
      return dump(client);
    };
    const first = await imported(files);
    const step = 17;
    const shuffled = files.map((_, i) => files[(i * step) % files.length]!);
    expect(new Set(shuffled).size).toBe(files.length);
    expect(await imported(shuffled)).toEqual(first);
    expect(await imported(files.toReversed())).toEqual(first);
  });
});
