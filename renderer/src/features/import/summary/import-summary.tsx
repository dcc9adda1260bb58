import { Link } from '@tanstack/react-router';
import type { WireImportSummary } from '../../../../../src/api/wire.ts';
import { Figure, FigureRule, Figures } from '../../../ui/figures.tsx';
import { formatCount, formatMs, plural } from '../../../ui/format.ts';
import { ToneBadge, ToneMark } from '../../../ui/severity-mark.tsx';
import { ChangesSection } from '../../changes/changes-section.tsx';
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
      <Figures>
        <Figure label="New events">{formatCount(summary.new)}</Figure>
        <Figure label="Known events">{formatCount(summary.duplicates)}</Figure>
        <Figure label="Updates">{formatCount(summary.updated)}</Figure>
        <Figure label="Rejected entries">
          {totals.rejected === 0 ? (
            '0'
          ) : (
            <Link to="/sources" search={{ view: 'rejected' }}>
              {formatCount(totals.rejected)}
            </Link>
          )}
        </Figure>
        <FigureRule />
        <Figure label="Records">{formatCount(summary.records)}</Figure>
        <Figure label="Journeys">
          <Link to="/records">{formatCount(summary.journeys)}</Link>
        </Figure>
        <Figure label="Findings">
          <Link to="/findings">{formatCount(summary.findings)}</Link>
        </Figure>
      </Figures>
      <ChangesSection of={summary.sources.map(({ name }) => name)} />
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
