import { desktop } from './host.ts';

/** A file with the path it is shown under: its own name, or the path inside a dropped folder. */
export interface NamedFile {
  readonly file: File;
  readonly name: string;
}

/**
 * What was dropped. In the browser folders are walked here; in the desktop a folder stays one file object, as the host
 * walks it. Must be called within the drop event: its items are gone afterwards.
 */
export function droppedFiles(transfer: DataTransfer): Promise<readonly NamedFile[]> {
  if (desktop() !== undefined) return Promise.resolve([...transfer.files].map((file) => ({ file, name: file.name })));
  // Read everything now, walk later. An item without an entry (dragged out of another program) is still a file.
  const found = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return Promise.all(
    found.map(async ({ entry, file }) => {
      if (entry !== null) return walk(entry);
      return file === null ? [] : [{ file, name: file.name }];
    }),
  ).then((lists) => lists.flat());
}

async function walk(entry: FileSystemEntry): Promise<readonly NamedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ file, name: entry.fullPath.replace(/^\//, '') }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const found: NamedFile[] = [];
  // A reader answers at most a hundred entries a time, and none when it is through.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const child of batch) found.push(...(await walk(child)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/**
 * Makes files readable for the engine and answers its grants. The desktop grants the path; the loopback host is sent the
 * bytes, one file after the other, and keeps them in its own folder. `onFile` is told before each.
 */
export async function grantsFor(files: readonly NamedFile[], onFile: (index: number, name: string) => void): Promise<readonly string[]> {
  const bridge = desktop();
  if (bridge !== undefined) return bridge.grantFiles(files.map(({ file }) => file));
  const grants: string[] = [];
  for (const [index, { file, name }] of files.entries()) {
    onFile(index, name);
    grants.push(await upload(file, name));
  }
  return grants;
}

async function upload(file: File, name: string): Promise<string> {
  const answer = await fetch(`upload?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    credentials: 'same-origin',
  });
  if (!answer.ok) throw new Error(`${name} could not be handed to the engine: ${(await answer.text()) || answer.statusText}`);
  const body: unknown = await answer.json();
  if (typeof body === 'object' && body !== null && 'grant' in body && typeof body.grant === 'string') return body.grant;
  throw new Error(`${name}: the host's answer names no grant`);
}
