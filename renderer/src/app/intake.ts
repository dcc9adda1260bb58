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

/** What is said for all files of a plan, where it is not to be recognised. */
export interface PlanChoice {
  readonly encoding?: string | undefined;
  /** Id of a profile. */
  readonly profile?: string | undefined;
}

/** What a plan that was made on this page is of, and what was said for it: what it takes to plan it in another way. */
export type Planned =
  | { readonly kind: 'files'; readonly grants: readonly string[]; readonly choice: PlanChoice }
  | { readonly kind: 'source'; readonly source: number; readonly rejected: boolean; readonly choice: PlanChoice };

const usePlans = create<{ readonly plans: ReadonlyMap<string, Planned> }>()(() => ({ plans: new Map() }));

/** What a plan is of; undefined after a reload. */
export function usePlanned(plan: string): Planned | undefined {
  return usePlans((state) => state.plans.get(plan));
}

/** Keeps what a plan is of. */
export function keepPlanned(plan: string, planned: Planned): void {
  usePlans.setState(({ plans }) => ({ plans: new Map(plans).set(plan, planned) }));
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
  /** Plans the import of files that are granted already. */
  readonly addGrants: (grants: readonly string[], choice?: PlanChoice) => Promise<void>;
}

/** The one way files come in: drop, input, dialog. */
export function useAddFiles(): Intake {
  const client = useClient();
  const cache = useQueryClient();
  const navigate = useNavigate();

  const plan = useCallback(
    async (grants: readonly string[], choice: PlanChoice = {}, total = grants.length) => {
      if (grants.length === 0) {
        setState({ kind: 'idle' });
        return;
      }
      setState({ kind: 'looking', total });
      const planned = await client.imports.plan({
        files: grants.map((grant) => ({ grant })),
        options: { ...choice },
      });
      keepPlanned(planned.id, { kind: 'files', grants, choice });
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
        const grants = await grantsFor(files, (index, name) => setState({ kind: 'handing-over', index, total: files.length, name }));
        await plan(grants, undefined, files.length);
      } catch (error) {
        failIntake(error);
      }
    },
    [plan],
  );

  const addGrants = useCallback((grants: readonly string[], choice?: PlanChoice) => plan(grants, choice).catch(failIntake), [plan]);

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
