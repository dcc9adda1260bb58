import { UserError } from '../model/errors.ts';
import { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import { compileMapping } from './infer/compile.ts';
import { inferMapping } from './infer/infer.ts';
import { createOpener } from './infer/paths.ts';
import { compileRecords } from './infer/record-path.ts';
import type { Emit, Mapper, Mapping, PlatformProfile, SourceContext } from './mapper.ts';
import { withWords, wordsOfPlatform } from './profiles/said-words.ts';
import { applyProfile, applyToBase } from './profiles/user/apply.ts';
import { stubMapping } from './profiles/user/match.ts';
import type { UserProfile } from './profiles/user/profile.ts';
import { completeTimes, isNewestFirst, timesOf } from './sample-times.ts';
import { isZeroDay, zeroAmong } from './time/plausible.ts';
import { watch } from './watch.ts';

/** A platform must be at least this sure to go before inference. */
const RECOGNISED = 0.5;
/** Platforms look at this many entries. */
const LOOK_AT = 200;

export interface UnderstandOptions {
  /** Id of a platform profile, or `inferred`, to use instead of recognising. */
  readonly profile?: string | undefined;
  readonly userProfile?: UserProfile | undefined;
}

export interface Understanding {
  readonly mapping: Mapping;
  /** A mapper for a mapping of this source: the one above, or one that the user has changed. */
  compile(source: SourceContext, mapping: Mapping): Mapper;
}

/**
 * Finds out what a source's entries mean, from the first of them: a user's profile, else the platform that recognises them best, else inference.
 * Throws `UserError` (`profile-invalid`) when a profile is asked for that does not exist.
 */
export function understand(
  entries: readonly Entry[],
  source: SourceContext,
  options: UnderstandOptions,
  platformProfiles: readonly PlatformProfile[],
): Understanding {
  const compile = (context: SourceContext, mapping: Mapping): Mapper => compileFor(context, mapping, platformProfiles);
  let described = completeTimes(describe(entries, source, options, platformProfiles), entries, source);
  // What a profile says of entries that it rejects is found out from those.
  for (const userProfile of options.userProfile?.otherwise ?? []) {
    const rest = rejected(entries, compile(source, described));
    const sample = rest.length > 0 ? rest : entries;
    const other = completeTimes(describe(sample, source, { ...options, userProfile }, platformProfiles), sample, source);
    described = { ...described, otherwise: [...(described.otherwise ?? []), other] };
  }
  const times = timesOf(entries, compile(source, { ...described, zeroIsTime: true }));
  const zeroIsTime = zeroAmong(times);
  const newestFirst = isNewestFirst(zeroIsTime ? times : times.filter((time) => !isZeroDay(time)));
  return { mapping: { ...described, ...(newestFirst ? { newestFirst } : {}), ...(zeroIsTime ? { zeroIsTime } : {}) }, compile };
}

function rejected(entries: readonly Entry[], mapper: Mapper): readonly Entry[] {
  const draft = new Draft();
  return entries.filter((entry) => {
    draft.reset();
    return mapper(entry, draft, () => undefined) !== undefined;
  });
}

/** The mapper of a mapping, without looking at entries: what a worker needs that is handed a mapping. */
export function compileFor(source: SourceContext, mapping: Mapping, platformProfiles: readonly PlatformProfile[]): Mapper {
  const others = mapping.otherwise ?? [];
  if (others.length === 0) return compileOne(source, mapping, platformProfiles);
  return inTurn((number) => [mapping, ...others].map((one) => compileOne(source, one, platformProfiles, number)));
}

function compileOne(source: SourceContext, mapping: Mapping, platformProfiles: readonly PlatformProfile[], number?: () => number): Mapper {
  const id = mapping.base ?? mapping.profile;
  const platform = platformProfiles.find((profile) => profile.id === id);
  if (platform === undefined) return watch(compileMapping(source, mapping), source, mapping, number);
  const context = {
    ...source,
    system: mapping.system === '' ? source.system : mapping.system,
    zone: mapping.zone === '' ? source.zone : mapping.zone,
  };
  return watch(withWords(platform.compile(context, mapping), wordsOfPlatform(mapping)), source, mapping, number);
}

/** Tries one mapper after the other, until one understands the entry. What none does is rejected for the reason of the first. */
function inTurn(compile: (number: () => number) => readonly Mapper[]): Mapper {
  let number = 0;
  const mappers = compile(() => number);
  const mapper: Mapper = (entry, draft, emit) => {
    number++;
    let events = 0;
    const counted: Emit = (at) => {
      events++;
      emit(at);
    };
    let rejected: string | undefined;
    for (const next of mappers) {
      if (rejected !== undefined) draft.reset();
      const reason = next(entry, draft, counted);
      if (reason === undefined) return undefined;
      rejected ??= reason;
      // It understood a part of the entry: another would tell that again.
      if (events > 0) break;
    }
    return rejected;
  };
  return Object.assign(mapper, {
    end: (draft: Draft, emit: Emit): void => {
      for (const next of mappers) {
        draft.reset();
        next.end?.(draft, emit);
      }
    },
  });
}

function describe(
  entries: readonly Entry[],
  source: SourceContext,
  options: UnderstandOptions,
  platforms: readonly PlatformProfile[],
): Mapping {
  const user = options.userProfile;
  const wanted = user?.base ?? (user === undefined ? options.profile : undefined);
  if (user !== undefined && user.base === undefined) return applyProfile(inferMapping(recordsOf(entries, source, user), source), user);
  if (wanted !== undefined && wanted !== 'inferred') {
    const platform = platforms.find((profile) => profile.id === wanted);
    if (platform === undefined && entries.length > 0) {
      throw new UserError(
        'profile-invalid',
        `there is no profile ${wanted}; there are ${platforms.map((profile) => profile.id).join(', ')}, or a YAML file`,
      );
    }
    // Nothing to describe: the caller only wants to compile a mapping it has.
    if (platform === undefined || entries.length === 0) return { ...inferMapping(entries, source), profile: user?.profile ?? wanted };
    const mapping = platform.describe(entries, source);
    return user === undefined ? mapping : applyToBase(mapping, user, platform.id);
  }
  if (wanted === 'inferred') return inferMapping(entries, source);
  return recognise(entries, source, platforms) ?? inferMapping(entries, source);
}

/** The records that a profile selects within entries, so that inference sees what will be read. */
function recordsOf(entries: readonly Entry[], source: SourceContext, user: UserProfile): readonly Entry[] {
  const { reader } = compileRecords(source, stubMapping(user), createOpener());
  if (reader === undefined) return entries;
  return entries.flatMap((entry) => {
    const records: Entry[] = [];
    reader(entry, (root, context) => {
      if (entry.kind === 'tree' && !Array.isArray(root))
        records.push({ ...entry, value: root as Exclude<typeof root, readonly string[]>, context });
    });
    return records;
  });
}

function recognise(entries: readonly Entry[], source: SourceContext, platforms: readonly PlatformProfile[]): Mapping | undefined {
  const head = entries.slice(0, LOOK_AT);
  let best: { profile: PlatformProfile; confidence: number; reason: string } | undefined;
  for (const profile of platforms) {
    const found = profile.recognise(head, source);
    if (found !== undefined && found.confidence >= RECOGNISED && found.confidence > (best?.confidence ?? 0)) best = { profile, ...found };
  }
  if (best === undefined) return undefined;
  return { ...best.profile.describe(entries, source), confidence: best.confidence, reason: best.reason };
}
