import { noticeTexts } from '../../intake/notices.ts';
import type { PlannedPart } from '../../intake/plan.ts';
import { sidecarText } from '../../model/carrier.ts';
import { formatIso, micros } from '../../model/time.ts';
import { wireMapping } from '../queries/wire-mapping.ts';
import type { WirePlan } from '../wire.ts';

/** Its document may be in the workspace already: what is not in this plan is not said to be missing. */
function sidecarNotice({ sidecar }: PlannedPart): readonly string[] {
  return sidecar === undefined || sidecar.documents.length === 0 ? [] : [sidecarText(sidecar.documents)];
}

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
        raw: event.raw ?? null,
      })),
      sampled: part.sampled ?? null,
      notices: [...sidecarNotice(part), ...(part.notices === undefined ? [] : noticeTexts(part.notices))],
      unknownStatuses: [...(part.notices?.unknownStatuses ?? [])],
      remembered: part.recalled ?? null,
      source: part.reread?.source ?? null,
      sidecarOf: part.sidecar === undefined ? null : [...part.sidecar.documents],
    })),
  };
}
