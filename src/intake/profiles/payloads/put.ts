import { Draft } from '../../draft.ts';
import type { Entry, Json } from '../../entry.ts';
import { isKey, numberOf } from '../business.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asText } from '../tree.ts';
import { textAt } from './tree-path.ts';

/** Longer values are text for people, not a field that is compared. */
const MAX_FIELD = 200;
/** One document of a batch can refer to any number of others; beyond this it is no story of any of them. */
const MAX_IDENTIFIERS = 1_000;
/** Errors are cut: the entry itself keeps all of it. */
const MAX_ERROR = 2_000;

/** Adds an identifier where the value can be a key. `path` is where it stands in the document. */
export function identify(draft: Draft, type: string, value: Json | undefined, path: string): void {
  const text = asText(value).trim();
  if (isKey(text) && draft.idValues.length < MAX_IDENTIFIERS) draft.identifier(type, text, path);
}

/** Identity relates four numbers of one type in an entry (the shop's id, its order number, the customer's own); a fifth would leave all of them alone. */
const MOST_NAMES = 4;

/**
 * Adds one of the numbers that a record is known by, unless four others are there already: the most telling ones come first. Spellings of one
 * number (`#1001`, `1001`, `gid://shopify/Order/1001`) count once. Returns whether it is among the draft's identifiers now.
 */
export function identifyName(draft: Draft, type: string, value: Json | undefined, path: string): boolean {
  const text = asText(value).trim();
  if (!isKey(text)) return false;
  let named = 0;
  for (let i = 0; i < draft.idTypes.length; i++) if (draft.idTypes[i] === type) named++;
  if (named >= MOST_NAMES && !hasRoom(draft, type, text)) return false;
  draft.identifier(type, text, path);
  return true;
}

function hasRoom(draft: Draft, type: string, value: string): boolean {
  const cores = new Set<string>();
  for (let i = 0; i < draft.idTypes.length; i++) if (draft.idTypes[i] === type) cores.add(coreOf(draft.idValues[i]!));
  return cores.size < MOST_NAMES || cores.has(coreOf(value));
}

/** What is left of a number without its path, its prefix and its padding. */
function coreOf(value: string): string {
  const tail = value.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf(':')) + 1);
  const digits = /^[^A-Za-z0-9]*(?:[A-Za-z]{1,6}[^A-Za-z0-9]*)?0*(\d+)$/.exec(tail)?.[1];
  return digits ?? tail.toLowerCase();
}

/** Adds a field of the record's state under its canonical name; amounts and quantities may be written as text. Nothing is told where there is no value. */
export function tell(draft: Draft, name: string, value: Json | undefined, path: string): void {
  const text = asText(value).trim();
  if (text === '' || text.length > MAX_FIELD) return;
  draft.attribute(name, text, numberOf(text));
  if (draft instanceof PreviewDraft) draft.attrPaths.push(path);
}

/** Records whose total is that of the trade: what systems say of it can be compared. */
const TRADE: ReadonlySet<string> = new Set(['order', 'order-response', 'order-change', 'quote', 'invoice', 'cash-sale', 'payment', 'cart']);

/**
 * The name of a record's total: `amount` for the orders and invoices that a journey is about, `refund_amount` and the like for what is only a
 * part of them or the other way round. One system's later document would otherwise take the place of the order's own total.
 */
export function amountName(type: string): string {
  return TRADE.has(type) ? 'amount' : `${type.replaceAll('-', '_')}_amount`;
}

/** The name of a record's state: `status` for an order, `invoice_status` and the like for what belongs to it. */
export function statusName(type: string): string {
  return type === 'order' ? 'status' : `${type.replaceAll('-', '_')}_status`;
}

/** Adds a field whose value is a code or a reference: digits in it are no number. */
export function tellText(draft: Draft, name: string, value: Json | undefined, path: string): void {
  const text = asText(value).trim();
  if (text === '' || text.length > MAX_FIELD) return;
  draft.attribute(name, text, Number.NaN);
  if (draft instanceof PreviewDraft) draft.attrPaths.push(path);
}

/** Tells the text of the first of several places that has one. */
export function tellFirst(draft: Draft, name: string, value: Json | undefined, ...paths: readonly (readonly string[])[]): void {
  for (const path of paths) {
    const text = textAt(value, ...path);
    if (text === '') continue;
    tellText(draft, name, text, path.join('.'));
    return;
  }
}

/** Longer words are no names of steps or states; longer ids are none. */
const MAX_WORD = 120;
const MAX_ID = 256;

/** Emits what a reader has put into the draft. Words and ids of messages come from the document as they are: they are bounded here. */
export function tellEvent(draft: Draft, emit: () => void): void {
  if (draft.step.length > MAX_WORD) draft.step = draft.step.slice(0, MAX_WORD);
  if (draft.statusRaw.length > MAX_WORD) draft.statusRaw = draft.statusRaw.slice(0, MAX_WORD);
  if (draft.execution.length > MAX_ID) draft.execution = '';
  if (draft.parentExecution.length > MAX_ID) draft.parentExecution = '';
  if (draft.execution === '') draft.executionType = '';
  emit();
}

/** Why it failed, cut to a length that a list can show. */
export function complain(draft: Draft, text: string): void {
  if (text !== '') draft.error = text.length > MAX_ERROR ? text.slice(0, MAX_ERROR) : text;
}

/** A draft that also remembers where its attributes were found. */
class PreviewDraft extends Draft {
  readonly attrPaths: string[] = [];
}

/** What is said of a field in the preview, beside its path. */
export type FieldNote = Pick<FieldSpec, 'path' | 'role' | 'reason'> & Partial<Pick<FieldSpec, 'type' | 'format' | 'read'>>;

/**
 * The fields that a reader finds in the first entries, for the preview: those of `notes` that occur, then every identifier and attribute under
 * the path it was read from. The reader itself is asked, so that the preview cannot say anything else than the import does.
 */
export function fieldsRead(
  entries: readonly Entry[],
  read: (entry: Entry, draft: Draft, emit: () => void) => unknown,
  notes: readonly FieldNote[],
): FieldSpec[] {
  const found = new Map<string, { readonly spec: Omit<FieldSpec, 'read'>; readonly values: Map<Entry, string> }>();
  const put = (entry: Entry, path: string, role: FieldSpec['role'], type: string, value: string, reason: string): void => {
    const key = `${role} ${path} ${type}`;
    let field = found.get(key);
    if (field === undefined) found.set(key, (field = { spec: { path, role, type, reason }, values: new Map() }));
    if (!field.values.has(entry)) field.values.set(entry, value);
  };
  for (const entry of entries) {
    const draft = new PreviewDraft();
    read(entry, draft, () => {
      for (const [i, type] of draft.idTypes.entries())
        put(entry, draft.idPaths[i]!, 'identifier', type, draft.idValues[i]!, `the ${type} it is about or refers to`);
      for (const [i, name] of draft.attrNames.entries())
        put(entry, draft.attrPaths[i] ?? name, 'attribute', name, draft.attrTexts[i]!, 'part of the state of the record');
      draft.attrPaths.length = 0;
    });
  }
  return [...notes, ...[...found.values()].map(({ spec, values }) => ({ ...spec, read: (entry: Entry) => values.get(entry) }))];
}
