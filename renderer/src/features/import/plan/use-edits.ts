import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { WireMapping, WirePlan, WirePlanPart } from '../../../../../src/api/wire.ts';
import { useClient } from '../../../app/api.ts';
import { planKey } from '../../../app/intake.ts';
import type { Edit } from './edit-mapping.ts';

export interface Edits {
  /** Changes the mappings of parts: shown at once, and the first entries follow when the engine has read them again. */
  readonly apply: (parts: readonly WirePlanPart[], edit: (part: WirePlanPart, mapping: WireMapping) => WireMapping) => void;
  /** The first entries do not show the last change yet. */
  readonly pending: boolean;
  readonly error: unknown;
}

/** The same edit for every part. */
export function forAll(edit: Edit): (part: WirePlanPart, mapping: WireMapping) => WireMapping {
  return (_part, mapping) => edit(mapping);
}

/** Corrects the mappings of a plan. Changes made while the engine is reading are gathered and sent together. */
export function useEdits(plan: string): Edits {
  const client = useClient();
  const cache = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const waiting = useRef<Map<string, WireMapping>>(new Map());
  const running = useRef(false);

  const send = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setError(undefined);
    try {
      while (waiting.current.size > 0) {
        const mappings = Object.fromEntries(waiting.current);
        waiting.current = new Map();
        const next = await client.imports.replan({ plan, mappings });
        // An older answer would take back what was changed meanwhile.
        if (waiting.current.size === 0) cache.setQueryData(planKey(plan), next);
      }
    } catch (cause) {
      waiting.current = new Map();
      setError(cause);
      // What the engine refused is not what the page must show.
      await cache.invalidateQueries({ queryKey: planKey(plan) });
    } finally {
      running.current = false;
      setPending(false);
    }
  }, [client, cache, plan]);

  const apply = useCallback<Edits['apply']>(
    (parts, edit) => {
      const changed = new Map<string, WireMapping>();
      for (const part of parts) if (part.mapping !== null) changed.set(part.id, edit(part, part.mapping));
      if (changed.size === 0) return;
      for (const [id, mapping] of changed) waiting.current.set(id, mapping);
      cache.setQueryData<WirePlan>(planKey(plan), (now) =>
        now === undefined
          ? now
          : {
              ...now,
              parts: now.parts.map((part) => {
                const mapping = changed.get(part.id);
                return mapping === undefined ? part : { ...part, mapping };
              }),
            },
      );
      void send();
    },
    [cache, plan, send],
  );

  return { apply, pending, error };
}
