/** Fields of fixed width, in characters. */
export interface Layout {
  readonly fields: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  readonly width: number;
}

/** `MANDT 3 DOCNUM 16`: names and widths in their order. */
export function layoutOf(definition: string): Layout {
  const words = definition.split(' ');
  const fields: { name: string; from: number; to: number }[] = [];
  let at = 0;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const to = at + Number(words[i + 1]);
    fields.push({ name: words[i]!, from: at, to });
    at = to;
  }
  return { fields, width: at };
}

/** The fields of a text that have a value, from `at` on. */
export function fieldsOf(text: string, at: number, layout: Layout): Record<string, string> {
  const value: Record<string, string> = {};
  for (const { name, from, to } of layout.fields) {
    if (at + from >= text.length) break;
    const field = text.slice(at + from, at + to).trim();
    if (field !== '') value[name] = field;
  }
  return value;
}

/** The control record: one for each IDoc. Source: SAP structure EDI_DC40 (IDoc record types for release 4.0). */
export const CONTROL = layoutOf(
  'TABNAM 10 MANDT 3 DOCNUM 16 DOCREL 4 STATUS 2 DIRECT 1 OUTMOD 1 EXPRSS 1 TEST 1 IDOCTYP 30 CIMTYP 30 MESTYP 30 MESCOD 3 MESFCT 3 STD 1 STDVRS 6 STDMES 6 ' +
    'SNDPOR 10 SNDPRT 2 SNDPFC 2 SNDPRN 10 SNDSAD 21 SNDLAD 70 RCVPOR 10 RCVPRT 2 RCVPFC 2 RCVPRN 10 RCVSAD 21 RCVLAD 70 CREDAT 8 CRETIM 6 REFINT 14 ' +
    'REFGRP 14 REFMES 14 ARCKEY 70 SERIAL 20',
);

/** What stands before the data of a segment. Source: SAP structure EDI_DD40. */
export const DATA_HEADER = layoutOf('SEGNAM 30 MANDT 3 DOCNUM 16 SEGNUM 6 PSGNUM 6 HLEVEL 2');
/** A data record with its `SDATA`. */
export const DATA_WIDTH = DATA_HEADER.width + 1000;

/** A status record. Source: SAP structure EDI_DS40. */
export const STATUS = layoutOf(
  'TABNAM 10 MANDT 3 DOCNUM 16 LOGDAT 8 LOGTIM 6 STATUS 2 STAMQU 3 STAMID 20 STAMNO 3 STATYP 1 STAPA1 50 STAPA2 50 STAPA3 50 STAPA4 50 STATXT 70 UNAME 12 ' +
    'REPID 30 ROUTID 30 SEGNUM 6 SEGFLD 30 REFINT 14 REFGRP 14 REFMES 14 ARCKEY 70',
);

/** What a record is, by its first ten characters. */
export type RecordKind = 'control' | 'status' | 'old' | 'data';

/** `old` are the records of release 3, whose layout is another. */
export function recordKind(text: string): RecordKind {
  const name = text.slice(0, 10).trimEnd();
  return name === 'EDI_DC40' ? 'control' : name === 'EDI_DS40' ? 'status' : name === 'EDI_DC' || name === 'EDI_DS' ? 'old' : 'data';
}

/** How many characters a record has that is not ended by a line feed. */
export function recordWidth(kind: RecordKind): number {
  return kind === 'control' ? CONTROL.width : kind === 'status' ? STATUS.width : DATA_WIDTH;
}
