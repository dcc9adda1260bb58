/** A business object: its type (`order`) and the key it is known by (`SO-1042`). */
export interface RecordRef {
  readonly type: string;
  readonly key: string;
}

/**
 * Types that tie entries together without being business objects. They are records only where nothing better exists
 * (a trace file without order numbers), and are hidden from lists otherwise.
 */
export const TECHNICAL_TYPES: ReadonlySet<string> = new Set(['execution', 'trace', 'message', 'correlation']);

/**
 * Types that carry business records from one system to another under numbers of their own. They stand in the journey of what they carry, never own it, and never
 * tell one instance of a step from another: an order that is sent twice is one order.
 */
export const CARRIER_TYPES: ReadonlySet<string> = new Set(['edi-document', 'edi-group', 'interchange']);

/** `order SO-1042`, for sentences. */
export function recordLabel(record: RecordRef): string {
  return `${record.type} ${record.key}`;
}
