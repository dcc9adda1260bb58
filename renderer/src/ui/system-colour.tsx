import { createContext, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import { fallbackNumber, systemNumbers } from './system-index.ts';

const SystemNumbers = createContext<ReadonlyMap<string, number>>(new Map());

/** Tells the parts below which systems the workspace knows (the shell passes those of the coverage). */
export function SystemColours({ systems, children }: { readonly systems: readonly string[]; readonly children: ReactNode }) {
  const key = systems.join('\n');
  // The list is rebuilt with every answer; its content decides.
  const numbers = useMemo(() => systemNumbers(key === '' ? [] : key.split('\n')), [key]);
  return <SystemNumbers value={numbers}>{children}</SystemNumbers>;
}

/** A function from a system's name to its CSS colour, `var(--sys-3)`. */
export function useSystemColour(): (system: string) => string {
  const numbers = use(SystemNumbers);
  return (system) => `var(--sys-${numbers.get(system) ?? fallbackNumber(system)})`;
}

/** The workspace's systems in the order of their colours. */
export function useKnownSystems(): readonly string[] {
  return [...use(SystemNumbers).keys()];
}
