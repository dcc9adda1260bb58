import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { WireMapping, WirePlan } from '../../../../src/api/wire.ts';
import { useClient } from '../../app/api.ts';
import { planKey } from '../../app/intake.ts';
import { followJob } from '../../app/jobs.ts';
import { Page } from '../../app/page.tsx';
import { Button } from '../../ui/button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { plural } from '../../ui/format.ts';
import { Spinner } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { sharedFolder } from '../../ui/shared-folder.ts';
import styles from './import.module.css';
import { PartRow } from './part-row.tsx';
import { planCounts } from './plan-counts.ts';

const route = getRouteApi('/import');

/** How each part would be understood. Nothing is written until the import is started. */
export function PlanView({ plan }: { readonly plan: WirePlan }) {
  const client = useClient();
  const cache = useQueryClient();
  const navigate = route.useNavigate();
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string | undefined>(() => plan.parts.find((part) => part.outcome === 'ready')?.id);
  const replan = useMutation({
    mutationFn: (change: { readonly part: string; readonly mapping: WireMapping }) =>
      client.imports.replan({ plan: plan.id, mappings: { [change.part]: change.mapping } }),
    onSuccess: (next) => cache.setQueryData(planKey(plan.id), next),
  });
  const start = useMutation({
    mutationFn: () => client.imports.start({ plan: plan.id, exclude: [...excluded] }),
    onSuccess: ({ job }) => {
      void followJob(client, job);
      void navigate({ to: '/import', search: { job } });
    },
  });
  const folder = sharedFolder(plan.parts.map((part) => part.name));
  const counts = planCounts(plan, excluded);
  const setIncluded = (id: string, included: boolean): void => {
    const next = new Set(excluded);
    if (included) next.delete(id);
    else next.add(id);
    setExcluded(next);
  };

  return (
    <Page
      title="Import"
      layout="fill"
      note={[
        `${plural(counts.ready, 'part')} to import`,
        counts.known > 0 && `${counts.known} imported already`,
        counts.refused > 0 && `${counts.refused} that cannot be read`,
        counts.excluded > 0 && `${counts.excluded} left out`,
      ]
        .filter((text) => text !== false)
        .join(' · ')}
      actions={
        <>
          {replan.isPending && <Spinner label="Looking again" />}
          {replan.isError && <ToneMark tone="critical">{errorText(replan.error).message}</ToneMark>}
          {start.isError && <ToneMark tone="critical">{errorText(start.error).message}</ToneMark>}
          <Button onClick={() => void navigate({ to: '/' })}>Cancel</Button>
          <Button variant="primary" disabled={counts.ready === 0 || start.isPending || replan.isPending} onClick={() => start.mutate()}>
            Import {plural(counts.ready, 'part')}
          </Button>
        </>
      }
    >
      <div className={styles.parts} role="region" aria-label="Parts to import" tabIndex={0}>
        <div className={styles.partHead} aria-hidden="true">
          <span />
          <span />
          <span>Name</span>
          <span>Format</span>
          <span>Profile</span>
          <span>System</span>
          <span>Zone</span>
          <span className={styles.end}>Size</span>
          <span className={styles.end}>Confidence</span>
        </div>
        {plan.parts.map((part) => (
          <PartRow
            key={part.id}
            plan={plan.id}
            part={part}
            folder={folder}
            open={open === part.id}
            onOpen={(next) => setOpen(next ? part.id : undefined)}
            included={!excluded.has(part.id)}
            onInclude={(included) => setIncluded(part.id, included)}
            onChange={(mapping) => replan.mutate({ part: part.id, mapping })}
          />
        ))}
      </div>
    </Page>
  );
}
