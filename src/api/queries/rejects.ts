import { UserError } from '../../model/errors.ts';
import type { Db } from '../../workspace/open.ts';
import { rawBytes } from '../../workspace/readers/raw-bytes.ts';
import { rejection, rejectionGroups, rejectionRows, type RejectionFilter, type RejectionRow } from '../../workspace/readers/rejections.ts';
import type { WireRejectedText, WireRejection, WireRejectionGroup } from '../wire.ts';
import { csvLine } from './csv.ts';

/** Bytes of a rejected entry that are shown, and of what stands around it. */
const MOST_TEXT = 64 * 1024;
const MOST_AROUND = 1024;
/** Bytes of each entry in an export. */
const MOST_EXPORTED = 16 * 1024;
/** An export goes out in pieces of about this much text. */
const PIECE_BYTES = 1024 * 1024;
const PIECE_ROWS = 1000;

export type ExportFormat = 'ndjson' | 'csv';

export function rejects(db: Db, filter: RejectionFilter, offset: number, limit: number): { rows: WireRejection[]; total: number } {
  const { rows, total } = rejectionRows(db, filter, offset, limit);
  return { rows: rows.map(wireRejection), total };
}

export function rejectGroups(db: Db, source: number | undefined): WireRejectionGroup[] {
  return rejectionGroups(db, source).map((row) => ({
    source: row.source,
    sourceId: row.source_id,
    code: row.code,
    count: row.count,
    reason: row.reason,
    rereadable: row.source_id !== null && row.code === 'no-time-no-order',
  }));
}

/** A rejected entry with its text and what stands around it. Throws `UserError` `not-found`. */
export function rejectedText(db: Db, id: number): WireRejectedText {
  const row = rejection(db, id);
  if (row === undefined || row.source_id === null) throw new UserError('not-found', `there is no rejected entry ${id}`);
  const offset = row.offset ?? 0;
  const length = row.length ?? 0;
  const end = Math.min(row.bytes, offset + length);
  const from = Math.max(0, offset - MOST_AROUND);
  return {
    ...wireRejection(row),
    text: textOf(db, row.source_id, offset, Math.min(length, MOST_TEXT)),
    truncated: length > MOST_TEXT,
    before: textOf(db, row.source_id, from, offset - from),
    after: textOf(db, row.source_id, end, Math.min(MOST_AROUND, row.bytes - end)),
  };
}

/** A piece of the export from row `offset` on. `next` is where the next piece begins, null after the last. */
export function exportRejects(
  db: Db,
  filter: RejectionFilter,
  format: ExportFormat,
  withBytes: boolean,
  offset: number,
): { text: string; next: number | null; total: number } {
  const { rows, total } = rejectionRows(db, filter, offset, PIECE_ROWS);
  let text = format === 'csv' && offset === 0 ? csvLine([...COLUMNS, ...(withBytes ? ['text'] : [])]) : '';
  let at = offset;
  for (const row of rows) {
    const wire = wireRejection(row);
    const bytes = withBytes ? exportedText(db, row) : undefined;
    text += format === 'csv' ? csvRow(wire, bytes) : `${JSON.stringify({ ...wire, ...bytes })}\n`;
    at++;
    if (text.length >= PIECE_BYTES) break;
  }
  return { text, next: at < total && at > offset ? at : null, total };
}

const COLUMNS = ['source', 'line', 'offset', 'length', 'code', 'reason', 'excerpt'] as const;

function csvRow(row: WireRejection, bytes: { readonly text: string } | undefined): string {
  return csvLine([...COLUMNS.map((column) => row[column]), ...(bytes === undefined ? [] : [bytes.text])]);
}

function exportedText(db: Db, row: RejectionRow): { readonly text: string; readonly truncated: boolean } {
  const length = row.length ?? 0;
  if (row.source_id === null) return { text: '', truncated: false };
  return { text: textOf(db, row.source_id, row.offset ?? 0, Math.min(length, MOST_EXPORTED)), truncated: length > MOST_EXPORTED };
}

/** Characters that the cut goes through are left out, at either end. */
function textOf(db: Db, source: number, offset: number, length: number): string {
  if (length <= 0) return '';
  const bytes = rawBytes(db, source, offset, length);
  let from = 0;
  while (from < Math.min(3, bytes.length) && (bytes[from]! & 0xc0) === 0x80) from++;
  return new TextDecoder('utf-8').decode(bytes.subarray(from), { stream: true });
}

function wireRejection(row: RejectionRow): WireRejection {
  return {
    id: row.id,
    source: row.source,
    sourceId: row.source_id,
    line: row.line,
    offset: row.offset,
    length: row.length,
    code: row.code,
    reason: row.line === null ? row.reason : `${row.source}, line ${row.line}: ${row.reason}`,
    excerpt: row.excerpt,
  };
}
