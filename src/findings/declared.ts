import { deadlineOf } from '../flows/index.ts';
import type { Declaration, DeclaredAgreement, DeclaredFollow } from '../flows/index.ts';
import { foldText, numberOf, textOf, valuesAgree } from '../journey/index.ts';
import type { Attribute } from '../model/event.ts';
import type { StateValue, Step } from '../model/journey.ts';

/** Where it was declared, and who answers for it: `Declared in order-to-cash, line 12 (owner: sales-it; runbook: …).` */
export function declaredText({ passport, line, owner, runbook }: Declaration): string {
  const about = [owner === undefined ? '' : `owner: ${owner}`, runbook === undefined ? '' : `runbook: ${runbook}`].filter(Boolean);
  return `Declared in ${passport}, line ${line}${about.length === 0 ? '' : ` (${about.join('; ')})`}.`;
}

/** By when (µs) a declared step must have come, when what makes it due ended at `since`; undefined where no window is declared. */
export function deadlineAfter({ window }: DeclaredFollow, since: number): number | undefined {
  return window === undefined ? undefined : deadlineOf(window)(since);
}

/** Whether a value was told by the one that a passport calls so: a system, or a step of it. */
export function isTeller(name: string, { system, step }: Pick<StateValue, 'system' | 'step'>): boolean {
  return name === system || (name.length > system.length && name === `${system}.${step}`);
}

/** Whether two values are declared to mean the same; A leads. */
export function agreesAsDeclared({ tolerance, values }: DeclaredAgreement, a: Attribute, b: Attribute): boolean {
  if (valuesAgree(a, b)) return true;
  const words = values?.[foldText(textOf(a))];
  if (words !== undefined) return words.includes(foldText(textOf(b)));
  const [x, y] = [numberOf(a), numberOf(b)];
  if (tolerance === undefined || x === undefined || y === undefined) return false;
  const difference = Math.abs(x - y);
  return 'absolute' in tolerance ? difference <= tolerance.absolute : difference <= tolerance.share * Math.abs(x);
}

/** When a step had been done. */
export function doneAt({ endedAt, attempts, startedAt }: Step): number | undefined {
  return endedAt ?? attempts.at(-1)?.at ?? startedAt;
}
