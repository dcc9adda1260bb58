/** A file as it was seen in a watched folder. */
export interface SeenFile {
  readonly path: string;
  readonly size: number;
  /** Milliseconds. */
  readonly modified: number;
}

interface Known extends SeenFile {
  /** When it was first seen as it is now. */
  readonly since: number;
  handled: boolean;
}

/** Tells which files of a folder have come to rest: those that nobody wrote for a while and that were not handled as they are. */
export class SettledFiles {
  readonly #settleMs: number;
  #files = new Map<string, Known>();

  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  /** Takes in what is in the folder now, and answers what can be read. `now` in milliseconds. */
  look(found: readonly SeenFile[], now: number): string[] {
    const files = new Map<string, Known>();
    const ready: string[] = [];
    for (const file of found) {
      const before = this.#files.get(file.path);
      const same = before !== undefined && before.size === file.size && before.modified === file.modified;
      const known: Known = same ? before : { ...file, since: now, handled: false };
      files.set(file.path, known);
      // An empty file is one that has not been written yet.
      if (!known.handled && known.size > 0 && now - known.since >= this.#settleMs) ready.push(file.path);
    }
    this.#files = files;
    return ready;
  }

  /** Whether some file may come to rest without being touched again. */
  get unsettled(): boolean {
    for (const file of this.#files.values()) if (!file.handled && file.size > 0) return true;
    return false;
  }

  /** It is not answered again until it changes. */
  handled(path: string): void {
    const file = this.#files.get(path);
    if (file !== undefined) file.handled = true;
  }
}
