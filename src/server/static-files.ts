import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
};

/**
 * The built user interface as a map from URL path to content, read once. A path that is not in the map does not exist, so no
 * request can reach a file outside of the folder.
 */
export function loadStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const add = (path: string, name: string): void => {
    // Only the plainest calls: a packed desktop app reads from an archive through a patched file system.
    if (statSync(path).isDirectory()) {
      for (const child of readdirSync(path)) add(join(path, child), `${name}/${child}`);
      return;
    }
    const type = TYPES[extname(name)];
    if (type !== undefined) files.set(name, { type, body: readFileSync(path) });
  };
  add(folder, '');
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}
