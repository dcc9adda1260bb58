import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isCancelled } from '../ui/error-text.ts';
import { useClient, WORKSPACE_KEY } from './api.ts';
import { useConnection } from './connection.ts';
import { followRunning } from './jobs.ts';

/**
 * Keeps the page with the data: listens for changes of the workspace and asks for its facts again, which changes the
 * revision in every key; follows jobs that run already. Starts anew with every connection. Renders nothing.
 */
export function LiveData(): undefined {
  const client = useClient();
  const cache = useQueryClient();
  const generation = useConnection((state) => state.generation);
  useEffect(() => {
    const controller = new AbortController();
    const listen = async (): Promise<void> => {
      await cache.invalidateQueries({ queryKey: WORKSPACE_KEY });
      await followRunning(client);
      for await (const _change of await client.workspace.changes(undefined, { signal: controller.signal })) {
        await cache.invalidateQueries({ queryKey: WORKSPACE_KEY });
      }
    };
    // The stream ends with the connection; the shell shows that, and the next connection starts this again.
    listen().catch((error: unknown) => {
      if (!controller.signal.aborted && !isCancelled(error)) console.warn('Changes of the workspace are not followed:', error);
    });
    return () => controller.abort();
  }, [client, cache, generation]);
  return undefined;
}
