import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FindingStatus } from '../../../../src/model/finding.ts';
import { useClient, WORKSPACE_KEY } from '../../app/api.ts';

interface Saying {
  readonly findings: readonly string[];
  readonly status: FindingStatus;
  /** Undefined leaves the one before. */
  readonly note?: string | undefined;
}

/** Says how findings stand. What is shown is asked for again when it is said. */
export function useDecide() {
  const client = useClient();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ findings, status, note }: Saying) => client.findings.decide({ findings: [...findings], status, note }),
    onSuccess: () => cache.invalidateQueries({ queryKey: WORKSPACE_KEY }),
  });
}
