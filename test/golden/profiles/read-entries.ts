import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Entry, EntrySink, Rejection } from '../../../src/intake/entry.ts';
import { chooseFormat } from '../../../src/intake/formats/index.ts';
import type { SourceContext } from '../../../src/intake/mapper.ts';
import { sourceOf } from './run-profile.ts';

/** A file as the import reads it: the format it is taken for, its entries, what was refused. */
export interface ReadFile {
  readonly source: SourceContext;
  readonly entries: readonly Entry[];
  readonly rejections: readonly Rejection[];
}

const HEAD = 65_536;

/** Reads a whole (gzipped) file through the format that its beginning is recognised as. Throws when no format recognises it. */
export async function readEntries(path: string, more: Partial<SourceContext> = {}): Promise<ReadFile> {
  const raw = readFileSync(path);
  const bytes = path.endsWith('.gz') ? gunzipSync(raw) : raw;
  const name = basename(path).replace(/\.gz$/, '');
  const head = bytes.subarray(0, HEAD);
  const chosen = chooseFormat({ name, bytes: head, text: head.toString('utf8'), complete: head.length === bytes.length });
  if (chosen === undefined) throw new Error(`no format recognises ${name}`);
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  const sink: EntrySink = { entry: (entry) => entries.push(entry), reject: (rejection) => rejections.push(rejection) };
  await chosen.format.read(chunksOf(bytes), chosen.detection.options, sink, () => chunksOf(bytes));
  const header = chosen.format.header(chosen.detection.options);
  return { source: sourceOf(name, chosen.format.id, { options: chosen.detection.options, header, ...more }), entries, rejections };
}

/** Chunks of an odd size, so that entries are cut anywhere. */
async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_521) yield bytes.subarray(at, at + 65_521);
}
