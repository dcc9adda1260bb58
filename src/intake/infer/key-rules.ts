import type { Draft } from '../draft.ts';
import type { KeyRule } from '../reading.ts';
import { compileUserRegex } from '../user-regex.ts';

/** Writes one key as its type's rule says. A rule never makes a key empty: what would be left of nothing stays as it was. */
export type KeyWriter = (key: string) => string;

/** Keys remembered per source: the same few stand in many entries. */
const MAX_CACHED = 10_000;

export function compileKeyRule(rule: KeyRule): KeyWriter {
  const capture = rule.capture === undefined ? undefined : compileUserRegex(rule.capture);
  const prefixes = (rule.stripPrefix ?? []).map((prefix) => prefix.toLowerCase());
  const known = new Map<string, string>();
  const write = (key: string): string => {
    let text = key;
    if (capture !== undefined) text = capture.find(text) || text;
    const lower = text.toLowerCase();
    const prefix = prefixes.find((one) => lower.startsWith(one) && lower.length > one.length);
    if (prefix !== undefined) text = text.slice(prefix.length);
    if (rule.stripZeros === true) text = withoutZeros(text);
    if (rule.case !== undefined) text = rule.case === 'upper' ? text.toUpperCase() : text.toLowerCase();
    return text.trim() === '' ? key : text.trim();
  };
  return (key) => {
    let written = known.get(key);
    if (written === undefined) {
      written = write(key);
      if (known.size < MAX_CACHED) known.set(key, written);
    }
    return written;
  };
}

function withoutZeros(text: string): string {
  let from = 0;
  while (text.charCodeAt(from) === 48) from++;
  return from === text.length ? '0' : text.slice(from);
}

/** Compiles the rules of all types to one that is run on a finished draft, wherever its keys were found. Undefined when there are none. */
export function compileKeyRules(types: Readonly<Record<string, KeyRule>> | undefined): ((draft: Draft) => void) | undefined {
  const writers = new Map(Object.entries(types ?? {}).map(([type, rule]) => [type, compileKeyRule(rule)]));
  if (writers.size === 0) return undefined;
  return (draft) => {
    const { idTypes, idValues } = draft;
    for (let i = 0; i < idTypes.length; i++) {
      const write = writers.get(idTypes[i]!);
      if (write !== undefined) idValues[i] = write(idValues[i]!);
    }
    const execution = draft.execution === '' ? undefined : writers.get(draft.executionType);
    if (execution !== undefined) draft.execution = execution(draft.execution);
  };
}
