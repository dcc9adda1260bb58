import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useClient } from '../../app/api.ts';
import { keepPlanned, planKey } from '../../app/intake.ts';
import type { PlanChoice } from '../../app/intake.ts';

interface Again {
  readonly source: number;
  readonly rejected: boolean;
  readonly choice?: PlanChoice;
}

/** Plans to read a stored source again, all of it or only what was rejected, and goes to the plan. */
export function useReadAgain() {
  const client = useClient();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ source, rejected, choice = {} }: Again) => client.sources.plan({ source, rejected, options: { ...choice } }),
    onSuccess: (plan, { source, rejected, choice = {} }) => {
      keepPlanned(plan.id, { kind: 'source', source, rejected, choice });
      cache.setQueryData(planKey(plan.id), plan);
      void navigate({ to: '/import', search: { plan: plan.id } });
    },
  });
}
