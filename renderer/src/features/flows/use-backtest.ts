import { useEffect, useRef, useState } from 'react';
import type { WireBacktest } from '../../../../src/api/wire.ts';
import { useClient } from '../../app/api.ts';
import { isCancelled } from '../../ui/error-text.ts';

export type BacktestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly result: WireBacktest; /** The text that was tried. */ readonly yaml: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface UseBacktest {
  readonly state: BacktestState;
  readonly run: (yaml: string) => void;
  readonly cancel: () => void;
}

/** Judges the stored journeys by a passport that is not kept yet. Leaving the page, or trying another text, stops it. */
export function useBacktest(): UseBacktest {
  const client = useClient();
  const [state, setState] = useState<BacktestState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  const cancel = (): void => {
    running.current?.abort();
    running.current = undefined;
    setState((known) => (known.kind === 'running' ? { kind: 'idle' } : known));
  };
  useEffect(() => () => running.current?.abort(), []);
  const run = (yaml: string): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const isCurrent = (): boolean => running.current === controller;
    setState({ kind: 'running', done: 0, total: 0 });
    void (async () => {
      try {
        for await (const { done, total, result } of await client.flows.backtest({ yaml }, { signal: controller.signal })) {
          if (!isCurrent()) return;
          setState(result === null ? { kind: 'running', done, total } : { kind: 'done', result, yaml });
        }
      } catch (error) {
        if (isCurrent()) setState(isCancelled(error) ? { kind: 'idle' } : { kind: 'failed', error });
      }
    })();
  };
  return { state, run, cancel };
}
