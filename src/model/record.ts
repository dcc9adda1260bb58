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

/** `order SO-1042`, for sentences. */
export function recordLabel(record: RecordRef): string {
  return `${record.type} ${record.key}`;
}
