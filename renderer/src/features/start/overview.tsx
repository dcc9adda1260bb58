import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { WireRecord, WireWorkspaceInfo } from '../../../../src/api/wire.ts';
import { useEngineQuery } from '../../app/api.ts';
import { Page as PageFrame } from '../../app/page.tsx';
import type { Page } from '../../app/windowed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Figure, Figures } from '../../ui/figures.tsx';
import { formatCount, formatSpan } from '../../ui/format.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { JourneyStatusMark } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { useZone } from '../../ui/zone.ts';
import { ChangesSection } from '../changes/changes-section.tsx';
import { byName } from '../coverage/lanes.ts';
import { CoverageChart } from '../coverage/coverage-chart.tsx';
import { FindingsSummary } from './findings-summary.tsx';
import { Recent } from './recent.tsx';
import styles from './start.module.css';
import { useFilesButton } from './use-files-button.tsx';

/** How many journeys are worth listing on the first page. */
const WORST = 10;

/** What is in the workspace: findings by kind, the worst journeys, coverage. */
export function Overview({ info }: { readonly info: WireWorkspaceInfo }) {
  const { choose, input } = useFilesButton();
  const zone = useZone();
  return (
    <PageFrame
      title="Overview"
      note={formatSpan(info.from, info.to, zone)}
      actions={
        <>
          {input}
          <Button onClick={choose}>
            <Plus size={14} aria-hidden="true" />
            Add files
          </Button>
        </>
      }
    >
      <div className={styles.overview}>
        <Figures>
          <Figure label="Journeys">
            <Link to="/records">{formatCount(info.journeys)}</Link>
          </Figure>
          <Figure label="Findings">
            <Link to="/findings">{formatCount(info.findings.critical + info.findings.warning + info.findings.info)}</Link>
          </Figure>
          <Figure label="Events">{formatCount(info.events)}</Figure>
          <Figure label="Sources">
            <Link to="/sources">{formatCount(info.sources)}</Link>
          </Figure>
          <Figure label="Rejected entries">
            {info.rejected === 0 ? (
              '0'
            ) : (
              <Link to="/sources" search={{ view: 'rejected' }}>
                {formatCount(info.rejected)}
              </Link>
            )}
          </Figure>
        </Figures>
        <ChangesSection />
        <div className={styles.columns}>
          <FindingsSummary />
          <WorstJourneys />
        </div>
        {info.coverage.length > 0 && (
          <section className={styles.section} aria-label="Coverage">
            <h2>
              Coverage <span className={styles.quiet}>which system was logged when; outside of it nothing is known</span>
            </h2>
            <CoverageChart
              lanes={byName(info.coverage).map((one) => ({
                name: one.system,
                system: one.system,
                spans: [{ from: Date.parse(one.from), to: Date.parse(one.to) }],
              }))}
              ticks={10}
            />
          </section>
        )}
        <Recent current={info.path} />
      </div>
    </PageFrame>
  );
}

function WorstJourneys() {
  const worst = useEngineQuery<Page<WireRecord>>(['worst'], (client, signal) =>
    client.records.page({ sort: 'severity', descending: true, limit: WORST }, { signal }),
  );
  const troubled = worst.data?.rows.filter((record) => record.severity !== null);
  return (
    <section className={styles.section} aria-label="Journeys to look at">
      <h2>
        Journeys to look at
        <Link to="/records" search={{ sort: 'severity', dir: 'desc' }}>
          All by severity
        </Link>
      </h2>
      {worst.isError && <ErrorPanel error={worst.error} onRetry={() => void worst.refetch()} />}
      <ul>
        {worst.data === undefined &&
          Array.from({ length: WORST }, (_, index) => (
            <li key={index} className={styles.worst}>
              <Skeleton width="70%" height={8} />
            </li>
          ))}
        {troubled?.map((record) => (
          <li key={`${record.type} ${record.key}`}>
            <Link to="/journey/$type/$key" params={{ type: record.type, key: record.key }} search={{}} className={styles.worst}>
              <span>{record.severity === null ? undefined : <ToneMark tone={record.severity} />}</span>
              <span data-mono="" data-clip="" title={record.key}>
                {record.key}
              </span>
              <JourneyStatusMark status={record.status} />
              <span className={styles.quiet} data-clip="" title={record.worst ?? undefined}>
                {record.worst}
              </span>
              <span className={styles.quiet}>
                <Time at={record.startedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {troubled?.length === 0 && <ToneMark tone="fine">No journey has a finding</ToneMark>}
    </section>
  );
}
