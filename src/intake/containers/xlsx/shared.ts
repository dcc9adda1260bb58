import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { unescapeText } from './cell-text.ts';
import { builtInFormat, type NumberFormat, numberFormat } from './number-format.ts';
import { readWhole, readXml } from './read-xml.ts';

/** Most bytes of texts that the sheets share: all of them are kept while a sheet is read. */
export const MAX_SHARED_TEXT_BYTES = 256 * 1024 ** 2;

/** The texts of a workbook, which cells name by number (ECMA-376 part 1, 18.4). Formatted runs are joined, phonetic guides left out. */
export async function readSharedStrings(source: ByteSource | undefined): Promise<readonly string[]> {
  if (source === undefined) return [];
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let guides = 0;
  let bytes = 0;
  const handler = {
    open(name: string): void {
      if (name === 'si') current = '';
      else if (name === 'rPh') guides++;
      else if (name === 't') inText = guides === 0;
    },
    text(text: string): void {
      if (!inText) return;
      current += text;
      bytes += 2 * text.length;
    },
    close(name: string): void {
      if (name === 'si') {
        strings.push(copied(unescapeText(current)));
        bytes += 32;
      } else if (name === 'rPh') guides--;
      else if (name === 't') inText = false;
    },
  };
  for await (const _progress of readXml(source, handler, () => undefined)) {
    if (bytes > MAX_SHARED_TEXT_BYTES) {
      throw new UserError(
        'limit-exceeded',
        `${source.name} holds more than ${MAX_SHARED_TEXT_BYTES} bytes of text: save the sheets as CSV`,
        source.path,
      );
    }
  }
  return strings;
}

/**
 * The same text in memory of its own. What was cut out of a chunk of XML would keep the whole chunk, with the markup between the texts, for as long as
 * the text is there: 217 instead of 37 MB for half a million short texts with phonetic guides.
 */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

/** The number format of each cell style, by its number (ECMA-376 part 1, 18.8.10). */
export async function readFormats(source: ByteSource | undefined): Promise<readonly NumberFormat[]> {
  if (source === undefined) return [];
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  await readWhole(source, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) ids.push(Number(attributes['numFmtId'] ?? 0));
    },
    text: () => undefined,
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return ids.map((id) => {
    const code = codes.get(id);
    return code === undefined ? builtInFormat(id) : numberFormat(code);
  });
}
