import type { Event } from '../model/event.ts';
import { openAttempt } from './draft.ts';
import type { StepDraft } from './draft.ts';
import type { Instances } from './instances.ts';

/**
 * A system that is only known from documents gets one step for each record it showed (`snapshot: shipment`) and each kind of document that
 * its profile tells apart (`snapshot: refund`), so that it is seen at all. Where the system also tells steps, its documents only feed the state.
 */
export function addSnapshots(events: readonly Event[], drafts: readonly StepDraft[], instances: Instances): readonly StepDraft[] {
  let added: StepDraft[] | undefined;
  for (const event of events) {
    if (event.kind !== 'snapshot' || drafts.some((draft) => draft.system === event.system)) continue;
    added ??= [];
    const record = instances.labelOf(event);
    const step = `snapshot: ${event.step === '' ? instances.documentType(event) : event.step}`;
    const known = added.find((draft) => draft.system === event.system && draft.label === record && draft.step === step);
    if (known !== undefined) {
      known.attempts[0]?.events.push(event.id);
      continue;
    }
    const attempt = openAttempt(event, undefined);
    attempt.status = 'unknown';
    attempt.end = event.end ?? event.time;
    added.push({ system: event.system, flow: event.flow, step, instance: record, first: event, attempts: [attempt], label: record });
  }
  if (added === undefined) return drafts;
  const at = (draft: StepDraft): number => draft.first.time ?? Number.POSITIVE_INFINITY;
  return [...drafts, ...added].toSorted((a, b) => at(a) - at(b));
}
