import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useClient } from '../../app/api.ts';
import { planKey } from '../../app/intake.ts';
import { isUnderWay, useJobs } from '../../app/jobs.ts';
import { Page } from '../../app/page.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { useFilesButton } from '../start/use-files-button.tsx';
import { JobView } from './progress/job-view.tsx';
import { useOpenPlan } from './plan/plan-session.ts';
import { PlanView } from './plan/plan-view.tsx';

const route = getRouteApi('/import');

/** The import: a plan to look at and correct, then its progress, then what came of it. */
export function ImportPage() {
  const { plan, job } = route.useSearch();
  const jobs = useJobs((state) => state.jobs);
  const latest = job === undefined ? [...jobs.values()].at(-1) : jobs.get(job);
  const open = useOpenPlan();
  if (plan !== undefined && job === undefined) return <PlannedImport plan={plan} />;
  // Back from elsewhere: a plan that was not finished goes on, unless there is something to watch.
  if (open !== undefined && job === undefined && (latest === undefined || !isUnderWay(latest))) return <PlannedImport plan={open} />;
  if (latest !== undefined) return <JobView job={latest} />;
  return <NothingPlanned />;
}

function PlannedImport({ plan }: { readonly plan: string }) {
  const client = useClient();
  const { choose, input } = useFilesButton();
  // The plan is held by the engine; a correction of nothing reads it again after a reload.
  const planned = useQuery({ queryKey: planKey(plan), queryFn: ({ signal }) => client.imports.replan({ plan, mappings: {} }, { signal }) });
  if (planned.isError) {
    return (
      <Page
        title="Import"
        actions={
          <Button variant="primary" onClick={choose}>
            Choose files
          </Button>
        }
      >
        {input}
        <ErrorPanel error={planned.error} onRetry={() => void planned.refetch()}>
          <p>A plan lasts as long as Waybill runs. Choose the files again.</p>
        </ErrorPanel>
      </Page>
    );
  }
  if (planned.data === undefined) {
    return (
      <Page title="Import">
        <Skeleton width="50%" />
      </Page>
    );
  }
  return <PlanView key={plan} plan={planned.data} />;
}

function NothingPlanned() {
  const { choose, chooseFolder, input } = useFilesButton();
  return (
    <Page title="Import" layout="fill">
      {input}
      <Empty
        title="Nothing is being imported"
        actions={
          <>
            <Button variant="primary" onClick={choose}>
              Choose files
            </Button>
            {chooseFolder !== undefined && <Button onClick={chooseFolder}>Choose a folder</Button>}
          </>
        }
      >
        Drop files, archives or folders anywhere on this window. What they contain is shown before anything is written.
      </Empty>
    </Page>
  );
}
