import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { WireJobProgress } from '../../../../src/api/wire.ts';
import { useClient } from '../../app/api.ts';
import { jobShare } from '../../app/jobs.ts';
import { Page } from '../../app/page.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { errorText } from '../../ui/error-text.ts';
import { formatBytes, formatCount, formatMs, formatRate, formatShare } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { ToneBadge, ToneMark } from '../../ui/severity-mark.tsx';
import { ImportSummary } from './import-summary.tsx';
import styles from './import.module.css';

/** A job: its progress while it runs, its outcome afterwards. */
export function JobView({ job }: { readonly job: WireJobProgress }) {
  const client = useClient();
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel({ job: job.job }) });
  const running = job.state === 'running';
  return (
    <Page
      title="Import"
      actions={
        running ? (
          <>
            {cancel.isError && <ToneMark tone="critical">{errorText(cancel.error).message}</ToneMark>}
            <Button disabled={cancel.isPending || cancel.data?.cancelled === true} onClick={() => cancel.mutate()}>
              Cancel
            </Button>
          </>
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

function Outcome({ job }: { readonly job: WireJobProgress }) {
  switch (job.state) {
    case 'running':
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

function Running({ job }: { readonly job: WireJobProgress }) {
  const share = jobShare(job);
  return (
    <>
      <div className={styles.progress}>
        <span>{job.stage}</span>
        <span className={styles.hint} data-clip="" title={job.detail}>
          {job.detail}
        </span>
        <span className={styles.share}>{share === undefined ? '' : formatShare(share)}</span>
      </div>
      <Progress share={share} label={job.stage} />
      <dl className={styles.numbers}>
        <div>
          <dt>Read</dt>
          <dd>
            {formatBytes(job.bytes)}
            {job.totalBytes !== null && <span className={styles.hint}> of {formatBytes(job.totalBytes)}</span>}
          </dd>
        </div>
        <div>
          <dt>Entries</dt>
          <dd>{formatCount(job.entries)}</dd>
        </div>
        <div>
          <dt>Rate</dt>
          <dd>{job.rate > 0 ? formatRate(job.rate) : '–'}</dd>
        </div>
        <div>
          <dt>Remaining</dt>
          <dd>{job.remainingSeconds === null ? '–' : formatMs(Math.max(1, Math.round(job.remainingSeconds)) * 1000)}</dd>
        </div>
        <div>
          <dt>Rejected</dt>
          <dd>{job.rejected === 0 ? '0' : <ToneMark tone="warning">{formatCount(job.rejected)}</ToneMark>}</dd>
        </div>
      </dl>
    </>
  );
}
