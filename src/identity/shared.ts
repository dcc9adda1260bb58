/** A column of zeros that threads can share: the columns of the result that all who build journeys read. */
export function shared32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT * length));
}
