import { PLATFORM_PROFILES } from '../../intake/profiles/index.ts';
import { keptProfiles } from '../../intake/profiles/user/kept.ts';
import { isChoosy } from '../../intake/profiles/user/match.ts';
import { profilesFolder } from '../engine/settings.ts';
import type { WireProfile } from '../wire.ts';

/** What `profile` may name: what the user keeps in Waybill's home, then the platforms', each in the order of its names. */
export function profileList(home: string): WireProfile[] {
  const ids = PLATFORM_PROFILES.map(({ id }) => id);
  const kept = keptProfiles(profilesFolder(home), ids).map(({ path, profile, problem }): WireProfile => ({
    id: profile?.profile ?? null,
    title: profile?.title ?? profile?.profile ?? '',
    path,
    matches: profile !== undefined && isChoosy(profile),
    problem: problem ?? null,
  }));
  const platforms = PLATFORM_PROFILES.map(({ id, title }): WireProfile => ({ id, title, path: null, matches: true, problem: null }));
  return [...kept, ...platforms.toSorted((a, b) => (a.title < b.title ? -1 : 1))];
}
