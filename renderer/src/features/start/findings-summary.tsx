import { Link } from '@tanstack/react-router';
import type { FindingKind, Severity } from '../../../../src/model/finding.ts';
import { useEngineQuery } from '../../app/api.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, humanise } from '../../ui/format.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { groupSummary } from '../findings/summary.ts';
import type { SummaryRow } from '../findings/summary.ts';
import styles from './start.module.css';

/** Findings by kind with their number, the worst kinds first; each leads to the list. */
export function FindingsSummary() {
  const summary = useEngineQuery<SummaryRow[]>(['findings-summary', undefined], (client, signal) =>
    client.findings.summary({}, { signal }),
  );
  const kinds = groupSummary(summary.data ?? []);
  const most = Math.max(1, ...kinds.flatMap((kind) => kind.subkinds.map((subkind) => subkind.count)));
  return (
    <section className={styles.section} aria-label="Findings by kind">
      <h2>
        Findings by kind
        <Link to="/findings">All findings</Link>
      </h2>
      {summary.isError && <ErrorPanel error={summary.error} onRetry={() => void summary.refetch()} />}
      {summary.data === undefined && !summary.isError && <Skeleton width="60%" height={8} />}
      {summary.data?.length === 0 && <ToneMark tone="fine">Nothing was found</ToneMark>}
      <ul>
        {kinds.flatMap((kind) =>
          kind.subkinds.map((subkind) => (
            <li key={`${kind.kind} ${subkind.subkind}`}>
              <KindRow
                kind={kind.kind}
                subkind={subkind.subkind}
                severity={subkind.severity}
                count={subkind.count}
                share={subkind.count / most}
              />
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

interface KindRowProps {
  readonly kind: FindingKind;
  readonly subkind: string;
  readonly severity: Severity;
  readonly count: number;
  readonly share: number;
}

function KindRow({ kind, subkind, severity, count, share }: KindRowProps) {
  return (
    <Link to="/findings" search={{ kind, subkind }} className={styles.kind}>
      <ToneMark tone={severity} />
      <span data-clip="">
        {humanise(kind)} <span className={styles.quiet}>{humanise(subkind).toLowerCase()}</span>
      </span>
      <span className={styles.bar}>
        <i style={{ width: `max(2px, ${share * 100}%)` }} />
      </span>
      <span className={styles.number}>{formatCount(count)}</span>
    </Link>
  );
}
