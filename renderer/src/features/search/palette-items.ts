import type { WireSearchHit } from '../../../../src/api/wire.ts';
import type { Command } from '../../app/commands.ts';
import { ranked } from '../../app/rank.ts';

/** One line of the palette. */
export type PaletteItem =
  | { readonly kind: 'hit'; readonly id: string; readonly hit: WireSearchHit }
  | { readonly kind: 'records'; readonly id: string; readonly text: string }
  | { readonly kind: 'command'; readonly id: string; readonly command: Command };

export interface PaletteGroup {
  readonly label: string;
  readonly items: readonly PaletteItem[];
}

/** Commands shown beside hits; all of them when nothing was typed. */
const COMMANDS_BESIDE_HITS = 5;

/**
 * What the palette offers: records first, so that pasting an identifier and Enter opens its journey; a command whose title
 * begins with what was typed goes before them only where no identifier matches exactly. Empty groups are left out.
 */
export function groupsFor(text: string, hits: readonly WireSearchHit[], commands: readonly Command[]): readonly PaletteGroup[] {
  const matching = ranked(commands, text, (command) => command.title);
  const commandGroup: PaletteGroup = {
    label: 'Commands',
    items: (text === '' ? matching : matching.slice(0, COMMANDS_BESIDE_HITS)).map((command) => ({
      kind: 'command',
      id: `command ${command.id}`,
      command,
    })),
  };
  const hitItems: PaletteItem[] = hits.map((hit) => ({ kind: 'hit', id: `hit ${hit.type} ${hit.key} ${hit.matched}`, hit }));
  if (hitItems.length > 0) hitItems.push({ kind: 'records', id: 'records', text });
  const hitGroup: PaletteGroup = { label: 'Records', items: hitItems };
  const lower = text.toLowerCase();
  const exact = hits.some((hit) => hit.key.toLowerCase() === lower || hit.matched.toLowerCase() === lower);
  const first = matching[0];
  const commandFirst = text !== '' && !exact && first !== undefined && first.title.toLowerCase().startsWith(lower);
  return (commandFirst ? [commandGroup, hitGroup] : [hitGroup, commandGroup]).filter((group) => group.items.length > 0);
}

/** The text of an item, for the screen reader and for filling in. */
export function itemText(item: PaletteItem): string {
  switch (item.kind) {
    case 'hit':
      return item.hit.key;
    case 'records':
      return item.text;
    case 'command':
      return item.command.title;
  }
}
