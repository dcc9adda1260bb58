import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import type { WireJobProgress } from '../../../../../src/api/wire.ts';
import { useClient } from '../../../app/api.ts';
import { isUnderWay } from '../../../app/jobs.ts';
import { Page } from '../../../app/page.tsx';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { ToneBadge, ToneMark } from '../../../ui/severity-mark.tsx';
import { ImportSummary } from '../summary/import-summary.tsx';
import styles from './job-view.module.css';
import { Running } from './running.tsx';

/** A job: its progress while it is under way, its outcome afterwards. */
export function JobView({ job }: { readonly job: WireJobProgress }) {
  const underWay = isUnderWay(job);
  return (
    <Page
      title="Import"
      note={underWay ? 'The other pages can be used meanwhile' : undefined}
      actions={
        underWay ? (
          <Controls job={job} />
        ) : (
          <Link to="/" className={buttonClass('primary')}>
            Show the overview
          </Link>
        )
      }
    >
      <div className={styles.job}>
        <Outcome job={job} />
      </div>
    </Page>
  );
}

function Controls({ job }: { readonly job: WireJobProgress }) {
  const client = useClient();
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel({ job: job.job }) });
  const pause = useMutation({ mutationFn: () => client.jobs.pause({ job: job.job }) });
  const resume = useMutation({ mutationFn: () => client.jobs.resume({ job: job.job }) });
  const error = cancel.error ?? pause.error ?? resume.error;
  const cancelling = cancel.isPending || cancel.data?.cancelled === true;
  const isPaused = job.state === 'paused';
  return (
    <>
      {error !== null && <ToneMark tone="critical">{errorText(error).message}</ToneMark>}
      {pause.data?.paused === false && !isPaused && <span className={styles.hint}>This stage cannot wait</span>}
      {isPaused ? (
        <Button variant="primary" disabled={resume.isPending || cancelling} onClick={() => resume.mutate()}>
          <Play size={14} aria-hidden="true" />
          Resume
        </Button>
      ) : (
        <Button disabled={pause.isPending || cancelling} onClick={() => pause.mutate()}>
          <Pause size={14} aria-hidden="true" />
          Pause
        </Button>
      )}
      <Button disabled={cancelling} onClick={() => cancel.mutate()}>
        Cancel
      </Button>
    </>
  );
}

function Outcome({ job }: { readonly job: WireJobProgress }) {
  switch (job.state) {
    case 'running':
    case 'paused':
      return <Running job={job} />;
    case 'failed':
      return <ErrorPanel error={job.error ?? 'The import failed without saying why'} />;
    case 'cancelled':
      return (
        <>
          <ToneBadge tone="info">Cancelled</ToneBadge>
          <p className={styles.hint}>What was imported completely before is kept. Importing the same files again takes up the rest.</p>
        </>
      );
    case 'done':
      return job.summary === null ? <ToneBadge tone="fine">Done</ToneBadge> : <ImportSummary summary={job.summary} />;
  }
}
