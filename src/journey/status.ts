import type { JourneyStatus, Step } from '../model/journey.ts';
import { isFailure, isSuccess } from '../model/status.ts';
import { oneLine } from '../model/text.ts';

/** What the steps alone tell, before it is known what should have happened. */
export function preliminaryStatus(steps: readonly Step[]): { status: JourneyStatus; reason: string } {
  const last = steps.at(-1);
  if (last === undefined) return { status: 'unknown', reason: 'Nothing but documents or log lines mentions this record.' };
  const running = steps.find((step) => step.status === 'started' || step.status === 'running' || step.status === 'waiting');
  const failed = steps.findLast((step) => isFailure(step.status));
  if (failed !== undefined && failed === last) return { status: 'failed', reason: `${nameOf(failed)} failed and nothing came after it.` };
  if (running !== undefined) return { status: 'open', reason: `${nameOf(running)} has begun and not ended.` };
  if (failed !== undefined) return { status: 'unknown', reason: `${nameOf(failed)} failed; the journey went on after it.` };
  if (isSuccess(last.status)) return { status: 'completed', reason: `The last step, ${nameOf(last)}, succeeded.` };
  return { status: 'unknown', reason: `The last step, ${nameOf(last)}, tells no outcome.` };
}

/** `erp create`, for sentences: in one line, whatever the log calls a step. */
export function nameOf(step: { readonly system: string; readonly step: string }): string {
  return oneLine(`${step.system} ${step.step}`);
}
