import { wilsonUpper } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Step } from '../../model/journey.ts';
import { isSuccess } from '../../model/status.ts';
import { formatDuration } from '../../model/time.ts';
import { evidenceOf, finding, MIN_OBSERVATIONS, NOTHING } from '../finding.ts';
import type { Detection, Detector } from '../types.ts';
import type { JourneyView } from '../view.ts';
import { viewOf } from '../view.ts';

/** A step is done once per record when at 97.5 % confidence fewer than this share of journeys do it twice. */
const TWICE_SHARE = 0.02;

/** For the very same child record of the step (an invoice of an order) fewer than this: what happens to one thing twice is rarer a habit than what happens to an order twice. */
const SAME_SHARE = 0.03;

/** Pauses of one series of attempts are about equal, or grow with each: the first is at most this many times the second. */
const SERIES_RATIO = 3.5;

export const duplicateDetector: Detector = {
  id: 'duplicate',
  version: 1,
  kind: 'duplicate',
  subkinds: ['delivery'],
  title: 'The same record was processed twice',
  doc: {
    what: 'A step that is done once in nearly all journeys was done again after it had succeeded, or after a document had been sent.',
    why: 'A message that is delivered twice captures money twice, or ships twice.',
    how: 'A later occurrence of a step that succeeded before, or that tells no outcome either time (to send a document is done when it is sent), where the upper bound of the share of journeys that repeat it, or that repeat it for the same record (a payment of several), stays below two (for one invoice of an order three) in a hundred. All repeats in one journey are one finding, at the one that came last. Critical where several systems take part; within one system somebody may have meant it, and it is a warning.',
    silent:
      'With fewer than 30 comparable journeys, where the step repeats too often to say that it is done once, for attempts (those are retries), and for the rest of a series of attempts that a step of another system stands in the middle of.',
    teaches: 'A false alarm puts only itself aside: twice is no matter of more or less.',
  },
  parameters: [
    { name: 'twice share', value: TWICE_SHARE, meaning: 'upper bound of the share of journeys that repeat the step' },
    {
      name: 'same share',
      value: SAME_SHARE,
      meaning: 'the same for what belongs to the record (an invoice of an order) and is done twice itself',
    },
    { name: 'series ratio', value: SERIES_RATIO, meaning: 'times the next pause that the first pause of one series of attempts may take' },
    { name: 'observations', value: MIN_OBSERVATIONS, meaning: 'comparable journeys needed' },
  ],
  detect(journey, context): Detection {
    const view = viewOf(journey, context);
    if ((view.prepared?.type.journeys ?? 0) < MIN_OBSERVATIONS) return NOTHING;
    const repeats = findRepeats(view);
    const main = repeats.at(-1);
    if (main === undefined) return NOTHING;
    const { first, again, upper } = main;
    const apart = first.endedAt === undefined || again.startedAt === undefined ? undefined : again.startedAt - first.endedAt;
    const isBeside = (apart ?? 0) < 0;
    const made = finding(journey, {
      kind: 'duplicate',
      subkind: 'delivery',
      // Within one system nothing was delivered twice: somebody did it again, and may have meant to.
      severity: journey.systems.length > 1 ? 'critical' : 'warning',
      confidence: 1 - upper,
      record: journey.record,
      place: again,
      steps: [again.id, first.id, ...repeats.filter((repeat) => repeat !== main).map((repeat) => repeat.again.id)],
      at: again.startedAt,
      title: `${nameOf(again)} was done twice${apart === undefined ? '' : isBeside ? ' at the same time' : `, ${formatDuration(apart)} apart`}`,
      explanation: `${nameOf(again)} ${isSuccess(first.status) ? 'succeeded' : 'was done'}, and was done again ${isBeside ? 'while that was under way' : 'after that'}. Fewer than ${Math.ceil(upper * 1000) / 10} % of the journeys repeat it.`,
      expected: 'once',
      actual: 'twice',
      evidence: [...evidenceOf(again), ...evidenceOf(first)],
    });
    return { findings: [made], ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context) {
    const view = viewOf(journey, context);
    return (view.prepared?.type.journeys ?? 0) < MIN_OBSERVATIONS || findRepeats(view).length === 0;
  },
};

interface Repeat {
  readonly first: Step;
  readonly again: Step;
  readonly upper: number;
}

/** What was done again that is done once. */
function findRepeats(view: JourneyView): Repeat[] {
  const { journey } = view;
  const repeats: Repeat[] = [];
  for (let position = 0; position < journey.steps.length; position++) {
    const again = journey.steps[position] as Step;
    const number = view.numbers[position] as number;
    const firstAt = number < 0 ? position : view.positionOf(number);
    if (firstAt === position) continue;
    // The first of all, where nearly no journey repeats it; else the first for the same record, where nearly none repeats it for one.
    const candidates = [
      { first: journey.steps[firstAt] as Step, upper: upperShare(view, number, 'repeatsShare'), most: TWICE_SHARE },
      {
        first: firstFor(view, position),
        upper: upperShare(view, number, 'sameShare'),
        most: isRoot(view, again) ? TWICE_SHARE : SAME_SHARE,
      },
    ];
    const found = candidates.find(({ first, upper, most }) => first !== undefined && upper < most);
    if (found?.first === undefined) continue;
    const { first, upper } = found;
    if (bothDone(first, again) && !continuesSeries(first, again)) repeats.push({ first, again, upper });
  }
  return repeats;
}

/** Both succeeded, or neither tells an outcome: what is only told when it is done needs none. */
function bothDone(first: Step, again: Step): boolean {
  if (first.status === 'unknown') return again.status === 'unknown';
  return isSuccess(first.status) && isSuccess(again.status);
}

/** Whether what was done again is the rest of a series of attempts that another system's step stands in the middle of: the retry says it. */
function continuesSeries(first: Step, again: Step): boolean {
  const [second, third] = again.attempts;
  const before = first.attempts.at(-1);
  if (before?.at === undefined || second?.at === undefined || third?.at === undefined) return false;
  return (
    second.fingerprint !== 0 && second.fingerprint === before.fingerprint && second.at - before.at <= SERIES_RATIO * (third.at - second.at)
  );
}

/** Whether a step is about the journey as a whole: then the same record says no more than the same journey. */
function isRoot({ journey: { record: root } }: JourneyView, { record }: Step): boolean {
  return record.key === root.key && record.type === root.type;
}

/** The first occurrence of the step for the same record, before this one. */
function firstFor({ journey, numbers }: JourneyView, position: number): Step | undefined {
  const { record } = journey.steps[position] as Step;
  for (let i = 0; i < position; i++) {
    if (numbers[i] !== numbers[position]) continue;
    const first = journey.steps[i] as Step;
    if (first.record.key === record.key && first.record.type === record.type) return first;
  }
  return undefined;
}

function upperShare(view: JourneyView, number: number, of: 'repeatsShare' | 'sameShare'): number {
  const usual = view.prepared?.step(number);
  const share = usual?.[of];
  return usual === undefined || share === undefined ? 1 : wilsonUpper(share * usual.journeys, usual.journeys);
}
