import { TECHNICAL_TYPES } from '../../../model/record.ts';
import { nameTokens, singular } from '../../infer/name-tokens.ts';
import { recordTypeOf } from '../../infer/record-type.ts';
import type { FieldMapping } from '../../mapper.ts';

/** Put before an object type to make the path of its field: `objects.Purchase Order`. */
export const OBJECTS = 'objects.';

/** Record type of an object of which the log does not say the type. */
export const UNTYPED = 'object';

/** Below this a name only resembles a noun (`items` are not products). */
const SURE = 0.4;

/**
 * The record types of a log's object types: `Purchase Order` is an `order`, as other sources call it. Types that a log tells apart stay
 * apart: where two of them would be orders, both keep their own names.
 */
export function recordTypes(types: Iterable<string>): Map<string, string> {
  const found = [...new Set(types)].map((type): readonly [string, string] => [type, canonicalType(type)]);
  return new Map(
    found.map(([type, record]) => [type, found.some(([other, same]) => other !== type && same === record) ? ownName(type) : record]),
  );
}

/**
 * Finds the record type of an object type: as the mapping says, which the user may have changed (undefined: ignored), else by the name of the type
 * unless another type has taken it. Keeps what it has given out: one per source.
 */
export function createTypeReader(fields: readonly FieldMapping[]): (type: string) => string | undefined {
  const known = new Map<string, string | undefined>([['', UNTYPED]]);
  const taken = new Set<string>();
  for (const field of fields) {
    if (!field.path.startsWith(OBJECTS)) continue;
    const type = field.role === 'identifier' ? (field.type ?? UNTYPED) : undefined;
    known.set(field.path.slice(OBJECTS.length), type);
    if (type !== undefined) taken.add(type);
  }
  return (type) => {
    if (known.has(type)) return known.get(type);
    const canonical = canonicalType(type);
    const record = taken.has(canonical) ? ownName(type) : canonical;
    taken.add(record);
    known.set(type, record);
    return record;
  };
}

function canonicalType(type: string): string {
  const found = recordTypeOf(type);
  return found !== undefined && found.confidence >= SURE && !TECHNICAL_TYPES.has(found.type) ? found.type : ownName(type);
}

/** `Purchase Requisitions` → `purchase-requisition`. */
function ownName(type: string): string {
  const words = nameTokens(type);
  const name = words.map((word, i) => (i === words.length - 1 ? singular(word) : word)).join('-');
  return name === '' ? type : name;
}
