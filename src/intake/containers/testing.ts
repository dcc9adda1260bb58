import { crc32, deflateRawSync } from 'node:zlib';

interface ZipOptions {
  readonly encrypted?: boolean;
  /** Sizes stand behind the data, as a writer leaves them that cannot go back. */
  readonly descriptors?: boolean;
  /** Sizes and places in the extra field of Zip64, as in archives beyond 4 GB. */
  readonly zip64?: boolean;
}

/** A zip archive with deflated members. For tests. */
export function zip(
  members: Readonly<Record<string, Uint8Array | string>> | readonly (readonly [string, string])[],
  options: ZipOptions = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const entries: readonly (readonly [string, Uint8Array | string])[] = Array.isArray(members) ? members : Object.entries(members);
  for (const [name, content] of entries) {
    const bytes = Buffer.from(content as string);
    const data = deflateRawSync(bytes);
    const flags = 0x800 | (options.encrypted === true ? 1 : 0) | (options.descriptors === true ? 8 : 0);
    const common = (behind: boolean, extra: Buffer): Buffer => {
      const header = Buffer.alloc(26);
      header.writeUInt16LE(options.zip64 === true ? 45 : 20, 0);
      header.writeUInt16LE(flags, 2);
      header.writeUInt16LE(8, 4);
      if (!behind) {
        header.writeUInt32LE(crc32(bytes), 10);
        header.writeUInt32LE(extra.length > 0 ? 0xffffffff : data.length, 14);
        header.writeUInt32LE(extra.length > 0 ? 0xffffffff : bytes.length, 18);
      }
      header.writeUInt16LE(Buffer.byteLength(name), 22);
      header.writeUInt16LE(extra.length, 24);
      return header;
    };
    const local = [Buffer.from('PK\x03\x04'), common(options.descriptors === true, Buffer.alloc(0)), Buffer.from(name), data];
    if (options.descriptors === true) {
      const descriptor = Buffer.alloc(16);
      descriptor.write('PK\x07\x08', 0, 'latin1');
      descriptor.writeUInt32LE(crc32(bytes), 4);
      descriptor.writeUInt32LE(data.length, 8);
      descriptor.writeUInt32LE(bytes.length, 12);
      local.push(descriptor);
    }
    const extra = options.zip64 === true ? Buffer.alloc(28) : Buffer.alloc(0);
    if (options.zip64 === true) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(bytes.length), 4);
      extra.writeBigUInt64LE(BigInt(data.length), 12);
      extra.writeBigUInt64LE(BigInt(offset), 20);
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(options.zip64 === true ? 0xffffffff : offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common(false, extra), tail, Buffer.from(name), extra]));
    const whole = Buffer.concat(local);
    locals.push(whole);
    offset += whole.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(options.zip64 === true ? 0xffff : locals.length, 8);
  end.writeUInt16LE(options.zip64 === true ? 0xffff : locals.length, 10);
  end.writeUInt32LE(options.zip64 === true ? 0xffffffff : central.length, 12);
  end.writeUInt32LE(options.zip64 === true ? 0xffffffff : offset, 16);
  return Buffer.concat([...locals, central, ...(options.zip64 === true ? [zip64End(locals.length, central.length, offset)] : []), end]);
}

/** End of the directory with 64 bits, and its locator. */
function zip64End(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.write('PK\x06\x06', 0, 'latin1');
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.write('PK\x06\x07', 56, 'latin1');
  end.writeBigUInt64LE(BigInt(offset + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

interface TarMember {
  readonly name: string;
  readonly content: string;
  readonly type?: string;
  /** Before POSIX headers had no mark. */
  readonly old?: boolean;
}

/** A tar archive. For tests. */
export function tar(members: Readonly<Record<string, string>> | readonly TarMember[]): Buffer {
  const list: readonly TarMember[] = Array.isArray(members)
    ? (members as readonly TarMember[])
    : Object.entries(members as Readonly<Record<string, string>>).map(([name, content]) => ({ name, content }));
  const blocks: Buffer[] = [];
  for (const { name, content, type = '0', old = false } of list) {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    if (!old) {
      header.write(type, 156);
      header.write('ustar\x0000', 257, 'latin1');
    }
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    blocks.push(header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** Records of a pax header. For tests. */
export function pax(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = ` ${key}=${value}\n`;
      let length = Buffer.byteLength(rest) + 1;
      while (String(length).length + Buffer.byteLength(rest) !== length) length++;
      return `${length}${rest}`;
    })
    .join('');
}

interface SheetOfTest {
  readonly name: string;
  /** What stands inside `<sheetData>`. */
  readonly rows: string;
  readonly state?: string;
  /** What stands behind the cells. */
  readonly after?: string;
}

interface WorkbookOfTest {
  readonly sheets: readonly SheetOfTest[];
  readonly strings?: readonly string[];
  /** Format codes; the style number n has the n-th. */
  readonly formats?: readonly string[];
  readonly from1904?: boolean;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook as Excel writes one. For tests. */
export function xlsx(book: WorkbookOfTest): Buffer {
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const sheets = book.sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${i + 1}"/>`,
  );
  const members: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${
      book.from1904 === true ? ' date1904="1"' : ''
    }/><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${book.sheets
      .map((_sheet, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join('')}${relation('rIdS', 'sharedStrings', 'sharedStrings.xml')}${relation('rIdT', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${(book.strings ?? []).map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${(book.formats ?? [])
      .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${(book.formats ?? [])
      .map((_code, i) => `<xf numFmtId="${200 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
  };
  for (const [i, { rows, after }] of book.sheets.entries()) {
    members[`xl/worksheets/sheet${i + 1}.xml`] = `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after ?? ''}</worksheet>`;
  }
  return zip(members);
}
