import type { WireFieldMapping, WireMapping } from '../../../../../src/api/wire.ts';
import type { Status } from '../../../../../src/model/status.ts';
import { asksFor, guessFormat } from './roles.ts';

/** Why a field has the role it has after the user said so. */
export const CHOSEN = 'chosen by you';

/** A change of a mapping. It is made to every part of a group, so it must not depend on one of them. */
export type Edit = (mapping: WireMapping) => WireMapping;

/** Takes a field for another role, type or format: its confidence is then 1 and its reason says who chose. */
export function editField(path: string, change: Partial<Pick<WireFieldMapping, 'role' | 'type' | 'format'>>): Edit {
  return onField(path, (field) => ({ ...fitting({ ...field, ...change }, field), confidence: 1, reason: CHOSEN }));
}

/** A role needs a type, a format or neither; what the former role needed is no longer said. */
function fitting(next: WireFieldMapping, before: WireFieldMapping): WireFieldMapping {
  if (next.role === before.role) return next;
  const { type, format, values, ...rest } = next;
  switch (asksFor(next.role)) {
    case 'type':
      return type === undefined ? rest : { ...rest, type };
    case 'format': {
      const guessed = guessFormat(next.role, before.samples, format);
      return {
        ...rest,
        ...(guessed === undefined ? {} : { format: guessed }),
        ...(values === undefined || next.role !== 'status' ? {} : { values }),
      };
    }
    case 'nothing':
      return rest;
  }
}

/** Says what a status word means, whichever field says it; undefined takes that back. What a profile said of it for one field goes: it would come first. */
export function editWord(word: string, status: Status | undefined): Edit {
  return ({ statuses, ...mapping }) => {
    const others = without(statuses, word);
    const words = status === undefined ? others : { ...others, [word]: status };
    return {
      ...mapping,
      ...(words === undefined ? {} : { statuses: words }),
      fields: mapping.fields.map((field) => {
        if (field.role !== 'status' || field.values?.[word] === undefined) return field;
        const { values, ...rest } = field;
        const left = without(values, word);
        return left === undefined ? rest : { ...rest, values: left };
      }),
    };
  };
}

type Words = Readonly<Record<string, Status>>;

/** Undefined when nothing is left. */
function without(words: Words | undefined, word: string): Words | undefined {
  const { [word]: _gone, ...others } = words ?? {};
  return Object.keys(others).length === 0 ? undefined : others;
}

/** Another system for entries that name none. */
export function editSystem(system: string): Edit {
  return (mapping) => ({ ...mapping, system, systemReason: CHOSEN });
}

/** Another zone for times that carry none. */
export function editZone(zone: string): Edit {
  return (mapping) => ({ ...mapping, zone, zoneReason: CHOSEN });
}

function onField(path: string, change: (field: WireFieldMapping) => WireFieldMapping): Edit {
  return (mapping) => ({ ...mapping, fields: mapping.fields.map((field) => (field.path === path ? change(field) : field)) });
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

/**
 * Whether the fields of a mapping may be changed one by one: those that were inferred or that a profile file says. A platform's profile reads
 * its fields in code.
 */
export function fieldsAreFree({ profile, base, reading, fields }: WireMapping): boolean {
  if (profile === 'inferred') return true;
  return base === undefined && (reading !== undefined || fields.some((field) => field.reason === SAID));
}

/** The reason of what a profile file says (`src/intake/profiles/user`). */
const SAID = 'the profile says so';
