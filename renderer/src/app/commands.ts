import { useEffect } from 'react';
import { create } from 'zustand';

/** Something the user can do, from the palette or by a key. One registry feeds the palette, the shortcuts and the help. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Go to' | 'Do' | 'View';
  /** `mod+k`, `?`, or two strokes: `g r`. */
  readonly keys?: string;
  readonly run: () => void;
}

interface CommandsSlice {
  readonly sets: readonly (readonly Command[])[];
}

const useCommandSets = create<CommandsSlice>()(() => ({ sets: [] }));

/** Offers these commands while the component is mounted. The list must be stable between renders (`useMemo`). */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    useCommandSets.setState(({ sets }) => ({ sets: [...sets, commands] }));
    return () => useCommandSets.setState(({ sets }) => ({ sets: sets.filter((set) => set !== commands) }));
  }, [commands]);
}

/** All commands offered now, the oldest first. */
export function useAllCommands(): readonly Command[] {
  return useCommandSets((state) => state.sets).flat();
}

/** The same outside of rendering, for the key handler. */
export function currentCommands(): readonly Command[] {
  return useCommandSets.getState().sets.flat();
}
