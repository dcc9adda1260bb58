import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { WireEvidence, WireFinding } from '../../../../../src/api/wire.ts';
import { isSettled } from '../../../../../src/model/finding.ts';
import { cx } from '../../../ui/cx.ts';
import { formatConfidence, formatTime } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { useZone } from '../../../ui/zone.ts';
import { FindingStatusChip } from '../../findings/finding-status.tsx';
import { Standing } from '../../findings/standing.tsx';
import { baseName } from '../model/base-name.ts';
import { useSelection } from '../selection.ts';
import { BaselineChart } from './baseline-chart.tsx';
import styles from './finding-list.module.css';
import rows from './row.module.css';

interface FindingListProps {
  readonly findings: readonly WireFinding[];
  readonly open: WireFinding | undefined;
  /** The event shown below, marked among the evidence. */
  readonly event: number | undefined;
}

/** The findings of the journey, one of them open. */
export function FindingList({ findings, open, event }: FindingListProps) {
  const { selectFinding, clear, finding } = useSelection();
  if (findings.length === 0) {
    return (
      <section className={styles.none}>
        <ToneMark tone="fine">No findings</ToneMark>
        <p>Nothing in this journey stands out against what is usual or declared.</p>
      </section>
    );
  }
  return (
    <section aria-label="Findings">
      <ul>
        {findings.map((one) => {
          const opened = one.id === open?.id;
          return (
            <li key={one.id} className={cx(styles.item, opened && styles.open, isSettled(one.status) && styles.settled)}>
              <h2 className={styles.heading}>
                <button
                  type="button"
                  className={styles.head}
                  aria-expanded={opened}
                  onClick={() => {
                    if (finding === one.id) clear();
                    else selectFinding(one);
                  }}
                >
                  <span className={styles.kind}>
                    <ToneMark tone={one.severity}>{`${one.severity} · ${one.kind} · ${one.subkind.replaceAll('-', ' ')}`}</ToneMark>
                    {one.status !== 'open' && <FindingStatusChip status={one.status} taught={one.taughtBy !== null} />}
                    <span className={styles.confidence} title="how sure the detector is, 0 to 1">
                      confidence {formatConfidence(one.confidence)}
                    </span>
                  </span>
                  <span className={styles.title}>
                    <ChevronRight className={styles.turn} size={14} aria-hidden="true" />
                    <span title={one.title}>{one.title}</span>
                  </span>
                </button>
              </h2>
              {opened && <FindingBody finding={one} event={event} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const SHOWN_EVIDENCE = 5;
const ABSENCE_WORDS = {
  confirmed: 'confirmed missing: that system was logged then',
  'outside-coverage': 'outside coverage: that system was not logged then',
  'still-open': 'still open: its time had not passed at the end of the data',
} as const;

function FindingBody({ finding, event }: { readonly finding: WireFinding; readonly event: number | undefined }) {
  const [all, setAll] = useState(false);
  return (
    <div className={styles.body}>
      <p>{finding.explanation}</p>
      {finding.baseline !== null && <BaselineChart baseline={finding.baseline} severity={finding.severity} />}
      <dl className={styles.pairs}>
        <dt>Expected</dt>
        <dd className={styles.long}>{finding.expected}</dd>
        <dt>Actual</dt>
        <dd className={styles.long} title={finding.actual}>
          {finding.actual}
        </dd>
        {finding.absence !== null && (
          <>
            <dt>Absence</dt>
            <dd>{ABSENCE_WORDS[finding.absence]}</dd>
          </>
        )}
      </dl>
      <Standing finding={finding} />
      {finding.evidence.length > 0 && (
        <>
          <h3>Evidence</h3>
          <ul className={rows.rows}>
            {finding.evidence.slice(0, all ? undefined : SHOWN_EVIDENCE).map((one) => (
              <EvidenceRow key={one.event} finding={finding} evidence={one} current={one.event === event} />
            ))}
          </ul>
          {!all && finding.evidence.length > SHOWN_EVIDENCE && (
            <button type="button" className={styles.more} onClick={() => setAll(true)}>
              {finding.evidence.length - SHOWN_EVIDENCE} more
            </button>
          )}
        </>
      )}
    </div>
  );
}

function EvidenceRow({
  finding,
  evidence,
  current,
}: {
  readonly finding: WireFinding;
  readonly evidence: WireEvidence;
  readonly current: boolean;
}) {
  const zone = useZone();
  const { selectFinding } = useSelection();
  return (
    <li>
      <button
        type="button"
        className={cx(rows.row, styles.row, current && rows.current)}
        aria-current={current ? 'true' : undefined}
        onClick={() => selectFinding(finding, evidence.event)}
      >
        <span data-mono="">{evidence.at === null ? '–' : formatTime(evidence.at, zone, 'time').slice(0, 8)}</span>
        <span data-clip="">{[evidence.system, evidence.step].filter((part) => part !== '').join(' · ')}</span>
        <span data-mono="" className={styles.place} title={`${evidence.source}, line ${evidence.line}`}>
          <span data-clip="">{baseName(evidence.source)}</span>
          <span>:{evidence.line.toLocaleString('en-GB')}</span>
        </span>
      </button>
    </li>
  );
}
