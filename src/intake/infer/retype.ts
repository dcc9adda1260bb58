import type { Draft } from '../draft.ts';
import type { TextPattern } from '../mapper.ts';
import { compileFinder, UNTYPED } from './text-patterns.ts';

/**
 * Gives identifiers that no field types the type that keys of their shape have elsewhere: in a log whose cases are called `SO-77`, beside an export
 * that has `SO-71` to `SO-82` as order numbers, the cases are orders. Undefined when no shapes are known.
 */
export function compileRetype(patterns: readonly TextPattern[]): ((draft: Draft) => void) | undefined {
  const typed = patterns.filter((pattern) => !UNTYPED.has(pattern.type));
  if (typed.length === 0) return undefined;
  const find = compileFinder(typed);
  let value = '';
  let type = '';
  const whole = (found: string, key: string): void => {
    if (key === value) type = found;
  };
  return (draft) => {
    for (let i = 0; i < draft.idTypes.length; i++) {
      if (!UNTYPED.has(draft.idTypes[i]!)) continue;
      value = draft.idValues[i]!;
      type = '';
      find(value, whole);
      if (type !== '') draft.idTypes[i] = type;
    }
  };
}
