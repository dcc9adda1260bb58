import type { Entry, JsonObject } from '../entry.ts';
import { entityOf } from './business.ts';
import type { FieldSpec } from './field-spec.ts';
import { anyValue } from './traces/otlp-values.ts';
import { attributeRole, isBusinessKey } from './traces/span-attributes.ts';

/** Preview lines for the attributes that speak of business records, at most 40. */
export function attributeSpecs(entries: readonly Entry[], prefix: string, attributesOf: (entry: Entry) => JsonObject): FieldSpec[] {
  const specs = new Map<string, FieldSpec>();
  const keys = new Set(entries.flatMap((entry) => Object.keys(attributesOf(entry))));
  const entity = entityOf([...keys].filter(isBusinessKey));
  for (const key of keys) {
    if (specs.size >= 40) break;
    const role = attributeRole(key, entity);
    if (role.role === 'ignored') continue;
    specs.set(key, {
      path: `${prefix}.${key}`,
      role: role.role,
      type: role.role === 'identifier' ? role.type : role.name,
      confidence: role.role === 'identifier' ? role.confidence : 0.7,
      reason: role.role === 'identifier' ? `the key says ${role.type}` : 'the key says that it is part of the state of a record',
      read: (from) => anyValue(attributesOf(from)[key]),
    });
  }
  return [...specs.values()];
}
