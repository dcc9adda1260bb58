import { wilsonUpper } from '../../flows/index.ts';
import type { DurationModel, FollowExpectation } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Step } from '../../model/journey.ts';
import { formatDuration, MICROS_PER_SECOND } from '../../model/time.ts';
import { evidenceOf, finding, MIN_OBSERVATIONS, NOTHING, shareText } from '../finding.ts';
import { lateBy } from '../lateness.ts';
import type { Detection, Detector } from '../types.ts';
import { isUnseenAt } from '../unseen.ts';
import type { JourneyView } from '../view.ts';
import { viewOf } from '../view.ts';

/**
 * One step always comes after the other when at 97.5 % confidence fewer than this share of journeys have them the other way round: the share from which on two
 * steps count as concurrent (Heuristics Miner, Weijters 2006).
 */
const REVERSED_SHARE = 0.05;
/** 99 % of a log-normal lie above its median less this many spreads. */
const FASTEST = 2.33;
/** Of a step that repeats in more than this share of journeys the first occurrence need not be the one that belongs to the other step. */
const LOOP_SHARE = 0.2;
/** A wait of this long that varies by this little (in ln) is no wait for the other step: a timetable sets both. */
const TIMETABLE = 600 * MICROS_PER_SECOND;
const CONSTANT = 0.1;
/** What clocks of two systems may differ by without anybody noticing. */
const BETWEEN_SYSTEMS = MICROS_PER_SECOND;
/** How coarse the times of a system are held to be where it is not known. */
const USUAL_ERROR = MICROS_PER_SECOND;

export const orderDetector: Detector = {
  id: 'order',
  version: 1,
  kind: 'order',
  subkinds: ['out-of-order'],
  title: 'An effect came before its cause',
  doc: {
    what: 'A step began before the one that it follows in all other journeys.',
    why: 'Goods that are shipped before the money is there, or an update that overtakes the creation it is about, go wrong later and elsewhere.',
    how: 'The step that best predicts when another begins stands before it in nearly all journeys: the upper bound of the share that has them the other way round lies below the parameter. Here it began later, by more than the clocks of both can be off, and by more than the usual wait between them lets run over. Times are those of corrected clocks, and the first occurrence of each step counts.',
    silent:
      'Where too few journeys were seen; where steps are concurrent, so that both orders are frequent; where both are usually told at one time or keep to a timetable; where one of them repeats by design, so that the first occurrences need not belong together; where times are coarser than what they would have to tell, or a clock is unclear; where the cause may have come before its log began; where the cause was late and the step came when it would have followed a cause in time: that is a delay; and where the cause never came: that is a gap.',
  },
  parameters: [
    { name: 'reversed share', value: REVERSED_SHARE, meaning: 'upper bound of the share of journeys in the other order' },
    { name: 'loop share', value: LOOP_SHARE, meaning: 'share of journeys with repeats of a step from which on its order is not judged' },
    { name: 'timetable', value: '10 min', meaning: 'waits of this and more that vary by less than a tenth are those of a timetable' },
    { name: 'between systems', value: '1 s', meaning: 'what clocks of two systems may differ by beside what is known of them' },
  ],
  detect(journey, context): Detection {
    const view = viewOf(journey, context);
    const errors = context.scope.clockErrors ?? {};
    const errorOf = (system: string): number => errors[system] ?? USUAL_ERROR;
    const findings = inversions(view).flatMap(({ cause, at, effect, follow }) => {
      const by = (cause.startedAt ?? 0) - (effect.startedAt ?? 0);
      const sameSystem = cause.system === effect.system;
      const error = sameSystem ? errorOf(cause.system) : errorOf(cause.system) + errorOf(effect.system) + BETWEEN_SYSTEMS;
      if (by <= error || by <= reach(follow) || !isOrdered(follow) || isInTime(follow, by, lateBy(view, at))) return [];
      if (isUnseenAt(view, cause.system, effect.startedAt ?? 0)) return [];
      const seen = follow.inOrder + follow.reversed;
      return finding(journey, {
        kind: 'order',
        subkind: 'out-of-order',
        severity: 'warning',
        confidence: 1 - wilsonUpper(follow.reversed, seen),
        record: effect.record,
        place: effect,
        steps: [effect.id, cause.id],
        at: effect.startedAt,
        title: `${nameOf(effect)} came ${formatDuration(by)} before ${nameOf(cause)}`,
        explanation: `${nameOf(effect)} follows ${nameOf(cause)} in ${shareText(follow.inOrder, seen)} of the journeys that have both; here it began ${formatDuration(by)} earlier.`,
        expected: `after ${nameOf(cause)}`,
        actual: `${formatDuration(by)} before it`,
        evidence: [...evidenceOf(effect), ...evidenceOf(cause)],
      });
    });
    return findings.length === 0 ? NOTHING : { findings, ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context) {
    return inversions(viewOf(journey, context)).length === 0;
  },
};

interface Inversion {
  readonly cause: Step;
  /** Position of the cause. */
  readonly at: number;
  readonly effect: Step;
  readonly follow: FollowExpectation;
}

/**
 * How early an effect may come for it to belong with the others: waits that begin at nothing run over into both orders where there is no cause. Its time must
 * lie as far below the fastest as the usual one lies above it.
 */
function reach({ latency }: FollowExpectation): number {
  if (latency === undefined) return 0;
  return latency.median - 2 * fastest(latency);
}

/** Whether the effect came when it would have followed its cause, had that been in time: then only the cause is late, and the effect does not wait for it. */
function isInTime({ latency }: FollowExpectation, by: number, late: number): boolean {
  return latency !== undefined && late - by >= fastest(latency);
}

function fastest({ logMedian, logSpread }: DurationModel): number {
  return Math.exp(logMedian - FASTEST * logSpread);
}

/**
 * Whether the times between the two show an order at all: not where they are mostly told at one time, nor where both keep to a timetable.
 * Then something else decides which is first.
 */
function isOrdered({ latency }: FollowExpectation): boolean {
  if (latency === undefined) return true;
  return latency.median > 0 && !(latency.median > TIMETABLE && latency.logSpread <= CONSTANT);
}

/** Steps of the journey that began before what they always follow. Times are compared, and nothing else is asked of them. */
function inversions(view: JourneyView): readonly Inversion[] {
  const { prepared, journey } = view;
  if (prepared === undefined || prepared.type.journeys < MIN_OBSERVATIONS) return NONE;
  let found: Inversion[] | undefined;
  for (let i = 0; i < journey.steps.length; i++) {
    const number = view.numbers[i]!;
    const follow = number < 0 ? undefined : view.followOf(number);
    if (follow === undefined || view.positionOf(number) !== i) continue;
    const at = view.positionOf(follow.after);
    if (at < 0) continue;
    const [cause, effect] = [journey.steps[at]!, journey.steps[i]!];
    if (cause.startedAt === undefined || effect.startedAt === undefined || effect.startedAt >= cause.startedAt) continue;
    if ([number, follow.after].some((each) => (prepared.type.steps[each]?.repeatsShare ?? 0) > LOOP_SHARE)) continue;
    if (wilsonUpper(follow.reversed, follow.inOrder + follow.reversed) >= REVERSED_SHARE) continue;
    (found ??= []).push({ cause, at, effect, follow });
  }
  return found ?? NONE;
}

const NONE: readonly Inversion[] = Object.freeze([]);
