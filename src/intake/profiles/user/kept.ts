import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readProfile } from './parse.ts';
import type { UserProfile } from './profile.ts';

/** A profile file that the user keeps in Waybill's home, or what is wrong with it. */
export interface KeptProfile {
  readonly path: string;
  readonly profile: UserProfile | undefined;
  /** One sentence with line and column; undefined when it can be used. */
  readonly problem: string | undefined;
}

/** A profile is a page or two. */
const MAX_BYTES = 1_000_000;
const MOST_PROFILES = 1000;

/**
 * The profiles in a folder (not below it), in the order of their names. Each says where it comes from. One that cannot be used is listed with the reason:
 * it must not stop an import that it has nothing to do with.
 * @param bases ids of platform profiles.
 */
export function keptProfiles(folder: string, bases: readonly string[]): readonly KeptProfile[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/i.test(name));
  const owners = new Map<string, string>();
  return names
    .toSorted()
    .slice(0, MOST_PROFILES)
    .map((name): KeptProfile => {
      const path = join(folder, name);
      const read = readKept(path, bases);
      if (read.profile === undefined) return { path, ...read };
      const owner = owners.get(read.profile.profile);
      if (owner !== undefined) return { path, profile: undefined, problem: `the id ${read.profile.profile} is that of ${owner}` };
      owners.set(read.profile.profile, path);
      return { path, ...read };
    });
}

function readKept(path: string, bases: readonly string[]): Omit<KeptProfile, 'path'> {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) return { profile: undefined, problem: 'it is too long for a profile' };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { profile: undefined, problem: `it cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { profile, problems } = readProfile(text, bases);
  const [first] = problems;
  if (profile !== undefined) return { profile: { ...profile, origin: path }, problem: undefined };
  return { profile: undefined, problem: `line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${first?.message ?? 'it is no profile'}` };
}
