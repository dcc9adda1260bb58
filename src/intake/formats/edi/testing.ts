import type { Entry, JsonObject } from '../../entry.ts';

/** An ISA with its padding, and its terminator at the end. For tests. */
export function isa(parts: {
  readonly control?: string;
  readonly version?: string;
  readonly element?: string;
  readonly component?: string;
  readonly repetition?: string;
  readonly terminator?: string;
}): string {
  const { control = '000000077', version = '00401', element = '*', component = '>', repetition = 'U', terminator = '~' } = parts;
  const blanks = ' '.repeat(10);
  const sender = 'BUYER'.padEnd(15);
  const receiver = 'SELLER'.padEnd(15);
  const elements = [
    'ISA',
    '00',
    blanks,
    '00',
    blanks,
    'ZZ',
    sender,
    'ZZ',
    receiver,
    '310304',
    '0915',
    repetition,
    version,
    control,
    '0',
    'P',
  ];
  return `${[...elements, component].join(element)}${terminator}`;
}

/** The trees of entries. */
export function treesOf(entries: readonly Entry[]): JsonObject[] {
  return entries.map((entry) => {
    if (entry.kind !== 'tree' || typeof entry.value !== 'object' || entry.value === null || Array.isArray(entry.value)) {
      throw new Error('an entry of EDI is a tree');
    }
    return entry.value;
  });
}
