import type { WirePlanPart } from '../../../../../src/api/wire.ts';

/** A guess that is less sure than this is worth a look. */
const UNSURE = 0.6;

/** Why a part that is ready should be looked at before it is imported; undefined when nothing stands out. */
export function attention(part: WirePlanPart): string | undefined {
  const { mapping, preview } = part;
  if (part.outcome !== 'ready' || mapping === null) return undefined;
  if (preview.length === 0) return 'none of the first entries becomes an event';
  if (preview.every((event) => event.at === null)) return 'none of the first events has a time';
  if (preview.every((event) => event.records.length === 0)) return 'none of the first events names a record';
  if (mapping.confidence < UNSURE) return `understood with little confidence: ${mapping.reason}`;
  return undefined;
}
