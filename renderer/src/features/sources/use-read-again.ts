import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useClient } from '../../app/api.ts';
import { planKey } from '../../app/intake.ts';

/** Plans to read a stored source again, all of it or only what was rejected, and goes to the plan. */
export function useReadAgain() {
  const client = useClient();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (what: { readonly source: number; readonly rejected: boolean }) => client.sources.plan(what),
    onSuccess: (plan) => {
      cache.setQueryData(planKey(plan.id), plan);
      void navigate({ to: '/import', search: { plan: plan.id } });
    },
  });
}
