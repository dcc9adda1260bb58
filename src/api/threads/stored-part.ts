import type { Part } from '../../intake/containers/types.ts';
import type { Carrier } from '../../model/carrier.ts';
import { UserError } from '../../model/errors.ts';
import { openReader } from '../../workspace/open.ts';
import { storedText } from '../../workspace/readers/raw-bytes.ts';
import { storedSource, type StoredSource } from '../../workspace/readers/sources.ts';

/** What a workspace knows of one of its sources. Throws `UserError` `not-found`. */
export function sourceToReread(workspace: string, id: number): StoredSource {
  const db = openReader(workspace);
  try {
    const source = storedSource(db, id);
    if (source === undefined) throw new UserError('not-found', `there is no source ${id} (any more)`);
    return source;
  } finally {
    db.close();
  }
}

/** What its name, or it as a sidecar, was found to say; undefined for a log. */
export function storedCarrier(source: StoredSource): Carrier | undefined {
  return source.carrier === null ? undefined : (JSON.parse(source.carrier) as Carrier);
}

/** The text of a source as the workspace keeps it: decoded already, so there is nothing to hash and no file to follow. */
export function storedPart(workspace: string, source: StoredSource): Part {
  return {
    name: source.name,
    path: source.path,
    member: source.member ?? undefined,
    diskBytes: source.bytes,
    encoding: source.encoding,
    async *open(watch) {
      const db = openReader(workspace);
      try {
        let read = 0;
        for (const bytes of storedText(db, source.id)) {
          read += bytes.length;
          watch?.onContent?.(bytes);
          watch?.onDisk?.(read);
          yield bytes;
        }
        if (read !== source.bytes)
          throw new UserError('not-found', `${source.name} was removed from the workspace while it was read again`, source.name);
      } finally {
        db.close();
      }
    },
  };
}
