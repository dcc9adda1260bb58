import type { ByteSource } from '../byte-source.ts';

/** A cell that goes over several rows. Rows and columns from 0. */
export interface Merge {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

const MOST_MERGES = 100_000;
/** Longer than any `<mergeCell ref="XFD1048576:XFD1048576"/>` with a prefix. */
const OVERLAP = 256;
const MERGE = /mergeCell\s[^<>]{0,100}?ref\s?=\s?["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']/g;

/**
 * The merged cells of a sheet that go over several rows, by their first row. They stand behind the cells, so the member is looked through
 * once before; searching its bytes takes a fraction of the time that reading the cells does.
 */
export async function readMerges(source: ByteSource): Promise<ReadonlyMap<number, readonly Merge[]>> {
  const merges = new Map<number, Merge[]>();
  let count = 0;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of source.read(() => undefined)) {
    const bytes = Buffer.concat([tail, chunk]);
    if (bytes.includes('mergeCell')) {
      for (const match of bytes.toString('latin1').matchAll(MERGE)) {
        const merge = { column: columnOf(match[1]!), first: Number(match[2]) - 1, last: Number(match[3]) - 1 };
        const known = merges.get(merge.first);
        // The overlap of two chunks shows some twice.
        if (merge.last <= merge.first || known?.some((one) => one.column === merge.column) === true || ++count > MOST_MERGES) continue;
        if (known === undefined) merges.set(merge.first, [merge]);
        else known.push(merge);
      }
    }
    tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - OVERLAP)));
  }
  return merges;
}

/** `A` → 0, `AB` → 27. */
export function columnOf(letters: string): number {
  let column = 0;
  for (let i = 0; i < letters.length; i++) column = column * 26 + letters.charCodeAt(i) - 64;
  return column - 1;
}
