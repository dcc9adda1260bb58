import type { Completeness, CompletenessCounts } from '../../model/completeness.ts';
import type { Journey } from '../../model/journey.ts';
import type { DetectorContext } from '../types.ts';
import { viewOf } from '../view.ts';
import { absentSteps, lacksSteps } from './absent.ts';
import { comparedFields, fieldsFactor } from './fields.ts';
import { expectedSystems, systemsFactor } from './systems.ts';
import { timedCount, timesFactor } from './times.ts';

/**
 * How complete a journey is: what it should have by now, by all that is learned and declared, against what it has. It follows the definitions of the
 * detectors and says what is so, not what is worth a finding: what a failure kept from coming is absent all the same, and a wait that only took long because
 * something in it did is late as well.
 */
export function completenessOf(journey: Journey, context: DetectorContext): Completeness {
  const view = viewOf(journey, context);
  const absent = absentSteps(view);
  return { systems: systemsFactor(view, absent), fields: fieldsFactor(view), times: timesFactor(view, absent) };
}

/**
 * The counts of every journey of a shape of which the detectors say nothing (`quiet.ts`): all that is judged is as it should be, so that the shape tells
 * how much that is. Undefined when that depends on times.
 */
export function completenessWhenQuiet(journey: Journey, context: DetectorContext): CompletenessCounts | undefined {
  const view = viewOf(journey, context);
  if (lacksSteps(view)) return undefined;
  const systems = expectedSystems(view);
  systems.delete(journey.steps[0]?.system ?? '');
  const all = (of: number): { met: number; of: number } => ({ met: of, of });
  return { systems: all(systems.size), fields: all(comparedFields(view)), times: all(timedCount(view)) };
}
