import type { WireSource } from '../../../../../src/api/wire.ts';

export interface SourceSort {
  /** Id of the column. */
  readonly column: string;
  readonly descending: boolean;
}

function valueOf(source: WireSource, column: string): string | number {
  switch (column) {
    case 'coverage':
      return source.coverage?.from ?? '';
    case 'system':
      return source.system ?? source.systems[0] ?? '';
    case 'format':
      return source.format;
    case 'profile':
      return source.profile;
    case 'events':
      return source.events;
    case 'duplicates':
      return source.duplicates;
    case 'updated':
      return source.updated;
    case 'rejected':
      return source.rejected;
    case 'imported':
      return source.importedAt;
    default:
      return source.name;
  }
}

const ORDER = new Intl.Collator('en', { numeric: true });

/** Sources in the order of a column; those that are equal there by name. Names with numbers are in the order of the numbers. */
export function sortSources(sources: readonly WireSource[], { column, descending }: SourceSort): readonly WireSource[] {
  const sign = descending ? -1 : 1;
  return sources.toSorted((a, b) => {
    const left = valueOf(a, column);
    const right = valueOf(b, column);
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : ORDER.compare(String(left), String(right));
    return order === 0 ? ORDER.compare(a.name, b.name) : sign * order;
  });
}
