import { formatById } from '../../intake/formats/index.ts';
import type { FormatOptions } from '../../intake/format.ts';
import { UserError } from '../../model/errors.ts';
import type { Db } from '../../workspace/open.ts';
import type { EventReader } from '../../workspace/readers/events.ts';
import { rawBytes } from '../../workspace/readers/raw-bytes.ts';
import type { WireEventDetail } from '../wire.ts';
import { wireEventRow } from './journeys.ts';

/** Raw text beyond this is cut for display; the payload view is left out too. */
const MOST_RAW_BYTES = 512 * 1024;

/** Everything about one event: what was understood and the bytes it came from. Throws `UserError` `not-found`. */
export function eventDetail(db: Db, events: EventReader, id: number): WireEventDetail {
  const row = events.detail(id);
  if (row === undefined) throw new UserError('not-found', `there is no event ${id}`);
  const bytes = rawBytes(db, row.sourceId, row.offset, Math.min(row.length, MOST_RAW_BYTES));
  const truncated = row.length > MOST_RAW_BYTES;
  return {
    ...wireEventRow(row),
    identifiers: row.identifiers.map((identifier) => ({ ...identifier })),
    attributes: row.attributes.map(({ name, number, text }) => ({ name, value: text ?? String(number ?? '') })),
    execution: row.execution ?? null,
    attempt: row.attempt ?? null,
    precision: row.precision,
    zone: row.zone ?? null,
    payload: truncated ? undefined : payloadOf(row.format, row.options, bytes),
    raw: {
      text: new TextDecoder('utf-8').decode(bytes),
      truncated,
      offset: row.offset,
      length: row.length,
      line: row.line,
      sha256: row.sha256,
      sourceId: row.sourceId,
      format: row.format,
      profile: row.profile,
    },
  };
}

/** The entry as a tree. A format that no longer parses its own bytes is no reason to hide them: the raw view remains. */
function payloadOf(format: string, options: string, bytes: Uint8Array): unknown {
  try {
    return formatById(format)?.parse(bytes, JSON.parse(options) as FormatOptions);
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}
