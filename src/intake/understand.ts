import { UserError } from '../model/errors.ts';
import type { Entry } from './entry.ts';
import { compileMapping } from './infer/compile.ts';
import { inferMapping } from './infer/infer.ts';
import type { Mapper, Mapping, PlatformProfile, SourceContext } from './mapper.ts';
import type { UserProfile } from './profiles/user-profile.ts';
import { applyProfile } from './profiles/user-profile.ts';

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
  return {
    mapping: describe(entries, source, options, platformProfiles),
    compile: (context, mapping) => compileFor(context, mapping, platformProfiles),
  };
}

/** The mapper of a mapping, without looking at entries: what a worker needs that is handed a mapping. */
export function compileFor(source: SourceContext, mapping: Mapping, platformProfiles: readonly PlatformProfile[]): Mapper {
  const id = mapping.base ?? mapping.profile;
  const platform = platformProfiles.find((profile) => profile.id === id);
  if (platform === undefined) return compileMapping(source, mapping);
  return platform.compile(
    { ...source, system: mapping.system === '' ? source.system : mapping.system, zone: mapping.zone === '' ? source.zone : mapping.zone },
    mapping,
  );
}

function describe(
  entries: readonly Entry[],
  source: SourceContext,
  options: UnderstandOptions,
  platforms: readonly PlatformProfile[],
): Mapping {
  const user = options.userProfile;
  const wanted = user?.base ?? (user === undefined ? options.profile : undefined);
  if (user !== undefined && user.base === undefined) return applyProfile(inferMapping(entries, source), user);
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
    return user === undefined ? mapping : { ...applyProfile(mapping, user), base: platform.id };
  }
  if (wanted === 'inferred') return inferMapping(entries, source);
  return recognise(entries, source, platforms) ?? inferMapping(entries, source);
}

function recognise(entries: readonly Entry[], source: SourceContext, platforms: readonly PlatformProfile[]): Mapping | undefined {
  const head = entries.slice(0, LOOK_AT);
  if (head.length === 0) return undefined;
  let best: { profile: PlatformProfile; confidence: number; reason: string } | undefined;
  for (const profile of platforms) {
    const found = profile.recognise(head, source);
    if (found !== undefined && found.confidence >= RECOGNISED && found.confidence > (best?.confidence ?? 0)) best = { profile, ...found };
  }
  if (best === undefined) return undefined;
  return { ...best.profile.describe(entries, source), confidence: best.confidence, reason: best.reason };
}
