import type { WireJobProgress, WirePartProgress } from '../../../../../src/api/wire.ts';
import { jobShare } from '../../../app/jobs.ts';
import { FileName } from '../../../ui/file-name.tsx';
import { Figure, Figures } from '../../../ui/figures.tsx';
import { formatBytes, formatCount, formatMs, formatRate, formatShare, plural } from '../../../ui/format.ts';
import { Progress } from '../../../ui/progress.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import type { Tone } from '../../../ui/severity.ts';
import { sharedFolder } from '../../../ui/shared-folder.ts';
import { Table } from '../../../ui/table.tsx';
import styles from './job-view.module.css';

/** An import under way: all of it, then the files being read and those read last. */
export function Running({ job }: { readonly job: WireJobProgress }) {
  const share = jobShare(job);
  const isPaused = job.state === 'paused';
  return (
    <>
      <div className={styles.progress}>
        <span>{isPaused ? 'Paused' : job.stage}</span>
        <span className={styles.hint} data-clip="" title={job.detail}>
          {job.detail}
        </span>
        <span className={styles.share}>{share === undefined ? '' : formatShare(share)}</span>
      </div>
      <Progress share={share} label={job.stage} />
      <Figures>
        {job.files !== null && (
          <Figure label="Files" of={formatCount(job.files.total)}>
            {formatCount(job.files.done)}
          </Figure>
        )}
        <Figure label="Read" of={job.totalBytes === null ? undefined : formatBytes(job.totalBytes)}>
          {formatBytes(job.bytes)}
        </Figure>
        <Figure label="Entries">{formatCount(job.entries)}</Figure>
        <Figure label="Rejected">{job.rejected === 0 ? '0' : <ToneMark tone="warning">{formatCount(job.rejected)}</ToneMark>}</Figure>
        <Figure label="Rate">{job.rate > 0 ? formatRate(job.rate) : '–'}</Figure>
        <Figure label="Remaining">
          {job.remainingSeconds === null || isPaused ? '–' : formatMs(Math.max(1, Math.round(job.remainingSeconds)) * 1000)}
        </Figure>
      </Figures>
      {job.parts.length > 0 && <Files parts={job.parts} isPaused={isPaused} done={job.files?.done ?? 0} />}
    </>
  );
}

const TONES: Readonly<Record<WirePartProgress['state'], Tone>> = {
  reading: 'neutral',
  imported: 'fine',
  known: 'info',
  refused: 'warning',
  cancelled: 'info',
};

const WORDS: Readonly<Record<WirePartProgress['state'], string>> = {
  reading: 'Reading',
  imported: 'Imported',
  known: 'Imported already',
  refused: 'Refused',
  cancelled: 'Cancelled',
};

function Files({
  parts,
  isPaused,
  done,
}: {
  readonly parts: readonly WirePartProgress[];
  readonly isPaused: boolean;
  readonly done: number;
}) {
  const folder = sharedFolder(parts.map((part) => part.name));
  const finished = parts.filter((part) => part.state !== 'reading').length;
  return (
    <section aria-label="Files" className={styles.files}>
      <Table aria-label="Files">
        <thead>
          <tr>
            <th>File</th>
            <th className={styles.stateColumn}>State</th>
            <th className={styles.barColumn}>
              <span data-visually-hidden="">Progress</span>
            </th>
            <th data-fit="" data-number="">
              Read
            </th>
            <th data-fit="" data-number="">
              Entries
            </th>
            <th data-fit="" data-number="">
              Rejected
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.part}>
              <td>
                <FileName name={part.name.slice(folder.length)} title={part.name} />
              </td>
              <td>
                <ToneMark tone={TONES[part.state]}>{part.state === 'reading' && isPaused ? 'Waiting' : WORDS[part.state]}</ToneMark>
              </td>
              <td>
                {part.state === 'reading' && (
                  <Progress
                    share={part.totalBytes === null || part.totalBytes === 0 ? undefined : part.bytes / part.totalBytes}
                    label={part.name}
                  />
                )}
              </td>
              <td data-fit="" data-number="">
                {formatBytes(part.bytes)}
                {part.state === 'reading' && part.totalBytes !== null && (
                  <span className={styles.hint}> of {formatBytes(part.totalBytes)}</span>
                )}
              </td>
              <td data-fit="" data-number="">
                {formatCount(part.entries)}
              </td>
              <td data-fit="" data-number="">
                {part.rejected === 0 ? '0' : <ToneMark tone="warning">{formatCount(part.rejected)}</ToneMark>}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {done > finished && <p className={styles.hint}>and {plural(done - finished, 'file')} read before</p>}
    </section>
  );
}
