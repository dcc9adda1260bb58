import type { WireFieldMapping, WireMapping } from '../../../../src/api/wire.ts';

/** Why a field has the role it has after the user said so. */
export const CHOSEN = 'chosen by you';

/** The mapping with one field changed by the user: its confidence is then 1 and its reason says who chose. */
export function withField(
  mapping: WireMapping,
  path: string,
  change: Partial<Pick<WireFieldMapping, 'role' | 'type' | 'format'>>,
): WireMapping {
  return {
    ...mapping,
    fields: mapping.fields.map((field) => (field.path === path ? { ...field, ...change, confidence: 1, reason: CHOSEN } : field)),
  };
}

/** The mapping with another system for entries that name none. */
export function withSystem(mapping: WireMapping, system: string): WireMapping {
  return { ...mapping, system, systemReason: CHOSEN };
}

/** The mapping with another zone for times that carry none. */
export function withZone(mapping: WireMapping, zone: string): WireMapping {
  return { ...mapping, zone, zoneReason: CHOSEN };
}

/** Whether this machine knows a zone by that name: an IANA name, `UTC`, or an offset such as `+02:00`. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    // A RangeError is how Intl says that it knows no such zone.
    return false;
  }
}
