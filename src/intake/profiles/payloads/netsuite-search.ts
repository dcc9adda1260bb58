import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { FieldMapping, SourceContext } from '../../mapper.ts';
import { compileTimeReader } from '../../time/format.ts';
import { inferTimeShape } from '../../time/index.ts';
import type { Notices } from '../../notices.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { columnsOf, type Column, type Columns, signed, typeOfRow } from './netsuite-columns.ts';
import { referredTo } from './netsuite-types.ts';
import { amountName, type FieldNote, fieldsRead, identify, identifyName, statusName, tell, tellEvent, tellText } from './put.ts';

/**
 * NetSuite's saved searches over transactions, exported to CSV: a row is a snapshot of an order, a fulfillment, an invoice …, or of one of its lines. The
 * columns are those the search chose, under the names that NetSuite gives them; dates are written as the user prefers, the whole file alike.
 * Sources: NetSuite Help Center, "Exporting Search Results", and the labels of its records browser.
 */
export const netsuiteSearch = defineProfile({
  id: 'netsuite-search',
  title: 'NetSuite saved searches (CSV)',
  formatId: 'csv',
  matches: (entry, source) => entry.kind === 'row' && signed(entry.cells, columnsOf(source.header)),
  shape: 'rows of a NetSuite search over transactions',
  system: platformSystem('netsuite', 'the rows come from NetSuite'),
  zoneReason: 'NetSuite writes times as its user prefers, without a zone',
  kind: 'snapshot',
  fields: (entries, source) => {
    const notes = notesOf(entries, source);
    return fieldsRead(entries, createReader('netsuite', 'UTC', source.header, timesOf(notes)), notes);
  },
  compile: (source, mapping) => createReader(mapping.system, mapping.zone, source.header, timesOf(mapping.fields), source.notices),
});

/** The columns that may say when the transaction was so, the best first. */
const TIMES: readonly (readonly [Column, string])[] = [
  ['modified', 'what the transaction was then'],
  ['created', 'when the transaction was entered, where nothing says when it was changed'],
  ['date', 'the day of the transaction, where nothing says more'],
];

/** How NetSuite can be told to write dates, the usual way first. */
const SHAPES = ['month-first', 'day-first', 'rfc2822', 'iso', 'month-name'] as const;
const [USUAL] = SHAPES;

/** The way in which most of the values can be read, where too many cannot be read in any. */
function likeliest(values: readonly string[]): string {
  const counts = SHAPES.map((shape) => {
    const { parse } = compileTimeReader(shape, { zone: 'UTC' });
    return values.filter((value) => !Number.isNaN(parse(value))).length;
  });
  return SHAPES[counts.indexOf(Math.max(...counts))]!;
}

interface TimeColumn {
  readonly path: string;
  readonly format: string;
}

function timesOf(fields: readonly Pick<FieldMapping, 'path' | 'role' | 'format'>[] | readonly FieldNote[]): TimeColumn[] {
  return fields.filter((field) => field.role === 'time').map((field) => ({ path: field.path, format: field.format ?? USUAL }));
}

function createReader(
  system: string,
  zone: string,
  header: readonly string[] | undefined,
  times: readonly TimeColumn[],
  notices?: Notices,
): (entry: Entry, draft: Draft, emit: () => void) => string | undefined {
  const columns = columnsOf(header);
  const readers = times.map(({ path, format }) => ({
    index: header?.indexOf(path) ?? -1,
    read: compileTimeReader(format, { zone: zone === '' ? 'UTC' : zone, onAmbiguous: notices?.onAmbiguous }),
  }));
  return (entry, draft, emit) => {
    if (entry.kind !== 'row') return 'the entry is no row of a table';
    const cell = (column: Column): string => valueOf(entry.cells[columns.at[column] ?? -1]);
    const type = typeOfRow(cell('type'), cell('status'));
    draft.reset();
    draft.kind = 'snapshot';
    draft.system = system;
    draft.step = type;
    for (const { index, read } of readers) {
      const text = valueOf(entry.cells[index]);
      if (text === '') continue;
      draft.time = read.parse(text);
      if (Number.isNaN(draft.time)) return `"${header![index]}" is no time that can be read: ${text.slice(0, 40)}`;
      draft.precision = read.precision(text);
      break;
    }
    readNames(columns, cell, type, draft);
    if (draft.idValues.length === 0) return 'the row names no transaction';
    readStatus(columns, cell('status'), type, draft);
    readState(columns, cell, type, draft);
    tellEvent(draft, emit);
    return undefined;
  };
}

