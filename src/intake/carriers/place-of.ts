import { resolve } from 'node:path';
import { UPLOAD_PREFIX } from '../../model/upload.ts';

/** Folders above a file that are looked at; further up stand names of disks and people. */
const MOST_FOLDERS = 3;

/** Where a file stands: folders of the disk and of archives alike. */
export interface FilePlace {
  /** All folders, as one text that is equal for files beside each other. */
  readonly folder: string;
  /** The name without the ending of a compression. */
  readonly file: string;
  /** The nearest folders, the nearest first. */
  readonly above: readonly string[];
}

/**
 * Where a part stands; undefined for standard input, which has no name. Files that a browser sent one by one all stand in one folder: it does not tell
 * in which they were. A folder that was dropped on it keeps what is below.
 */
export function placeOf(path: string, member: string | undefined): FilePlace | undefined {
  if (path === '-') return undefined;
  const onDisk = withoutUpload(
    resolve(path)
      .split(/[/\\]/)
      .filter((segment) => segment !== ''),
  );
  const inArchive = member === undefined ? [] : member.split(/ › |[/\\]/).filter((segment) => segment !== '');
  const all = [...onDisk, ...inArchive];
  const file = all.at(-1) ?? '';
  const folders = all.slice(0, -1);
  return { folder: folders.join('/'), file: file.replace(/\.(?:gz|zst)$/i, ''), above: folders.toReversed().slice(0, MOST_FOLDERS) };
}

function withoutUpload(segments: readonly string[]): readonly string[] {
  const at = segments.findIndex((segment) => segment.startsWith(UPLOAD_PREFIX));
  // Behind it stands the number of the file or folder that was sent.
  return at < 0 ? segments : ['', ...segments.slice(at + 2)];
}
