/** How many categorical colours the token file holds (`--sys-1` … `--sys-10`). */
export const SYSTEM_COLOURS = 10;

/**
 * Gives every system a colour number (1-based) by the alphabetical order of the names, so that the same workspace always
 * has the same colours on every page. Beyond the palette the numbers repeat: the name always stands beside the colour.
 */
export function systemNumbers(systems: readonly string[]): ReadonlyMap<string, number> {
  const names = [...new Set(systems)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return new Map(names.map((name, index) => [name, (index % SYSTEM_COLOURS) + 1]));
}

/** A number for a name that the workspace does not list: the same for the same name. */
export function fallbackNumber(system: string): number {
  let hash = 0;
  for (let index = 0; index < system.length; index += 1) hash = (hash * 31 + system.charCodeAt(index)) % 9973;
  return (hash % SYSTEM_COLOURS) + 1;
}
