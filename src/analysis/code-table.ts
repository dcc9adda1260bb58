/** What is kept under one key. */
export interface CodeEntry<T> {
  readonly codes: Uint32Array;
  value: T | undefined;
}

/** Keys longer than this, all together, are not added any more: 16 MB. */
const MOST_CODES = 1 << 22;

/** Values by keys that are lists of numbers, compared number by number: two keys that share a hash stay two. */
export class CodeTable<T> {
  readonly #entries = new Map<number, CodeEntry<T>[]>();
  #codes = 0;

  /** The entry of a key; one without a value when the key is new, and undefined when there is no room for it. The key is copied. */
  entry(key: Uint32Array): CodeEntry<T> | undefined {
    const hash = hashOf(key);
    const bucket = this.#entries.get(hash);
    if (bucket !== undefined) for (const entry of bucket) if (isEqual(entry.codes, key)) return entry;
    if (this.#codes + key.length > MOST_CODES) return undefined;
    this.#codes += key.length;
    const entry: CodeEntry<T> = { codes: key.slice(), value: undefined };
    if (bucket === undefined) this.#entries.set(hash, [entry]);
    else bucket.push(entry);
    return entry;
  }
}

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The mixing of MurmurHash 2 (Appleby), a number at a time. */
function hashOf(key: Uint32Array): number {
  let hash = key.length;
  for (let i = 0; i < key.length; i++) {
    let k = Math.imul(key[i]!, 0x5bd1e995);
    k = Math.imul(k ^ (k >>> 24), 0x5bd1e995);
    hash = Math.imul(hash, 0x5bd1e995) ^ k;
  }
  return hash ^ (hash >>> 15);
}
