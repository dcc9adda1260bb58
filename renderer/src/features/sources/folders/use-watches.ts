import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { WireWatch } from '../../../../../src/api/wire.ts';
import { useClient, useWorkspaceInfo } from '../../../app/api.ts';

/** How often the folders are asked for again while the page is open, in milliseconds: their state changes without anything being imported. */
const AGAIN_MS = 3000;

export const WATCHES_KEY = ['watches'] as const;

/** The folders that are watched for this workspace. */
export function useWatches(): UseQueryResult<WireWatch[]> {
  const client = useClient();
  const path = useWorkspaceInfo().data?.path;
  return useQuery({
    queryKey: [...WATCHES_KEY, path],
    queryFn: ({ signal }) => client.watches.list(undefined, { signal }),
    refetchInterval: AGAIN_MS,
  });
}
