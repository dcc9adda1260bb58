import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { create } from 'zustand';
import { errorText } from '../ui/error-text.ts';
import { useClient } from './api.ts';
import { grantsFor } from './files.ts';
import type { NamedFile } from './files.ts';
import { desktop } from './host.ts';

/** What happens between choosing files and seeing how they would be understood. */
export type IntakeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'handing-over'; readonly index: number; readonly total: number; readonly name: string }
  | { readonly kind: 'looking'; readonly total: number }
  | { readonly kind: 'failed'; readonly message: string };

/** State of the intake, shown by the shell. */
export const useIntake = create<{ readonly state: IntakeState }>()(() => ({ state: { kind: 'idle' } }));

function setState(state: IntakeState): void {
  useIntake.setState({ state });
}

/** The files of a plan that was made on this page, and the encoding it was made with: what it takes to plan them in another way. */
export interface PlannedFiles {
  readonly grants: readonly string[];
  readonly encoding: string | undefined;
}

const usePlanned = create<{ readonly plans: ReadonlyMap<string, PlannedFiles> }>()(() => ({ plans: new Map() }));

/** The files of a plan; undefined after a reload, and for plans of what the workspace holds already. */
export function usePlannedFiles(plan: string): PlannedFiles | undefined {
  return usePlanned((state) => state.plans.get(plan));
}

/** Key of a plan in the query cache. */
export function planKey(plan: string): readonly unknown[] {
  return ['plan', plan];
}

export interface Intake {
  /** Hands the files over, plans their import and goes to the import page. Failures are shown by the shell. */
  readonly addFiles: (files: readonly NamedFile[]) => Promise<void>;
  /** The desktop's open dialog; undefined in a browser, where a file input does it. */
  readonly pick: (() => Promise<void>) | undefined;
  /** Plans the import of files that are granted already; with an encoding, where theirs is not to be recognised. */
  readonly addGrants: (grants: readonly string[], encoding?: string) => Promise<void>;
}

/** The one way files come in: drop, input, dialog. */
export function useAddFiles(): Intake {
  const client = useClient();
  const cache = useQueryClient();
  const navigate = useNavigate();

  const plan = useCallback(
    async (grants: readonly string[], encoding?: string) => {
      if (grants.length === 0) {
        setState({ kind: 'idle' });
        return;
      }
      setState({ kind: 'looking', total: grants.length });
      const planned = await client.imports.plan({
        files: grants.map((grant) => ({ grant })),
        options: encoding === undefined ? {} : { encoding },
      });
      usePlanned.setState(({ plans }) => ({ plans: new Map(plans).set(planned.id, { grants, encoding }) }));
      cache.setQueryData(planKey(planned.id), planned);
      setState({ kind: 'idle' });
      await navigate({ to: '/import', search: { plan: planned.id } });
    },
    [client, cache, navigate],
  );

  const addFiles = useCallback(
    async (files: readonly NamedFile[]) => {
      if (files.length === 0) return;
      try {
        setState({ kind: 'handing-over', index: 0, total: files.length, name: files[0]?.name ?? '' });
        await plan(await grantsFor(files, (index, name) => setState({ kind: 'handing-over', index, total: files.length, name })));
      } catch (error) {
        failIntake(error);
      }
    },
    [plan],
  );

  const addGrants = useCallback((grants: readonly string[], encoding?: string) => plan(grants, encoding).catch(failIntake), [plan]);

  const bridge = desktop();
  const pick = useCallback(async () => {
    try {
      await plan((await bridge?.pickFiles()) ?? []);
    } catch (error) {
      failIntake(error);
    }
  }, [bridge, plan]);

  return { addFiles, addGrants, pick: bridge === undefined ? undefined : pick };
}

/** Shows why files could not be taken in. */
export function failIntake(error: unknown): void {
  setState({ kind: 'failed', message: errorText(error).message });
}

/** Puts the notice of a failed intake away. */
export function dismissIntake(): void {
  setState({ kind: 'idle' });
}
