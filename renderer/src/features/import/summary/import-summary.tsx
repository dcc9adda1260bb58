import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WireImportSummary } from '../../../../../src/api/wire.ts';
import { formatCount, formatMs, plural } from '../../../ui/format.ts';
import { ToneBadge, ToneMark } from '../../../ui/severity-mark.tsx';
import styles from './import-summary.module.css';
import { SummaryFiles } from './summary-files.tsx';
import type { FileTotals } from './summary-totals.ts';
import { fileTotals, noticesOf } from './summary-totals.ts';

/** What an import brought: the totals, each file, what was odd, and what was refused. */
export function ImportSummary({ summary }: { readonly summary: WireImportSummary }) {
  const totals = fileTotals(summary);
  const notices = noticesOf(summary);
  const isFine = totals.rejected === 0 && summary.refused.length === 0;
  return (
    <>
      <p className={styles.headline}>
        <ToneBadge tone={isFine ? 'fine' : 'warning'}>{`Imported in ${formatMs(summary.seconds * 1000)}`}</ToneBadge>
        <span>{sentence(totals, summary)}</span>
      </p>
      <dl className={styles.numbers}>
        <Total label="New events">{formatCount(summary.new)}</Total>
        <Total label="Known events">{formatCount(summary.duplicates)}</Total>
        <Total label="Updates">{formatCount(summary.updated)}</Total>
        <Total label="Rejected entries">
          {totals.rejected === 0 ? (
            '0'
          ) : (
            <Link to="/sources" search={{ view: 'rejected' }}>
              {formatCount(totals.rejected)}
            </Link>
          )}
        </Total>
        <i className={styles.rule} aria-hidden="true" />
        <Total label="Records">{formatCount(summary.records)}</Total>
        <Total label="Journeys">
          <Link to="/records">{formatCount(summary.journeys)}</Link>
        </Total>
        <Total label="Findings">
          <Link to="/findings">{formatCount(summary.findings)}</Link>
        </Total>
      </dl>
      <SummaryFiles sources={summary.sources} />
      <Sentences title="Notices" tone="info" rows={notices.map(({ name, text }) => ({ name, text }))} />
      <Sentences title="Refused files" tone="warning" rows={summary.refused.map(({ path, reason }) => ({ name: path, text: reason }))} />
    </>
  );
}

/** What happened to the files, in one line. */
function sentence({ imported, known }: FileTotals, { sources, refused }: WireImportSummary): string {
  const reread = sources[0]?.reread;
  if (reread !== undefined) {
    return reread.rejectedBefore === 0
      ? 'Read again; the source is replaced'
      : `Read again: ${formatCount(reread.understood)} of ${plural(reread.rejectedBefore, 'rejected entry', 'rejected entries')} ${reread.understood === 1 ? 'is' : 'are'} understood now`;
  }
  return [
    `${plural(imported, 'file')} read`,
    known > 0 && `${formatCount(known)} imported already`,
    refused.length > 0 && `${formatCount(refused.length)} refused`,
  ]
    .filter((text) => text !== false)
    .join(' · ');
}

function Total({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** More lines than this are counted. */
const MOST = 100;

interface SentencesProps {
  readonly title: string;
  readonly tone: 'info' | 'warning';
  readonly rows: readonly { readonly name: string; readonly text: string }[];
}

/** A file and a sentence a line: notices, refusals. */
function Sentences({ title, tone, rows }: SentencesProps) {
  if (rows.length === 0) return undefined;
  return (
    <section aria-label={title} className={styles.sentences}>
      <h2>
        {title} <span className={styles.quiet}>{formatCount(rows.length)}</span>
      </h2>
      <ul>
        {rows.slice(0, MOST).map(({ name, text }) => (
          <li key={`${name} ${text}`}>
            <ToneMark tone={tone} />
            <span className={styles.file} title={name} data-clip="">
              {name}
            </span>
            <span className={styles.text}>{text}</span>
          </li>
        ))}
      </ul>
      {rows.length > MOST && <p className={styles.quiet}>and {formatCount(rows.length - MOST)} more</p>}
    </section>
  );
}
