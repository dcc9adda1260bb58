import type { Mapping } from '../../intake/mapper.ts';
import type { PlannedPart } from '../../intake/plan.ts';
import { formatIso, micros } from '../../model/time.ts';
import type { WireMapping, WirePlan } from '../wire.ts';

/** A plan as the contract shows it. */
export function wirePlan(id: string, parts: readonly PlannedPart[]): WirePlan {
  return {
    id,
    parts: parts.map((part) => ({
      id: part.id,
      name: part.name,
      path: part.path,
      bytes: part.diskBytes ?? null,
      outcome: part.outcome,
      reason: part.reason,
      format: part.format,
      formatReason: part.formatReason,
      mapping: part.mapping === undefined ? null : wireMapping(part.mapping),
      preview: part.preview.map((event) => ({
        at: event.time === undefined ? null : formatIso(micros(event.time)),
        system: event.system,
        flow: event.flow ?? null,
        step: event.step,
        status: event.status,
        statusRaw: event.statusRaw ?? null,
        records: [...event.records],
        line: event.line,
      })),
    })),
  };
}

function wireMapping(mapping: Mapping): WireMapping {
  return { ...mapping, fields: mapping.fields.map((field) => ({ ...field, samples: [...field.samples] })) };
}
