import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../model/errors.ts';

/** Most bytes of one uploaded file. */
export const MOST_UPLOAD_BYTES = 64 * 1024 ** 3;

/**
 * Files that a browser sent: streamed to a temporary folder and known to the page only by a grant. The folder is removed when
 * the host stops.
 */
export class Uploads {
  readonly #folder = mkdtempSync(join(tmpdir(), 'waybill-upload-'));
  readonly #grants = new Map<string, string>();

  /** Stores one file; `name` is kept for display and as a hint for its format, without any folders in it. */
  async receive(name: string, content: Readable): Promise<string> {
    const grant = randomUUID();
    const folder = join(this.#folder, grant);
    mkdirSync(folder);
    const path = join(folder, safeName(name));
    let bytes = 0;
    content.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_UPLOAD_BYTES) content.destroy(new UserError('limit-exceeded', `${name} is larger than an upload may be`));
    });
    await pipeline(content, createWriteStream(path));
    this.#grants.set(grant, path);
    return grant;
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

function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .slice(0, 200);
  return plain === '' || plain === '.' || plain === '..' ? 'upload' : plain;
}
