/** What of a keyboard event decides which shortcut it is. */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** One stroke as text: `mod+k` (Ctrl, or Cmd on a Mac), `?`, `g`. Undefined for strokes that are never a shortcut. */
export function strokeName(stroke: Stroke): string | undefined {
  if (stroke.altKey || stroke.key.length === 0) return undefined;
  if (['Control', 'Meta', 'Shift', 'Alt', 'Dead'].includes(stroke.key)) return undefined;
  const key = stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
  return stroke.ctrlKey || stroke.metaKey ? `mod+${key}` : key;
}

export type Match<T> =
  | { readonly kind: 'run'; readonly command: T }
  | { readonly kind: 'pending'; readonly prefix: string }
  | { readonly kind: 'none' };

/**
 * Looks a stroke up among shortcuts such as `mod+k`, `?` or the two-stroke `g r`. `prefix` is the pending first stroke; a
 * second stroke that completes nothing is tried again on its own.
 */
export function matchStroke<T extends { readonly keys?: string }>(
  commands: readonly T[],
  prefix: string | undefined,
  name: string,
): Match<T> {
  const wanted = prefix === undefined ? name : `${prefix} ${name}`;
  const exact = commands.find((command) => command.keys === wanted);
  if (exact !== undefined) return { kind: 'run', command: exact };
  if (prefix !== undefined) return matchStroke(commands, undefined, name);
  return commands.some((command) => command.keys?.startsWith(`${name} `) === true) ? { kind: 'pending', prefix: name } : { kind: 'none' };
}

/** A shortcut for display: `['Ctrl', 'K']` or `['⌘', 'K']`, `['G', 'R']`. */
export function keyCaps(keys: string, mac: boolean): readonly string[] {
  return keys
    .split(' ')
    .flatMap((stroke) => stroke.split('+'))
    .map((part) => (part === 'mod' ? (mac ? '⌘' : 'Ctrl') : part.length === 1 ? part.toUpperCase() : part));
}
