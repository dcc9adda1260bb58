import { Link } from '@tanstack/react-router';
import { formatRate, formatShare } from '../ui/format.ts';
import { Spinner } from '../ui/progress.tsx';
import { jobShare, runningJob, useJobs } from './jobs.ts';
import styles from './shell.module.css';

/** What runs now, in the top bar; leads to the import page. */
export function JobChip() {
  const job = useJobs((state) => runningJob(state.jobs));
  if (job === undefined) return undefined;
  const share = jobShare(job);
  return (
    <Link to="/import" search={{ job: job.job }} className={styles.job}>
      <Spinner label={job.stage} />
      <span data-clip="">
        {job.stage}
        {share !== undefined && ` ${formatShare(share)}`}
        {job.rate > 0 && ` · ${formatRate(job.rate)}`}
      </span>
    </Link>
  );
}
