import { measuredBy } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { FactorDetail, Lack } from '../../model/completeness.ts';
import { recordLabel } from '../../model/record.ts';
import { formatDuration } from '../../model/time.ts';
import { deadlineAfter } from '../declared.ts';
import { eachJudged, slownessOf } from '../detectors/delay.ts';
import { eachWindow } from '../detectors/window.ts';
import { MIN_OBSERVATIONS } from '../finding.ts';
import { usualText } from '../slow.ts';
import type { JourneyView } from '../view.ts';
import type { AbsentStep } from './absent.ts';

/**
 * Of all that has a time in which it has to be done, what was done in it: runs of steps and ways to them that are judged by what is usual, declared
 * windows and durations, steps that had to come, and steps that failed in the end: those were never done.
 */
export function timesFactor(view: JourneyView, absent: readonly AbsentStep[]): FactorDetail {
  const lacks: Lack[] = [];
  const undecided: Lack[] = [];
  let of = 0;
  const { steps } = view.journey;
  for (let position = 0; position < steps.length; position++) {
    if (view.numbers[position]! < 0 || !view.failedFinally(position)) continue;
    of++;
    lacks.push({ name: nameOf(steps[position]!), why: 'failed, and was not made good', step: steps[position]!.id });
  }
  eachTimed(view, (position, late) => {
    of++;
    const why = late();
    if (why !== undefined) lacks.push({ name: nameOf(steps[position]!), why, step: steps[position]!.id });
  });
  for (const { key, system, record, absence } of absent) {
    const name = `${system === key.system ? nameOf(key) : system}${record === undefined ? '' : ` of ${recordLabel(record)}`}`;
    if (absence === 'confirmed') {
      of++;
      lacks.push({ name, why: 'never came', step: undefined });
    } else
      undecided.push({
        name,
        why: absence === 'still-open' ? 'had not come yet, in its time' : 'cannot be seen: it was not logged then',
        step: undefined,
      });
  }
  const unknown = 'nothing of it was seen often enough to know how long it takes, and nothing is declared';
  return { met: of - lacks.length, of, lacks, undecided, unknown: of > 0 ? undefined : unknown };
}

/** How many runs, ways and windows are judged. */
export function timedCount(view: JourneyView): number {
  let count = 0;
  eachTimed(view, () => void count++);
  return count;
}

/** Calls back with the position of each step that has a time, and a function that says how it missed it. */
function eachTimed(view: JourneyView, visit: (position: number, late: () => string | undefined) => void): void {
  const { prepared, journey } = view;
  if (prepared === undefined || (prepared.type.journeys < MIN_OBSERVATIONS && !prepared.hasDeclared)) return;
  eachJudged(
    view,
    prepared,
    (span) =>
      visit(span.position, () => {
        if (slownessOf(view, span) === undefined) return undefined;
        const { usual, duration, open } = measuredBy(span.model, span.from, span.to);
        const [took, usually] = [formatDuration(duration), `usually ${usualText(usual.median)}`];
        if (span.cause === undefined) return `took ${took}, ${usually}`;
        return `came ${took}${open === undefined ? '' : ' of open hours'} after ${nameOf(span.cause)}, ${usually}`;
      }),
    ({ position, from, to, most }) =>
      visit(position, () =>
        to - from <= most ? undefined : `took ${formatDuration(to - from)}, at most ${formatDuration(most)} is declared`,
      ),
  );
  if (!prepared.hasDeclared) return;
  eachWindow(view, prepared, ({ step, since, done, declared, cause }) =>
    visit(journey.steps.indexOf(step), () => {
      const deadline = deadlineAfter(declared, since);
      if (deadline === undefined || done <= deadline) return undefined;
      return `came ${formatDuration(done - deadline)} too late: ${declared.window?.text ?? ''} of ${nameOf(cause)} is declared`;
    }),
  );
}
