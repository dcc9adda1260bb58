import type { StepKey } from '../types.ts';

/**
 * Whether a step is the one that a passport calls by this name: `system.step`, in whatever flow, or `system.flow.step`. The whole text is compared,
 * because names of systems and steps may hold dots of their own.
 */
export function isCalled(name: string, { system, flow, step }: StepKey): boolean {
  // Without building a text for each step that is something else.
  if (!name.startsWith(system) || !name.endsWith(step)) return false;
  return name === `${system}.${step}` || (flow !== undefined && name === `${system}.${flow}.${step}`);
}

/** The name by which a passport calls a step in whatever flow. */
export function passportName({ system, step }: StepKey): string {
  return `${system}.${step}`;
}

/** What a name stands for where no step is called so: the system is what stands before the first dot. */
export function unseenStep(name: string): StepKey {
  const dot = name.indexOf('.');
  return dot <= 0
    ? { system: name, flow: undefined, step: name }
    : { system: name.slice(0, dot), flow: undefined, step: name.slice(dot + 1) };
}
