import type { Draft } from './draft.ts';
import type { Entry, Place } from './entry.ts';
import { compileAdded } from './infer/compile-added.ts';
import { compileKeyRules } from './infer/key-rules.ts';
import { compileRetype } from './infer/retype.ts';
import type { Emit, Mapper, Mapping, SourceContext } from './mapper.ts';
import { describeTime, IMPLAUSIBLE, LONGEST } from './odd-times.ts';
import { isListedWord, levelClass } from './profiles/vocabulary.ts';
import type { SpanMapper } from './span-mapper.ts';
import { Plausibility } from './time/plausible.ts';

const HIGHEST_ORDINAL = 0xffff_ffff;

/**
 * Lays what holds for every mapper, whether in code or made from a mapping, around one: keys are written as their types say, and get the type that
 * their shape has elsewhere where their field says none; times that cannot
 * be are taken away (the attribute `time.implausible` keeps them), status words that nobody listed are counted, and where a source is written newest first
 * its entries are numbered from the end.
 * @param number the number of the entry in its source, for a mapper that does not see all of them.
 */
export function watch(mapper: Mapper, source: SourceContext, mapping: Mapping, number?: () => number): Mapper {
  const { notices } = source;
  const vocabulary = mapping.reading?.vocabulary ?? mapping.base ?? mapping.profile;
  const writeKeys = compileKeyRules(mapping.reading?.types);
  const retype = compileRetype(source.textPatterns);
  const added = mapping.added === undefined ? undefined : compileAdded(source, mapping, mapping.added);
  const plausibility = new Plausibility(mapping.zeroIsTime);
  let downstream: Emit | undefined;
  let draft: Draft | undefined;
  let entry: Entry | undefined;
  let ordinal = 0;

  const check = (event: Draft, own: boolean): void => {
    if (added !== undefined && own && entry !== undefined) added(entry, event);
    if (!Number.isNaN(event.time) && !plausibility.accepts(event.time)) {
      event.attribute(IMPLAUSIBLE, describeTime(event.time), Number.NaN);
      event.time = Number.NaN;
      event.end = Number.NaN;
      notices?.implausibleTime();
    } else if (event.end - event.time > LONGEST) event.end = Number.NaN;
    writeKeys?.(event);
    retype?.(event);
    if (notices !== undefined && event.status === 'unknown' && event.statusRaw !== '' && levelClass(event.statusRaw) === undefined) {
      if (!isListedWord(event.statusRaw, vocabulary)) notices.unknownStatus(event.statusRaw);
    }
    if (mapping.newestFirst === true && Number.isNaN(event.sequence)) event.sequence = HIGHEST_ORDINAL - (number?.() ?? ordinal);
  };
  const emit = (at?: Place): void => {
    if (draft !== undefined) check(draft, at === undefined);
    downstream?.(at);
  };
  const watched = (next: Entry, into: Draft, to: Emit): string | undefined => {
    downstream = to;
    draft = into;
    entry = next;
    ordinal++;
    return mapper(next, into, emit);
  };
  const { end } = mapper;
  const spans = (): SpanMapper | undefined =>
    mapper.compileSpans?.({
      accepts: (time) => plausibility.accepts(time),
      ordinal: () => {
        ordinal++;
        return mapping.newestFirst === true ? HIGHEST_ORDINAL - ordinal : undefined;
      },
    });
  if (end === undefined) return Object.assign(watched, { spans });
  return Object.assign(watched, {
    spans,
    end: (into: Draft, to: Emit): void => {
      downstream = to;
      draft = into;
      entry = undefined;
      end(into, emit);
    },
  });
}