type Cell = (column: Column) => string;

/** `- None -` is how NetSuite writes that there is nothing. */
function valueOf(cell: string | undefined): string {
  const text = (cell ?? '').trim();
  return /^- ?none ?-$/i.test(text) ? '' : text;
}

function readNames({ names }: Columns, cell: Cell, type: string, draft: Draft): void {
  identifyName(draft, type, cell('number'), names.number ?? '');
  if (!identifyName(draft, type, cell('external'), names.external ?? '')) {
    tellText(draft, 'external_id', cell('external'), names.external ?? '');
  }
  // The customer's number of the order, on the documents made from it too.
  if (!identifyName(draft, 'order', cell('other'), names.other ?? '')) tellText(draft, 'other_ref_num', cell('other'), names.other ?? '');
  identify(draft, 'netsuite-record', cell('internal'), names.internal ?? '');
  const from = referredTo(cell('createdFrom'));
  if (from !== undefined) identifyName(draft, from.type, from.number, names.createdFrom ?? '');
}

/** `Sales Order : Pending Fulfillment`: the words after the colon are the state, as NetSuite's other interfaces give it. */
function readStatus({ names }: Columns, status: string, type: string, draft: Draft): void {
  if (status === '') return;
  const state = status.slice(status.indexOf(':') + 1).trim();
  draft.statusRaw = state;
  draft.status = normaliseStatus(state, 'netsuite');
  tellText(draft, statusName(type), state, names.status ?? '');
}

function readState({ names }: Columns, cell: Cell, type: string, draft: Draft): void {
  const ofLine = cell('item') !== '';
  const amount = cell('amount').replaceAll(',', '');
  const total = cell('total').replaceAll(',', '');
  if (total !== '') tell(draft, amountName(type), total, names.total ?? '');
  // A search that shows the lines of transactions repeats the columns of the transaction, but its amount is that of the line.
  if (amount !== '' && (ofLine || total === '')) tell(draft, ofLine ? 'line_amount' : amountName(type), amount, names.amount ?? '');
  if (ofLine) tellText(draft, 'item', cell('item'), names.item ?? '');
  tellText(draft, 'currency', cell('currency'), names.currency ?? '');
  tellText(draft, 'entity', cell('entity'), names.entity ?? '');
}

function notesOf(entries: readonly Entry[], source: SourceContext): FieldNote[] {
  const { at, names } = columnsOf(source.header);
  const notes: FieldNote[] = [];
  for (const [column, reason] of TIMES) {
    const path = names[column];
    if (path === undefined) continue;
    const read = (entry: Entry): string | undefined => (entry.kind === 'row' ? valueOf(entry.cells[at[column]!]) : undefined);
    const values = entries.map((entry) => read(entry) ?? '');
    const shape = inferTimeShape(values);
    const told = shape === undefined ? '' : `; ${shape.reason}`;
    notes.push({ path, role: 'time', format: shape?.shape ?? likeliest(values), reason: `${reason}${told}`, read });
  }
  if (names.status !== undefined) {
    const read = (entry: Entry): string | undefined => (entry.kind === 'row' ? valueOf(entry.cells[at.status!]) : undefined);
    notes.push({ path: names.status, role: 'status', reason: 'the state of the transaction, after its kind', read });
  }
  return notes;
}
