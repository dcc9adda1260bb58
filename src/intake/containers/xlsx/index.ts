import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { generatedPart } from '../generated.ts';
import type { ContainerLimits, Part } from '../types.ts';
import { UniqueNames } from '../unique-names.ts';
import { csvPieces } from './csv-pieces.ts';
import { readMerges } from './merges.ts';
import type { NumberFormat } from './number-format.ts';
import { readFormats, readSharedStrings } from './shared.ts';
import { sheetRows } from './sheet.ts';
import { readWorkbook, type SheetEntry, type Workbook } from './workbook.ts';

/**
 * The sheets of an Excel workbook (`.xlsx`, `.xlsm`) that have cells with values, each as CSV. Sheets are streamed; only the texts that they
 * share are held in memory, up to 256 MiB.
 * @param members of the archive, by name; reading one checks its size against the limits.
 * @throws UserError in one sentence when the workbook is damaged or has no cells.
 */
export async function* xlsxParts(
  archive: ByteSource,
  members: ReadonlyMap<string, ByteSource>,
  limits: ContainerLimits,
): AsyncGenerator<Part> {
  const workbook = await readWorkbook(archive, members);
  const shared = new SharedTexts(workbook);
  const names = new UniqueNames();
  let count = 0;
  for (const sheet of workbook.sheets) {
    if (!(await hasCells(sheet))) continue;
    count++;
    const name = names.take(sheet.hidden ? `${sheet.name} (hidden)` : sheet.name);
    yield sheetPart(archive, sheet, name, workbook, shared, limits);
  }
  if (count === 0) throw new UserError('file-empty', `${archive.name} is a workbook without cells`, archive.path);
}

function sheetPart(
  archive: ByteSource,
  sheet: SheetEntry,
  member: string,
  workbook: Workbook,
  shared: SharedTexts,
  limits: ContainerLimits,
): Part {
  async function* pieces(onDisk: (bytes: number) => void): AsyncGenerator<string> {
    const { strings, formats } = await shared.read();
    const merges = await readMerges(sheet.member);
    const textAt = (index: number): string => strings[index] ?? '';
    yield* csvPieces(sheetRows(sheet.member, { textAt, formats, from1904: workbook.from1904, merges }, onDisk));
  }
  const packedBytes = (sheet.member.diskBytes ?? 0) + (workbook.sharedStrings?.diskBytes ?? 0);
  return generatedPart(archive, { member, extension: 'csv', diskBytes: sheet.member.diskBytes, packedBytes, pieces }, limits);
}

/** Whether any cell has a value. Texts need not be known for that. */
async function hasCells(sheet: SheetEntry): Promise<boolean> {
  const context = { textAt: () => 'text', formats: [], from1904: false, merges: new Map() };
  for await (const rows of sheetRows(sheet.member, context, () => undefined)) if (rows.length > 0) return true;
  return false;
}

interface Texts {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
}

/** What all sheets of a workbook need. Kept from one sheet to the next as long as there is memory for it. */
class SharedTexts {
  readonly #workbook: Workbook;
  #texts: WeakRef<Texts> | undefined;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  async read(): Promise<Texts> {
    const known = this.#texts?.deref();
    if (known !== undefined) return known;
    const texts = { strings: await readSharedStrings(this.#workbook.sharedStrings), formats: await readFormats(this.#workbook.styles) };
    this.#texts = new WeakRef(texts);
    return texts;
  }
}
