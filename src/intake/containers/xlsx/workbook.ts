import { posix } from 'node:path';
import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { attribute, readWhole } from './read-xml.ts';

export interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  readonly member: ByteSource;
}

/** What the sheets share, and where they are. */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  /** Serial dates count from 1904 and not from 1900. */
  readonly from1904: boolean;
  readonly sharedStrings: ByteSource | undefined;
  readonly styles: ByteSource | undefined;
}

interface Relation {
  readonly target: string;
  /** The last word of its type: `worksheet`, `sharedStrings`; the same in the transitional and the strict form. */
  readonly kind: string;
}

/**
 * Reads which sheets a workbook has (ECMA-376 part 1, 12.3 and 18.2).
 * @param members of the archive, by name.
 * @throws UserError when it is no workbook of spreadsheets or a part of it is missing.
 */
export async function readWorkbook(archive: ByteSource, members: ReadonlyMap<string, ByteSource>): Promise<Workbook> {
  const top = await relationsOf(members.get('_rels/.rels'), '');
  const path = [...top.values()].find((relation) => relation.kind === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const main = members.get(path);
  if (main === undefined) throw new UserError('file-unreadable', `${archive.name} is a damaged workbook: ${path} is missing`, archive.path);
  const relations = await relationsOf(
    members.get(posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`)),
    posix.dirname(path),
  );
  const listed: { readonly name: string; readonly hidden: boolean; readonly relation: string }[] = [];
  let from1904 = false;
  await readWhole(main, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true', 'on'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const state = attributes['state'];
      listed.push({
        name: attributes['name'] ?? `Sheet${listed.length + 1}`,
        hidden: state === 'hidden' || state === 'veryHidden',
        relation: attribute(attributes, 'id') ?? '',
      });
    },
    text: () => undefined,
    close: () => undefined,
  });
  const sheets = listed.flatMap(({ name, hidden, relation }): SheetEntry[] => {
    const found = relations.get(relation);
    // Sheets of charts and of old macros have no cells.
    if (found === undefined || found.kind !== 'worksheet') return [];
    const member = members.get(found.target);
    if (member === undefined)
      throw new UserError('file-unreadable', `${archive.name} is a damaged workbook: ${found.target} is missing`, archive.path);
    return [{ name, hidden, member }];
  });
  const single = (kind: string): ByteSource | undefined => {
    const relation = [...relations.values()].find((one) => one.kind === kind);
    return relation === undefined ? undefined : members.get(relation.target);
  };
  return { sheets, from1904, sharedStrings: single('sharedStrings'), styles: single('styles') };
}

async function relationsOf(source: ByteSource | undefined, folder: string): Promise<ReadonlyMap<string, Relation>> {
  const relations = new Map<string, Relation>();
  if (source === undefined) return relations;
  await readWhole(source, {
    open(name, attributes) {
      const target = attributes['Target'];
      if (name !== 'Relationship' || target === undefined || attributes['TargetMode'] === 'External') return;
      const type = attributes['Type'] ?? '';
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.set(attributes['Id'] ?? '', { target: path, kind: type.slice(type.lastIndexOf('/') + 1) });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return relations;
}
