import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useClient } from '../../app/api.ts';
import { followJob } from '../../app/jobs.ts';

/** Orders of the sample: enough for baselines, a few seconds to make. */
const SAMPLE_ORDERS = 400;

/** Imports the made-up company and goes to the progress. */
export function useSample() {
  const client = useClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => client.imports.sample({ orders: SAMPLE_ORDERS }),
    onSuccess: ({ job }) => {
      void followJob(client, job);
      void navigate({ to: '/import', search: { job } });
    },
  });
}
