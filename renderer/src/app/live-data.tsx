import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Client } from '../../../src/api/client.ts';
import { isCancelled } from '../ui/error-text.ts';
import { useClient, WORKSPACE_KEY } from './api.ts';
import { useConnection } from './connection.ts';
import { followRunning } from './jobs.ts';

/** Pause before a broken stream is opened again, in milliseconds. */
const AGAIN_MS = 2000;

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
    void keepListening(client, cache, controller.signal);
    return () => controller.abort();
  }, [client, cache, generation]);
  return undefined;
}

/** Listens until aborted. A stream that breaks while the connection stands (the engine was started anew) is opened again. */
async function keepListening(client: Client, cache: QueryClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await cache.invalidateQueries({ queryKey: WORKSPACE_KEY });
      await followRunning(client);
      for await (const _change of await client.workspace.changes(undefined, { signal })) {
        await cache.invalidateQueries({ queryKey: WORKSPACE_KEY });
      }
    } catch (error) {
      if (isCancelled(error)) return;
      // What is wrong is shown where data is asked for; here it only means: wait, then listen again.
    }
    await new Promise((resolve) => {
      window.setTimeout(resolve, AGAIN_MS);
    });
  }
}
