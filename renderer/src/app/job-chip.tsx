import { Link } from '@tanstack/react-router';
import { Pause } from 'lucide-react';
import { formatRate, formatShare } from '../ui/format.ts';
import { Spinner } from '../ui/progress.tsx';
import { jobShare, runningJob, useJobs } from './jobs.ts';
import styles from './shell.module.css';

/** What runs now, in the top bar, with a hairline of progress; leads to the import page. */
export function JobChip() {
  const job = useJobs((state) => runningJob(state.jobs));
  if (job === undefined) return undefined;
  const share = jobShare(job);
  const isPaused = job.state === 'paused';
  const stage = isPaused ? 'Paused' : job.stage;
  return (
    <Link to="/import" search={{ job: job.job }} className={styles.job}>
      {isPaused ? <Pause size={12} aria-hidden="true" /> : <Spinner label={job.stage} />}
      <span data-clip="">
        {stage}
        {share !== undefined && ` ${formatShare(share)}`}
        {!isPaused && job.rate > 0 && ` · ${formatRate(job.rate)}`}
      </span>
      {share !== undefined && <i className={styles.jobShare} style={{ width: `${share * 100}%` }} />}
    </Link>
  );
}
