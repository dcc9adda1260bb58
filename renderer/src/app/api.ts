import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { Client } from '../../../src/api/client.ts';
import type { WireWorkspaceInfo } from '../../../src/api/wire.ts';
import { isCancelled } from '../ui/error-text.ts';

const ClientContext = createContext<Client | undefined>(undefined);

/** Puts the client where `useClient` finds it. */
export const ClientProvider = ClientContext;

/** The engine, as functions. Reading data goes through `useEngineQuery`; this is for mutations and jobs. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (client === undefined) throw new Error('no client above this component');
  return client;
}

/** One cache for the page. `always`: the engine is on this machine, whatever the browser thinks of the network. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Infinity,
        gcTime: 120_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => count < 1 && !isCancelled(error) && !isAnswer(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Whether the engine itself said no: asking again would get the same answer. */
function isAnswer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error;
}

export const WORKSPACE_KEY = ['workspace'] as const;

/** Name, counts, coverage and revision of the open workspace. */
export function useWorkspaceInfo(): UseQueryResult<WireWorkspaceInfo> {
  const client = useClient();
  return useQuery({
    queryKey: WORKSPACE_KEY,
    queryFn: ({ signal }) => client.workspace.info(undefined, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The beginning of every key that depends on the data: another workspace or revision is another key. */
export function dataKey(info: Pick<WireWorkspaceInfo, 'path' | 'revision'> | undefined): readonly unknown[] {
  return ['data', info?.path ?? '', info?.revision ?? -1];
}

interface EngineQueryOptions {
  readonly enabled?: boolean;
  /** Keeps showing the former answer while a new one for another input is on its way. Default true. */
  readonly keep?: boolean;
}

/**
 * Asks the engine for data of the open workspace, cached by the workspace's revision. `name` says what is asked, with
 * everything the answer depends on.
 */
export function useEngineQuery<T>(
  name: readonly unknown[],
  ask: (client: Client, signal: AbortSignal) => Promise<T>,
  { enabled = true, keep = true }: EngineQueryOptions = {},
): UseQueryResult<T> {
  const client = useClient();
  const info = useWorkspaceInfo().data;
  return useQuery({
    queryKey: [...dataKey(info), ...name],
    queryFn: ({ signal }) => ask(client, signal),
    enabled: enabled && info !== undefined,
    placeholderData: keep ? keepPreviousData : undefined,
  });
}
