import { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import type { Mapper, Mapping } from './mapper.ts';

/** Messages that tell of a record in at least this share of the lines are what happened to it. */
const SHARE = 0.5;

/**
 * A log whose lines name records only in their text (`Created sales order for SO-77`) tells what happened to them, like one that has a field for
 * the key: its lines are steps. Which texts are keys is known only after the fields of all sources were seen, so this is asked of a mapping that
 * took the lines for notes. Undefined where it stays as it is: a platform's log, lines of spans, a text of its own on every line.
 * @param mapper that of the mapping, with the shapes of keys.
 */
export function stepsToldInText(mapping: Mapping, entries: readonly Entry[], mapper: Mapper): Mapping | undefined {
  const has = (role: string): boolean => mapping.fields.some((field) => field.role === role);
  if (mapping.profile !== 'inferred' || mapping.kind !== 'note' || has('span') || !has('message')) return undefined;
  const draft = new Draft();
  const kinds = new Set<string>();
  let events = 0;
  let telling = 0;
  for (const entry of entries) {
    draft.reset();
    mapper(entry, draft, () => {
      events++;
      if (!draft.idPaths.includes('text')) return;
      telling++;
      kinds.add(draft.step);
    });
  }
  if (telling === 0 || telling < SHARE * events || kinds.size > Math.max(8, SHARE * telling)) return undefined;
  return {
    ...mapping,
    kind: 'step',
    reason: `${telling} of ${events} lines name a record in their text, in ${kinds.size} kinds of messages: the message says what happened`,
  };
}
