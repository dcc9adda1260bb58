import type { MentionChunk } from '../../identity/types.ts';

/** A set of events, one bit each: those that are left out because another source tells them as well, or tells newer. */
export class Shadow {
  readonly #bits: Uint8Array;
  #size = 0;

  /** @param end behind the highest id */
  constructor(end: number) {
    this.#bits = new Uint8Array(Math.ceil(end / 8));
  }

  get size(): number {
    return this.#size;
  }

  has(event: number): boolean {
    return ((this.#bits[event >>> 3] ?? 0) & (1 << (event & 7))) !== 0;
  }

  add(event: number): void {
    if (this.has(event)) return;
    this.#bits[event >>> 3]! |= 1 << (event & 7);
    this.#size++;
  }

  /** The events as ranges of consecutive ids, ascending: first and last of each. */
  *ranges(): Generator<readonly [number, number]> {
    let first = -1;
    for (let at = 0; at <= this.#bits.length; at++) {
      const bits = this.#bits[at] ?? 0;
      // Nothing begins or ends in a byte that is all one or the other.
      if (first < 0 ? bits === 0 : bits === 0xff) continue;
      for (let bit = 0; bit < 8; bit++) {
        const event = 8 * at + bit;
        const isIn = (bits & (1 << bit)) !== 0;
        if (isIn === first >= 0) continue;
        if (first >= 0) yield [first, event - 1];
        first = isIn ? event : -1;
      }
    }
  }
}

/** A chunk in which shadowed events mention nothing, so that nothing is learned from them. The chunk itself when it has none. */
export function withoutShadowed(chunk: MentionChunk, shadow: Shadow): MentionChunk {
  let i = 0;
  while (i < chunk.count && !shadow.has(chunk.firstEvent + i)) i++;
  if (i === chunk.count) return chunk;
  const execution = chunk.execution.slice();
  const idStart = new Uint32Array(chunk.count + 1);
  const identifier = new Uint32Array(chunk.identifier.length);
  const idPath = new Uint32Array(chunk.idPath.length);
  let to = 0;
  for (i = 0; i < chunk.count; i++) {
    idStart[i] = to;
    if (shadow.has(chunk.firstEvent + i)) execution[i] = 0;
    else {
      for (let k = chunk.idStart[i]!; k < chunk.idStart[i + 1]!; k++) {
        identifier[to] = chunk.identifier[k]!;
        idPath[to++] = chunk.idPath[k]!;
      }
    }
  }
  idStart[chunk.count] = to;
  return { ...chunk, execution, idStart, identifier, idPath };
}
