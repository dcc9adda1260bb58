import type { WireFieldMapping, WireMapping, WirePlanPart } from '../../../../../src/api/wire.ts';
import type { Edit } from './edit-mapping.ts';

type Mappings = ReadonlyMap<string, WireMapping>;

function sameWords(a: WireFieldMapping['values'], b: WireFieldMapping['values']): boolean {
  const left = Object.entries(a ?? {});
  return left.length === Object.keys(b ?? {}).length && left.every(([word, status]) => b?.[word] === status);
}

/** Whether two fields are read in the same way, whatever they are worth and why. */
export function sameField(a: WireFieldMapping, b: WireFieldMapping): boolean {
  return a.role === b.role && (a.type ?? '') === (b.type ?? '') && (a.format ?? '') === (b.format ?? '') && sameWords(a.values, b.values);
}

/** The paths of the fields that the user changed, in any of these parts. */
export function changedFields(parts: readonly WirePlanPart[], original: Mappings): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const { id, mapping } of parts) {
    const before = original.get(id);
    if (mapping === null || before === undefined || before === mapping) continue;
    for (const [index, field] of mapping.fields.entries()) {
      // Fields keep their places: a path may be read twice.
      const was = before.fields[index];
      if (was !== undefined && was !== field && !sameField(was, field)) changed.add(field.path);
    }
  }
  return changed;
}

/** Whether the user changed one of the settings of these parts. */
export function changedSetting(parts: readonly WirePlanPart[], original: Mappings, setting: 'system' | 'zone'): boolean {
  return parts.some(({ id, mapping }) => {
    const before = original.get(id);
    return mapping !== null && before !== undefined && before[setting] !== mapping[setting];
  });
}

/** The status words that the user gave another meaning, in any of these parts, whichever field says them. */
export function changedWords(parts: readonly WirePlanPart[], original: Mappings): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const { id, mapping } of parts) {
    const before = original.get(id);
    if (mapping === null || before === undefined || before === mapping) continue;
    const [was, is] = [before.statuses ?? {}, mapping.statuses ?? {}];
    for (const word of Object.keys({ ...was, ...is })) if (was[word] !== is[word]) changed.add(word);
  }
  return changed;
}

/** How many things the user changed about these parts. */
export function countChanges(parts: readonly WirePlanPart[], original: Mappings): number {
  const settings = (['system', 'zone'] as const).filter((setting) => changedSetting(parts, original, setting));
  return changedFields(parts, original).size + changedWords(parts, original).size + settings.length;
}

/** Takes a part's field back to what it was at first. */
export function restoreField(path: string, before: WireMapping): Edit {
  return (mapping) => ({
    ...mapping,
    fields: mapping.fields.map((field, index) => (field.path === path ? (before.fields[index] ?? field) : field)),
  });
}

/** Takes a setting back to what it was at first. */
export function restoreSetting(setting: 'system' | 'zone', before: WireMapping): Edit {
  return (mapping) =>
    setting === 'system'
      ? { ...mapping, system: before.system, systemReason: before.systemReason }
      : { ...mapping, zone: before.zone, zoneReason: before.zoneReason };
}

/** A field in short, for the way back: `identifier, order`. */
export function describeField({ role, type, format }: WireFieldMapping): string {
  return [role.replaceAll('-', ' '), type ?? format].filter((text) => text !== undefined && text !== '').join(', ');
}

/** How many of the other parts of a group read the field at this place differently from the first. */
export function differing(parts: readonly WirePlanPart[], index: number): number {
  const first = parts[0]?.mapping?.fields[index];
  if (first === undefined) return 0;
  return parts.filter(({ mapping }) => {
    const field =
      mapping?.fields[index]?.path === first.path ? mapping.fields[index] : mapping?.fields.find(({ path }) => path === first.path);
    return field !== undefined && field !== first && !sameField(field, first);
  }).length;
}
