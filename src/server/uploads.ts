import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../model/errors.ts';
import { UPLOAD_PREFIX } from '../model/upload.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Most bytes of one uploaded file. */
export const MOST_UPLOAD_BYTES = 64 * 1024 ** 3;

/**
 * Files that a browser sent: streamed to a temporary folder and known to the page only by a grant. The folder is removed when
 * the host stops.
 */
export class Uploads {
  readonly #folder = mkdtempSync(join(tmpdir(), UPLOAD_PREFIX));
  readonly #grants = new Map<string, string>();
  readonly #roots = new Map<string, string>();

  /**
   * Stores one file and answers its grant; `name` is kept for display and as a hint for its format, without any folders in it. With a
   * `folder` (a UUID that the page made up) the file becomes a part of that folder, below the folders of its name, and the grant is the
   * folder's: all files sent with the same one are imported as if they had been found on the disk together.
   */
  async receive(name: string, content: Readable, folder?: string): Promise<string> {
    if (folder !== undefined && !UUID.test(folder)) throw new UserError('invalid-input', 'a folder of uploads is named by a UUID');
    const grant = folder ?? randomUUID();
    const root = this.#rootOf(grant);
    const path = free(folder === undefined ? join(root, safeName(name)) : join(root, ...name.split(/[/\\]/).map(safeName)));
    mkdirSync(dirname(path), { recursive: true });
    let bytes = 0;
    content.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_UPLOAD_BYTES) content.destroy(new UserError('limit-exceeded', `${name} is larger than an upload may be`));
    });
    await pipeline(content, createWriteStream(path));
    this.#grants.set(grant, folder === undefined ? path : root);
    return grant;
  }

  /** Where the files of a grant are kept. Folders are read as names of systems: a number is none, letters of a UUID may look like one. */
  #rootOf(grant: string): string {
    const known = this.#roots.get(grant);
    const root = known ?? join(this.#folder, String(this.#roots.size + 1));
    this.#roots.set(grant, root);
    return root;
  }

  path(grant: string): string {
    const path = this.#grants.get(grant);
    if (path === undefined) throw new UserError('not-found', 'this upload is gone: choose the file again');
    return path;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The path, or one beside it when two names became the same by being made safe. */
function free(path: string): string {
  let tried = path;
  for (let next = 2; existsSync(tried); next += 1) tried = join(dirname(path), `${next}-${basename(path)}`);
  return tried;
}

function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .slice(0, 200);
  return plain === '' || plain === '.' || plain === '..' ? 'upload' : plain;
}
