import type { Mapping } from '../mapper.ts';
import { EDI_PROFILES } from '../profiles/edi/index.ts';
import { PAYLOAD_PROFILES } from '../profiles/payloads/index.ts';

const PAYLOADS: ReadonlySet<string> = new Set([...PAYLOAD_PROFILES, ...EDI_PROFILES].map(({ id }) => id));
/** Formats in which one thing is written as one document. */
const TREES: ReadonlySet<string> = new Set(['json', 'xml']);

/**
 * Whether a source is what systems hand each other, and not a log of it: documents that show a state, business messages, or one object in a file
 * of its own. Only of these the file's name says which run carried them; the lines of a log say so themselves.
 * @param entries how many there are, as far as they were looked at
 */
export function isDocument(mapping: Mapping, format: string, entries: number): boolean {
  if (mapping.kind === 'snapshot' || PAYLOADS.has(mapping.base ?? mapping.profile)) return true;
  return mapping.profile === 'inferred' && mapping.kind === 'step' && entries === 1 && TREES.has(format);
}
