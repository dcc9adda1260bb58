/**
 * A number of 32 bits for two numbers: both are spread by odd factors, then mixed by multiply and xor (the finaliser of MurmurHash3,
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp, with other factors).
 */
export function hashPair(left: number, right: number): number {
  let h = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
