import type { DeclaredFollow, FollowExpectation } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/journey.ts';
import { isFailure } from '../../model/status.ts';
import { formatDuration, formatIso, micros } from '../../model/time.ts';
import { deadlineAfter, declaredText, doneAt } from '../declared.ts';
import { baselineOf, evidenceOf, finding, NOTHING } from '../finding.ts';
import type { Detection, Detector } from '../types.ts';
import { isUnseenAt } from '../unseen.ts';
import type { JourneyView, PreparedType } from '../view.ts';
import { viewOf } from '../view.ts';

export const windowDetector: Detector = {
  id: 'window',
  version: 1,
  kind: 'delay',
  subkinds: ['window'],
  title: 'A declared window was missed',
  doc: {
    what: '`window`: a step came, and later than a passport says it must.',
    why: 'What was promised counts, and not what is usual: a step that is always late is a finding each time.',
    how: 'The window counts from the end of the step that makes it due, the latest one before, to the end of the step that must come. Times of day are read in the zone of the window, across changes of the clock: a time that clocks show twice is over the second time, one that they jump over at the jump. Business days and hours leave out what the calendar of the passport leaves out. The very moment of the deadline is still in time. Where the log of the step begins after the deadline, it may have come before: that is said, and the confidence is a half.',
    silent:
      'Where nothing is declared, when the step failed (the error says it) or is absent (the gap says it, and whether the window was over at the end of the data), and where the step that makes it due is not in the journey or came later. The usual delay between the same two steps is not judged beside it.',
  },
  parameters: [],
  detect(journey, context): Detection {
    const view = viewOf(journey, context);
    if (view.prepared?.hasDeclared !== true) return NOTHING;
    const findings: Finding[] = [];
    eachWindow(view, view.prepared, (due) => {
      const deadline = deadlineAfter(due.declared, due.since);
      if (deadline !== undefined && due.done > deadline) findings.push(report(view, due, deadline));
    });
    return findings.length === 0 ? NOTHING : { findings, ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context, { windows }) {
    const view = viewOf(journey, context);
    if (view.prepared?.hasDeclared === true)
      eachWindow(view, view.prepared, ({ since: from, done: to, declared }) => void windows.push({ from, to, declared }));
    return true;
  },
};

/** As likely as not. */
const DOUBTFUL = 0.5;

/** A step that came, and what made it due. Times in µs, or ranks in a shape. */
export interface Due {
  readonly cause: Step;
  readonly step: Step;
  readonly since: number;
  readonly done: number;
  readonly follow: FollowExpectation;
  readonly declared: DeclaredFollow;
}

/** Calls back with every step that a window can be held against, each rule once for each record. */
export function eachWindow(view: JourneyView, prepared: PreparedType, visit: (due: Due) => void): void {
  const { steps } = view.journey;
  const windowed = prepared.type.follows.filter(({ declared }) => declared?.window !== undefined);
  const rules = Map.groupBy(windowed, ({ declared }) => declared!);
  for (const [declared, follows] of rules) {
    const judged = new Set<string>();
    for (let position = 0; position < steps.length; position++) {
      if (!declared.metBy.includes(view.numbers[position]!)) continue;
      const step = steps[position]!;
      const record = declared.system === undefined ? `${step.record.type} ${step.record.key}` : '';
      // The first time that it went well counts: what comes again is another matter.
      if (judged.has(record) || isFailure(step.status)) continue;
      const found = latestCause(view, follows, position);
      const since = found === undefined ? undefined : doneAt(found.cause);
      const done = doneAt(step);
      if (found === undefined || since === undefined || done === undefined) continue;
      judged.add(record);
      visit({ ...found, step, since, done, declared });
    }
  }
}

/** The latest step before a position that makes it due: of the same record, where one is. */
function latestCause(
  view: JourneyView,
  follows: readonly FollowExpectation[],
  position: number,
): Pick<Due, 'cause' | 'follow'> | undefined {
  const { steps } = view.journey;
  const { record } = steps[position]!;
  let latest: Pick<Due, 'cause' | 'follow'> | undefined;
  for (let i = position - 1; i >= 0; i--) {
    const cause = steps[i]!;
    const follow = follows.find(({ after }) => after === view.numbers[i]);
    if (follow === undefined || isFailure(cause.status)) continue;
    if (cause.record.key === record.key && cause.record.type === record.type) return { cause, follow };
    latest ??= { cause, follow };
  }
  return latest;
}

function report(view: JourneyView, { cause, step, since, done, follow, declared }: Due, deadline: number): Finding {
  const text = declared.window?.text ?? '';
  const late = formatDuration(done - deadline);
  const { latency } = follow;
  // It may have come in time, and this be another: of a number that is used twice, or a second try.
  const isDoubtful = isUnseenAt(view, step.system, deadline);
  const doubt = isDoubtful ? ` The log of ${step.system} begins after that: whether it had come before is not known.` : '';
  return finding(view.journey, {
    kind: 'delay',
    subkind: 'window',
    severity: declared.severity ?? 'warning',
    confidence: isDoubtful ? DOUBTFUL : 1,
    record: step.record,
    place: step,
    // Another window may count from another step; that this one is changed makes it no other finding.
    facet: nameOf(cause),
    steps: [cause.id, step.id],
    at: step.startedAt,
    title: `${nameOf(step)} came ${late} too late: ${text} of ${nameOf(cause)} is declared`,
    explanation: `${nameOf(step)} was done at ${formatIso(micros(done))}, ${formatDuration(done - since)} after ${nameOf(cause)}; its time was over at ${formatIso(micros(deadline))}.${doubt} ${declaredText(declared)}`,
    expected: `${text} of ${nameOf(cause)}: until ${formatIso(micros(deadline))}`,
    actual: `${formatIso(micros(done))}, ${late} later`,
    evidence: [...evidenceOf(step), ...evidenceOf(cause)],
    baseline: latency === undefined ? undefined : baselineOf(latency, done - since),
  });
}
