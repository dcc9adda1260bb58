import { UserError } from '../../../model/errors.ts';
import type { Part, Refusal } from '../../containers/types.ts';
import { parseProfile } from './parse.ts';
import type { UserProfile } from './profile.ts';

/** A profile is a page or two. */
const MAX_BYTES = 1_000_000;

/** What a part turned out to be; undefined when it is no profile. */
export type ProfilePart =
  | { readonly profile: UserProfile; readonly refusal?: undefined }
  | { readonly profile?: undefined; readonly refusal: Refusal };

/**
 * Reads a profile that lies among the data: a YAML file that says `profile:`. One that cannot be used is a refusal with its line and column. `bases` are the
 * ids of platform profiles.
 */
export async function readProfilePart(part: Part, bases: readonly string[]): Promise<ProfilePart | undefined> {
  if (part.path === '-' || !/\.ya?ml$/i.test(part.member ?? part.path)) return undefined;
  const text = await textOf(part);
  if (text === undefined || !/^profile[ \t]*:/m.test(text)) return undefined;
  try {
    return { profile: { ...parseProfile(text, part.name, bases), origin: part.name } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { refusal: { path: part.path, code: 'profile-invalid', reason: error.message } };
  }
}

/** Undefined for what is too long for a profile or cannot be read: who reads it as data says so. */
async function textOf(part: Part): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of part.open()) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_BYTES) return undefined;
    }
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}
