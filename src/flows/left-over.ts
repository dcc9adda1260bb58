import type { StepKey, TypeExpectations } from './types.ts';

/** At most this many journeys of a type, as a share of those of the other, can be what is left of journeys of the other. */
const LEFT_OVER_SHARE = 0.05;

/** A step of fewer of its own journeys than this does not make a type another one: one entry that was cut off is no process. */
const OWN_STEP_SHARE = 0.2;

/**
 * Finds the types of records whose few journeys hold nothing but steps of the journeys of a far more frequent type, and among them one that begins those: a notice that never became
 * a claim has no claim to be filed under, and would be judged by the other notices that never did. Answers type → the type they are left over from.
 * Where several would do, the most frequent.
 */
export function findLeftOver(byType: { readonly [recordType: string]: TypeExpectations }): ReadonlyMap<string, string> {
  const names = Object.keys(byType);
  const steps = new Map(names.map((name) => [name, new Set(byType[name]!.steps.map(nameOf))]));
  const found = new Map<string, string>();
  for (const name of names) {
    const own = byType[name]!;
    const usual = own.steps.filter((step) => step.journeys >= OWN_STEP_SHARE * own.journeys);
    const whole = names
      .filter((other) => other !== name && own.journeys <= LEFT_OVER_SHARE * byType[other]!.journeys)
      .filter((other) => usual.length > 0 && usual.every((step) => steps.get(other)!.has(nameOf(step))))
      .filter((other) => usual.some((step) => begins(byType[other]!, step)))
      .toSorted((a, b) => byType[b]!.journeys - byType[a]!.journeys)[0];
    if (whole !== undefined) found.set(name, whole);
  }
  return found;
}

/** Whether a step of a type follows no other: what is left over from the middle or the end may have been tied to something else that was lost. */
function begins({ steps, follows }: TypeExpectations, step: StepKey): boolean {
  const number = steps.findIndex((other) => nameOf(other) === nameOf(step));
  return number >= 0 && !follows.some((follow) => follow.step === number);
}

function nameOf({ system, flow, step }: StepKey): string {
  return [system, flow ?? '', step].join('\u0000');
}
