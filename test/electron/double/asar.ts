import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface AsarNode {
  readonly files?: Readonly<Record<string, AsarNode>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
}

export interface AsarFile {
  /** Path in the archive, with `/` between and in front. */
  readonly path: string;
  /** It lies beside the archive, in `app.asar.unpacked`. */
  readonly unpacked: boolean;
  read(): Buffer;
}

/** The files of an archive as Electron reads it: four little-endian numbers, a JSON header, then the contents one after the other. */
export function readAsar(archive: string): AsarFile[] {
  const bytes = readFileSync(archive);
  const contents = 8 + bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarNode;
  const walk = (node: AsarNode, path: string): AsarFile[] => {
    if (node.files !== undefined) return Object.entries(node.files).flatMap(([name, child]) => walk(child, `${path}/${name}`));
    const start = contents + Number(node.offset ?? 0);
    const unpacked = node.unpacked === true;
    return [
      {
        path,
        unpacked,
        read: () => (unpacked ? readFileSync(`${archive}.unpacked${path}`) : bytes.subarray(start, start + (node.size ?? 0))),
      },
    ];
  };
  return walk(header, '');
}

/** Lays the archive out as a folder. */
export function extractAsar(archive: string, folder: string): void {
  for (const file of readAsar(archive)) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    if (file.unpacked) copyFileSync(`${archive}.unpacked${file.path}`, path);
    else writeFileSync(path, file.read());
  }
}
