import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { type ByteSource, fileReason, fileSource, peek } from './byte-source.ts';
import { guessEncoding } from './encoding.ts';
import { walkFolder } from './folder.ts';
import { gunzipSource, unzstdSource } from './inflate.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { isBinaryText, kindOf, MAGIC_BYTES } from './magic.ts';
import { textPart } from './part.ts';
import { stdinSource } from './stdin.ts';
import { tarMembers } from './tar.ts';
import type { ContainerLimits, Part, Refusal } from './types.ts';
import { zipMembers } from './zip.ts';

/** Whether what `discover` gave is a path that cannot be read. */
export function isRefusal(found: Part | Refusal): found is Refusal {
  return 'reason' in found;
}

/**
 * Finds the texts in files, folders and archives, in a fixed order. Containers are recognised by content. Nothing is unpacked to disk.
 * What cannot be read comes as a refusal, one sentence each; nothing is left out silently but hidden files and empty folders.
 * @param paths as the user named them; `-` is standard input.
 */
export async function* discover(paths: readonly string[], limits?: Partial<ContainerLimits>): AsyncGenerator<Part | Refusal> {
  const all: ContainerLimits = { ...DEFAULT_LIMITS, ...limits };
  for (const path of paths) {
    if (path === '-') yield* expand(stdinSource(process.stdin), all, 0, 'stream');
    else yield* discoverPath(path, all);
  }
}

async function* discoverPath(path: string, limits: ContainerLimits): AsyncGenerator<Part | Refusal> {
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
      else yield* expand(fileSource(found.path, `${folder}/${found.relative}`, found.size), limits, 0, 'file');
    }
    if (files === 0) yield { path, code: 'file-empty', reason: `${path} is a folder without files` };
  } else {
    yield* expand(fileSource(path, basename(path), status.size), limits, 0, 'file');
  }
}

/** Where the bytes of a source are: a file can be read at any place, a stream only from the beginning. */
type Access = 'file' | 'inner' | 'stream';

/** Looks into a source: a text, or a container whose members are looked into in turn. */
async function* expand(source: ByteSource, limits: ContainerLimits, depth: number, access: Access): AsyncGenerator<Part | Refusal> {
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
      case 'gzip':
        yield* expand(gunzipSource(source, limits), limits, depth + 1, inner);
        return;
      case 'zstd':
        yield* expand(unzstdSource(source, limits), limits, depth + 1, inner);
        return;
      case 'zip':
        yield* expandMembers(source, zipMembers(source, limits, access === 'file'), limits, depth);
        return;
      case 'tar':
        yield* expandMembers(source, tarMembers(source, limits, access === 'stream'), limits, depth);
        return;
      case 'text':
        yield text(source, head);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield refuse(source, refusalCode(error), error.message);
  }
}

async function* expandMembers(
  archive: ByteSource,
  members: AsyncIterable<ByteSource>,
  limits: ContainerLimits,
  depth: number,
): AsyncGenerator<Part | Refusal> {
  let count = 0;
  for await (const member of members) {
    count++;
    if (count === 1 && member.name.endsWith('[Content_Types].xml')) {
      yield refuse(archive, 'format-unknown', `${archive.name} is an Office document; save it as CSV`);
      return;
    }
    yield* expand(member, limits, depth + 1, 'inner');
  }
  if (count === 0) yield refuse(archive, 'file-empty', `${archive.name} is an archive without files`);
}

function text(source: ByteSource, head: Uint8Array): Part | Refusal {
  const { encoding } = guessEncoding(head);
  const narrow = encoding === 'utf-8' || encoding === 'windows-1252';
  if (narrow && isBinaryText(head)) return refuse(source, 'format-unknown', `${source.name} is a binary file of an unknown kind`);
  return textPart(source, head);
}

function refuse(source: ByteSource, code: Refusal['code'], reason: string): Refusal {
  return { path: source.path, code, reason };
}

function refusalCode(error: UserError): Refusal['code'] {
  return error.code === 'archive-unsafe' || error.code === 'limit-exceeded' || error.code === 'file-empty' ? error.code : 'file-unreadable';
}
