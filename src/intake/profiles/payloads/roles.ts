import { namedRole } from '../business.ts';
import type { NamedRole } from '../business.ts';

/** Names seen at most this often are remembered; a source that makes up a name per entry does not fill the memory. */
const REMEMBERED = 5_000;

/** What the name of a field says of its value, for a record of this type. */
export type RoleOf = (name: string, type: string) => NamedRole;

/** Judges names once per source. `owned`: people chose the names for business use. */
export function createRoles(owned: boolean): RoleOf {
  const known = new Map<string, NamedRole>();
  return (name, type) => {
    const key = `${type} ${name}`;
    const hit = known.get(key);
    if (hit !== undefined) return hit;
    const role = namedRole(name, owned, type);
    if (known.size < REMEMBERED) known.set(key, role);
    return role;
  };
}

/** Remembers what a function of a short text gives. One per source. */
export function remembered(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const value = compute(text);
    if (known.size < REMEMBERED && text.length < 200) known.set(text, value);
    return value;
  };
}
