import { desktop } from './host.ts';

/** A file with the path it is shown under: its own name, or the path inside a dropped folder. */
export interface NamedFile {
  readonly file: File;
  readonly name: string;
  /** The folder it was found in, a UUID of this page's: files of one folder are imported together, each at its place. */
  readonly folder?: string;
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
      if (entry !== null) return walk(entry, entry.isDirectory ? { folder: crypto.randomUUID() } : {});
      return file === null ? [] : [{ file, name: file.name }];
    }),
  ).then((lists) => lists.flat());
}

async function walk(entry: FileSystemEntry, place: Pick<NamedFile, 'folder'>): Promise<readonly NamedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ file, name: entry.fullPath.replace(/^\//, ''), ...place }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const found: NamedFile[] = [];
  // A reader answers at most a hundred entries a time, and none when it is through.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const child of batch) found.push(...(await walk(child, place)));
  }
}

/** What was chosen in a dialog: files, or one folder with all in it. */
export function chosenFiles(files: FileList): readonly NamedFile[] {
  const folder = crypto.randomUUID();
  return [...files].map((file) =>
    file.webkitRelativePath === '' ? { file, name: file.name } : { file, name: file.webkitRelativePath, folder },
  );
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/**
 * Makes files readable for the engine and answers its grants, one for all files of a folder. The desktop grants the path; the loopback
 * host is sent the bytes, one file after the other, and keeps them in a folder of its own. `onFile` is told before each.
 */
export async function grantsFor(files: readonly NamedFile[], onFile: (index: number, name: string) => void): Promise<readonly string[]> {
  const bridge = desktop();
  if (bridge !== undefined) return bridge.grantFiles(files.map(({ file }) => file));
  const grants = new Set<string>();
  for (const [index, file] of files.entries()) {
    onFile(index, file.name);
    grants.add(await upload(file));
  }
  return [...grants];
}

async function upload({ file, name, folder }: NamedFile): Promise<string> {
  const answer = await fetch(`upload?${new URLSearchParams({ name, ...(folder === undefined ? {} : { folder }) }).toString()}`, {
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
