/** What a number format makes of a number, as far as its value is concerned. */
export type NumberFormat =
  | { readonly kind: 'number' }
  /** Zeros only: the number is a key that is written with that many digits. */
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'date'; readonly date: boolean; readonly time: boolean }
  /** `[h]:mm:ss`: hours go on beyond 24. */
  | { readonly kind: 'duration' };

const NUMBER: NumberFormat = { kind: 'number' };

/** Built-in formats that are dates and times (ECMA-376 part 1, 18.8.30, with those of East Asian locales). */
export function builtInFormat(id: number): NumberFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
    return { kind: 'date', date: true, time: false };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return { kind: 'date', date: false, time: true };
  if (id === 22) return { kind: 'date', date: true, time: true };
  return id === 46 ? { kind: 'duration' } : NUMBER;
}

/** What a format code says (ECMA-376 part 1, 18.8.31). Only its first section counts: the one for positive numbers. */
export function numberFormat(code: string): NumberFormat {
  const text = code.slice(0, 1000);
  if (/^0{2,20}$/.test(text)) return { kind: 'padded', digits: text.length };
  const letters: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === ';') break;
    if (character === '"') {
      const end = text.indexOf('"', i + 1);
      i = end < 0 ? text.length : end;
    } else if (character === '\\' || character === '_' || character === '*') {
      i++;
    } else if (character === '[') {
      const end = text.indexOf(']', i + 1);
      const inside = end < 0 ? '' : text.slice(i + 1, end).toLowerCase();
      if (/^(?:h{1,2}|m{1,2}|s{1,2})$/.test(inside)) return { kind: 'duration' };
      i = end < 0 ? text.length : end;
    } else letters.push(character);
  }
  const plain = letters.join('').toLowerCase();
  if (plain.includes('general')) return NUMBER;
  // `E+00` is an exponent; `e` alone is a year of an era.
  const bare = plain.replaceAll(/e[+-]/g, '').replaceAll(/am\/pm|a\/p/g, 'h');
  const time = /[hs]/.test(bare);
  const date = /[ydgeb]/.test(bare) || /m{3}/.test(bare) || (bare.includes('m') && !time);
  if (!date && !time) return NUMBER;
  return { kind: 'date', date, time };
}
