import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Client } from '../../../../../src/api/client.ts';
import type { RecordRef } from '../../../../../src/model/record.ts';
import { useClient } from '../../../app/api.ts';
import { followJob, useJobs } from '../../../app/jobs.ts';

export type IdentityRequest = Parameters<Client['identity']['decide']>[0];

/** Ways to say who is who, and to take it back. When it is applied, the page goes on with the journey that the record is part of then. */
export function useIdentity(record: RecordRef) {
  const client = useClient();
  const navigate = useNavigate();
  const settle = async (job: string): Promise<void> => {
    await followJob(client, job);
    const error = useJobs.getState().jobs.get(job)?.error;
    if (error !== null && error !== undefined) throw Object.assign(new Error(error.message), { code: error.code });
    // Asked for by its own spelling: its key, and the record whose journey it is part of, may be others now.
    const { journey } = await client.identity.get({ id: record.key, type: record.type });
    if (journey === null || (journey.type === record.type && journey.key === record.key)) return;
    await navigate({
      to: '/journey/$type/$key',
      params: { type: journey.type, key: journey.key },
      search: { view: 'identity' },
      replace: true,
    });
  };
  const decide = useMutation({
    mutationFn: async (request: IdentityRequest) => settle((await client.identity.decide(request)).job),
  });
  const undo = useMutation({
    mutationFn: async (decision: number) => settle((await client.identity.undo({ decision })).job),
  });
  return { decide, undo, busy: decide.isPending || undo.isPending };
}
