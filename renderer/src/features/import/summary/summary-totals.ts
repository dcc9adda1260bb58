import type { WireImportSummary } from '../../../../../src/api/wire.ts';

export interface FileTotals {
  readonly rejected: number;
  /** Files that were read, and files whose content was there already. */
  readonly imported: number;
  readonly known: number;
}

/** What became of the files of an import. */
export function fileTotals({ sources }: WireImportSummary): FileTotals {
  return {
    rejected: sources.reduce((total, source) => total + source.rejected, 0),
    imported: sources.filter((source) => source.outcome === 'imported').length,
    known: sources.filter((source) => source.outcome === 'known').length,
  };
}

/** What was odd, file by file. */
export function noticesOf({ sources }: WireImportSummary): readonly { readonly name: string; readonly text: string }[] {
  return sources.flatMap(({ name, notices }) => (notices ?? []).map((text) => ({ name, text })));
}
