import { referredTo, typeNamed } from './netsuite-types.ts';

/** NetSuite's labels of the columns that are read, without blanks and punctuation. */
const LABELS = {
  internal: 'internalid',
  number: 'documentnumber documentnumberid number',
  type: 'type transactiontype',
  status: 'status',
  createdFrom: 'createdfrom',
  other: 'pochecknumber pochequenumber pono ponumber',
  external: 'externalid',
  modified: 'lastmodified lastmodifieddate',
  created: 'datecreated',
  date: 'date',
  total: 'amounttransactiontotal',
  amount: 'amount amountforeigncurrency',
  currency: 'currency',
  item: 'item',
  entity: 'name entity',
} as const;

export type Column = keyof typeof LABELS;

/** Where the columns stand, and what the file calls them. */
export interface Columns {
  readonly at: { readonly [column in Column]?: number };
  readonly names: { readonly [column in Column]?: string };
}

export function columnsOf(header: readonly string[] | undefined): Columns {
  const at: { [column in Column]?: number } = {};
  const names: { [column in Column]?: string } = {};
  const labels = (header ?? []).map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  for (const [column, spellings] of Object.entries(LABELS) as [Column, string][]) {
    // The first spelling that the file has: `Amount` goes before the one in a foreign currency.
    const index = spellings
      .split(' ')
      .map((label) => labels.indexOf(label))
      .find((found) => found >= 0);
    if (index === undefined) continue;
    at[column] = index;
    names[column] = header![index]!;
  }
  return { at, names };
}

/** `Sales Order : Pending Fulfillment`. */
const STATUS = /^([A-Z][A-Za-z ]{2,40}?) : \S/;

/** The record type of a row, from its kind, or from what its status says before the colon; `document` when neither is known. */
export function typeOfRow(type: string, status: string): string {
  const prefix = STATUS.exec(status)?.[1];
  return typeNamed(type) ?? (prefix === undefined ? undefined : typeNamed(prefix)) ?? 'document';
}

/**
 * Whether a row bears a mark that only NetSuite leaves: a status behind the kind of its transaction, the name of the transaction it was created from, or an
 * internal id beside a document number and one of NetSuite's kinds.
 */
export function signed(cells: readonly string[], { at }: Columns): boolean {
  const cell = (column: Column): string => (at[column] === undefined ? '' : (cells[at[column]] ?? '').trim());
  if (at.number === undefined && at.internal === undefined) return false;
  const prefix = STATUS.exec(cell('status'))?.[1];
  if (prefix !== undefined && typeNamed(prefix) !== undefined) return true;
  if (referredTo(cell('createdFrom')) !== undefined) return true;
  return at.internal !== undefined && at.number !== undefined && typeNamed(cell('type')) !== undefined;
}
