/**
 * The beginnings of month names as dates write them in English, German, French, Spanish, Italian, Portuguese and Dutch, without accents.
 * Three letters tell all months of these languages apart but June and July in French. Source: Unicode CLDR, months of the Gregorian calendar.
 */
const BEGINNINGS: ReadonlyMap<string, number> = new Map(
  [
    'jan gen ene',
    'feb fev',
    'mar mae mrz mrt',
    'apr avr abr',
    'may mai mei mag',
    'jun juin giu',
    'jul juil lug',
    'aug aou ago',
    'sep set',
    'oct okt ott out',
    'nov',
    'dec dez dic',
  ].flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);

const MAX_NAME = 12;

/** 1..12 from the name of a month or its beginning (three letters, four for the French juin and juil.), in any case; NaN otherwise. */
export function monthOfName(name: string): number {
  if (name.length < 3 || name.length > MAX_NAME) return Number.NaN;
  const plain = isAscii(name) ? name.toLowerCase() : withoutAccents(name);
  return BEGINNINGS.get(plain.slice(0, 3)) ?? BEGINNINGS.get(plain.slice(0, 4)) ?? Number.NaN;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
