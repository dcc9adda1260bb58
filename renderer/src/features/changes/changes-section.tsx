import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WireChange, WireChangeSet } from '../../../../src/api/wire.ts';
import { SEVERITIES } from '../../../../src/model/finding.ts';
import { useEngineQuery } from '../../app/api.ts';
import type { Page } from '../../app/windowed.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { JourneyStatusMark } from '../../ui/status-badge.tsx';
import styles from './changes.module.css';

/** As many of each as are worth naming beside their number. */
const LISTED = 5;

interface ChangesSectionProps {
  /** Names of the sources of an import: only its changes are shown. Default: those of the last import, whichever it was. */
  readonly of?: readonly string[];
}

/** What the last import changed: new findings, those that resolved themselves, verdicts that flipped. Not there after the first import. */
export function ChangesSection({ of }: ChangesSectionProps) {
  const sets = useEngineQuery<WireChangeSet[]>(['changes'], (client, signal) => client.changes.list(undefined, { signal }));
  const set = sets.data?.[0];
  if (set === undefined || (of !== undefined && !set.sources.some((name) => of.includes(name)))) return undefined;
  return (
    <section className={styles.section} aria-label={titleOf(set)}>
      <h2>
        {titleOf(set)} <span className={styles.quiet}>{sourcesText(set)}</span>
      </h2>
      <div className={styles.columns}>
        <Column set={set} what="new" title="New findings" total={sumOf(set.new)} mark={<Severities counts={set.new} />} />
        <Column
          set={set}
          what="gone"
          title="Resolved by themselves"
          total={sumOf(set.gone)}
          mark={set.late > 0 && <span className={styles.quiet}>{formatCount(set.late)} by late entries</span>}
        />
        <Column
          set={set}
          what="flipped"
          title="Verdicts that flipped"
          total={set.flipped.reduce((sum, { count }) => sum + count, 0)}
          mark={
            <span className={styles.quiet}>
              {set.flipped
                .slice(0, 2)
                .map(({ from, to, count }) => `${formatCount(count)} ${from} → ${to}`)
                .join(', ')}
            </span>
          }
        />
      </div>
    </section>
  );
}

interface ColumnProps {
  readonly set: WireChangeSet;
  readonly what: WireChange['what'];
  readonly title: string;
  readonly total: number;
  readonly mark: ReactNode;
}

function Column({ set, what, title, total, mark }: ColumnProps) {
  const page = useEngineQuery<Page<WireChange>>(
    ['change-page', set.id, what],
    (client, signal) => client.changes.page({ id: set.id, what, limit: LISTED }, { signal }),
    { enabled: total > 0 },
  );
  return (
    <div className={styles.column}>
      <h3>
        {title} <b>{formatCount(total)}</b> <span className={styles.mark}>{mark}</span>
      </h3>
      <ul>
        {total > 0 &&
          page.data?.rows.map((change) => (
            <li key={change.finding?.id ?? `${change.record?.type} ${change.record?.key}`}>
              <ChangeRow change={change} />
            </li>
          ))}
      </ul>
      {total > LISTED && <p className={styles.quiet}>and {formatCount(total - LISTED)} more</p>}
    </div>
  );
}

function ChangeRow({ change }: { readonly change: WireChange }) {
  const { record, finding, from, to, reason } = change;
  const text = (
    <>
      {finding === null ? (
        to !== null && <JourneyStatusMark status={to} />
      ) : (
        <ToneMark tone={change.what === 'gone' ? 'fine' : finding.severity} />
      )}
      <span data-mono="" className={styles.key}>
        {record?.key ?? 'whole population'}
      </span>
      <span className={styles.quiet} data-clip="">
        {finding?.title ?? `was ${from ?? 'unknown'}`}
      </span>
    </>
  );
  const title = `${finding?.title ?? `${from ?? ''} → ${to ?? ''}`}\n${reason}`;
  if (record === null)
    return (
      <span className={styles.row} title={title}>
        {text}
      </span>
    );
  return (
    <Link
      to="/journey/$type/$key"
      params={{ type: record.type, key: record.key }}
      search={change.what === 'new' && finding !== null ? { finding: finding.id } : {}}
      className={styles.row}
      title={title}
    >
      {text}
    </Link>
  );
}

function Severities({ counts }: { readonly counts: WireChangeSet['new'] }) {
  return (
    <>
      {SEVERITIES.toReversed().map(
        (severity) =>
          counts[severity] > 0 && (
            <ToneMark key={severity} tone={severity} title={severity}>
              {formatCount(counts[severity])}
            </ToneMark>
          ),
      )}
    </>
  );
}

function sumOf({ info, warning, critical }: WireChangeSet['new']): number {
  return info + warning + critical;
}

/** An analysis that only applied decisions about who is who came with no import. */
function titleOf({ sources, removed, decided }: WireChangeSet): string {
  return decided.length > 0 && sources.length + removed.length === 0 ? 'What the last decision changed' : 'What the last import changed';
}

function sourcesText({ sources, removed, decided }: WireChangeSet): string {
  const came = sources.length === 0 ? [] : [sources.length === 1 ? `with ${sources[0]}` : `with ${plural(sources.length, 'source')}`];
  const went = removed.length === 0 ? [] : [removed.length === 1 ? `without ${removed[0]}` : `without ${plural(removed.length, 'source')}`];
  const said = decided.length === 0 ? [] : [decided.length === 1 ? decided[0] : plural(decided.length, 'decision')];
  return [...came, ...went, ...said].join(', ');
}
