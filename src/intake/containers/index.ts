import { stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { type ByteSource, fileReason, fileSource, peek } from './byte-source.ts';
import { guessEncoding } from './encoding.ts';
import type { Encoding } from './encodings.ts';
import { walkFolder } from './folder.ts';
import { gunzipSource, unzstdSource } from './inflate.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { isBinaryText, kindOf, MAGIC_BYTES } from './magic.ts';
import { oleDocument } from './ole.ts';
import { parquetParts } from './parquet/index.ts';
import { textPart } from './part.ts';
import { sqliteParts } from './sqlite/index.ts';
import { stdinSource } from './stdin.ts';
import { tarMembers } from './tar.ts';
import type { ContainerLimits, Part, Refusal } from './types.ts';
import { xlsxParts } from './xlsx/index.ts';
import { zipMembers } from './zip.ts';

export { encodingByName } from './declared-encoding.ts';

/** Whether what `discover` gave is a path that cannot be read. */
export function isRefusal(found: Part | Refusal): found is Refusal {
  return 'reason' in found;
}

export interface DiscoverOptions {
  readonly limits?: Partial<ContainerLimits> | undefined;
  /** The encoding of all texts (`encodingByName`); undefined: what the bytes of each show or declare. */
  readonly encoding?: Encoding | undefined;
  /** Files below this folder are named as if all of it was looked at. */
  readonly folder?: string | undefined;
}

/** What holds for all that is found. */
interface Context {
  readonly limits: ContainerLimits;
  readonly encoding: Encoding | undefined;
  readonly folder: string | undefined;
}

/**
 * Finds the texts in files, folders and archives, and the tables of workbooks, Parquet files and databases as texts, in a fixed order. Containers
 * are recognised by content. Nothing is unpacked to disk. What cannot be read comes as a refusal, one sentence each; nothing is left out silently
 * but hidden files and empty folders, sheets and tables.
 * @param paths as the user named them; `-` is standard input.
 */
export async function* discover(paths: readonly string[], options: DiscoverOptions = {}): AsyncGenerator<Part | Refusal> {
  const context: Context = { limits: { ...DEFAULT_LIMITS, ...options.limits }, encoding: options.encoding, folder: options.folder };
  for (const path of paths) {
    if (path === '-') yield* expand(stdinSource(process.stdin), context, 0, 'stream');
    else yield* discoverPath(path, context);
  }
}

async function* discoverPath(path: string, context: Context): AsyncGenerator<Part | Refusal> {
  let status;
  try {
    status = await stat(path);
  } catch (error) {
    yield { path, code: 'file-unreadable', reason: fileReason(path, (error as NodeJS.ErrnoException).code ?? 'unknown error') };
    return;
  }
  if (status.isDirectory()) {
    const folder = basename(resolve(path));
    let files = 0;
    for await (const found of walkFolder(path)) {
      files++;
      if ('reason' in found) yield found;
      else yield* expand(fileSource(found.path, `${folder}/${found.relative}`, found.size), context, 0, 'file');
    }
    if (files === 0) yield { path, code: 'file-empty', reason: `${path} is a folder without files` };
  } else {
    yield* expand(fileSource(path, nameOf(path, context.folder), status.size), context, 0, 'file');
  }
}

function nameOf(path: string, folder: string | undefined): string {
  const inside = folder === undefined ? '' : relative(folder, path);
  if (folder === undefined || inside === '' || inside.startsWith('..') || isAbsolute(inside)) return basename(path);
  return `${basename(resolve(folder))}/${inside.replaceAll(sep, '/')}`;
}

/** Where the bytes of a source are: a file can be read at any place, a stream only from the beginning. */
type Access = 'file' | 'inner' | 'stream';

/** Looks into a source: a text, or a container whose members are looked into in turn. */
async function* expand(source: ByteSource, context: Context, depth: number, access: Access): AsyncGenerator<Part | Refusal> {
  const { limits } = context;
  try {
    const { bytes: head } = await peek(source, MAGIC_BYTES);
    const found = kindOf(head);
    const inner: Access = access === 'stream' ? 'stream' : 'inner';
    const packed = found.kind === 'gzip' || found.kind === 'zstd' || found.kind === 'zip' || found.kind === 'tar';
    if (packed && depth >= limits.maxDepth) {
      yield refuse(source, 'limit-exceeded', `${source.name} is an archive in an archive more than ${limits.maxDepth} levels deep`);
      return;
    }
    switch (found.kind) {
      case 'empty':
        yield refuse(source, 'file-empty', `${source.name} is empty`);
        return;
      case 'binary':
        yield refuse(source, 'format-unknown', `${source.name} is ${found.what}`);
        return;
      case 'ole':
        yield refuse(source, 'format-unknown', `${source.name} is ${await oleDocument(source)}`);
        return;
      case 'gzip':
        yield* expand(gunzipSource(source, limits), context, depth + 1, inner);
        return;
      case 'zstd':
        yield* expand(unzstdSource(source, limits), context, depth + 1, inner);
        return;
      case 'zip':
        yield* expandZip(source, context, depth, access);
        return;
      case 'tar':
        yield* expandMembers(source, tarMembers(source, limits, access), context, depth);
        return;
      case 'sqlite':
        yield* sqliteParts(source, head, limits, access === 'file');
        return;
      case 'parquet':
        yield* parquetParts(source, limits, access === 'file');
        return;
      case 'text':
        yield text(source, head, context);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield refuse(source, refusalCode(error), error.message);
  }
}

async function* expandZip(archive: ByteSource, context: Context, depth: number, access: Access): AsyncGenerator<Part | Refusal> {
  const members = await zipMembers(archive, context.limits, access === 'file');
  const byName = new Map(members.map((member) => [member.name, member.source]));
  const document = documentOf(byName);
  if (document === 'workbook') yield* xlsxParts(archive, byName, context.limits);
  else if (document !== undefined) yield refuse(archive, 'format-unknown', `${archive.name} is ${document}`);
  else {
    const shown = members.filter((member) => !member.hidden).map((member) => member.source);
    yield* expandMembers(archive, shown, context, depth);
  }
}

/** What documents that are zip archives are: `workbook`, or the end of `… is `. Undefined for an archive. */
function documentOf(members: ReadonlyMap<string, ByteSource>): string | undefined {
  if (members.has('mimetype') && members.has('content.xml')) return 'an OpenDocument file: save it as .xlsx or CSV';
  if (!members.has('[Content_Types].xml')) return undefined;
  if (members.has('xl/workbook.bin')) return 'an Excel workbook of the binary format (.xlsb): save it as .xlsx or CSV';
  if (members.has('word/document.xml') || members.has('ppt/presentation.xml')) return 'an Office document without sheets; save its text';
  return members.has('_rels/.rels') ? 'workbook' : 'an Office document; save it as CSV';
}

async function* expandMembers(
  archive: ByteSource,
  members: AsyncIterable<ByteSource | Refusal> | Iterable<ByteSource>,
  context: Context,
  depth: number,
): AsyncGenerator<Part | Refusal> {
  let count = 0;
  for await (const member of members) {
    count++;
    if ('reason' in member) yield member;
    else yield* expand(member, context, depth + 1, 'inner');
  }
  if (count === 0) yield refuse(archive, 'file-empty', `${archive.name} is an archive without files`);
}

function text(source: ByteSource, head: Uint8Array, { encoding: given }: Context): Part | Refusal {
  const encoding = given ?? guessEncoding(head).encoding;
  // In the others NULs and low bytes are letters.
  const narrow = !encoding.startsWith('utf-16') && !encoding.startsWith('utf-32') && encoding !== 'ibm-037';
  if (narrow && isBinaryText(head)) return refuse(source, 'format-unknown', `${source.name} is a binary file of an unknown kind`);
  return textPart(source, head, given);
}

function refuse(source: ByteSource, code: Refusal['code'], reason: string): Refusal {
  return { path: source.path, code, reason };
}

const REFUSALS: readonly Refusal['code'][] = ['archive-unsafe', 'limit-exceeded', 'file-empty', 'format-unknown'];

function refusalCode(error: UserError): Refusal['code'] {
  return REFUSALS.find((code) => code === error.code) ?? 'file-unreadable';
}
