/**
 * 52-bit string hash that stays an exact double: two 26-bit lanes of a multiply-xor hash in the manner of FNV-1a.
 * Not for security; for equality of short texts within one execution or one journey.
 * The empty string is 0, and nothing else is.
 */
export function hash52(text: string): number {
  if (text === '') return 0;
  let a = 0x811c9dc5 | 0;
  let b = 0x9e3779b9 | 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b);
  }
  a ^= a >>> 15;
  b ^= b >>> 13;
  const hash = (a >>> 6) * 0x4000000 + (b >>> 6);
  return hash === 0 ? 1 : hash;
}

/** Combines two hashes; the order matters. */
export function mix52(left: number, right: number): number {
  const high = Math.imul(Math.floor(left / 0x4000000) ^ Math.floor(right / 0x4000000), 0x01000193) ^ (left | 0);
  const low = Math.imul((left ^ right) | 0, 0x85ebca6b) ^ Math.floor(right / 0x4000000);
  return (high >>> 6) * 0x4000000 + (low >>> 6);
}
