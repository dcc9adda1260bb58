import { getRouteApi } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WireRejection, WireRejectionGroup, WireSource } from '../../../../../src/api/wire.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { useRowRange, useWindowed } from '../../../app/windowed.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { FileName } from '../../../ui/file-name.tsx';
import { formatCount, plural } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/progress.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { VirtualGrid } from '../../../ui/virtual-grid.tsx';
import type { GridColumn } from '../../../ui/virtual-grid.tsx';
import { useReadAgain } from '../use-read-again.ts';
import { ExportRejects } from './export-rejects.tsx';
import { groupByReason, reasonLabel, withoutPlace } from './reasons.ts';
import { ReasonList } from './reason-list.tsx';
import { RejectedBytes } from './rejected-bytes.tsx';
import styles from './rejected-view.module.css';

const route = getRouteApi('/sources');

const COLUMNS: readonly GridColumn[] = [
  { id: 'line', title: 'Line', track: '56px', align: 'end' },
  { id: 'source', title: 'File', track: 'minmax(180px, 1.2fr)' },
  { id: 'reason', title: 'Reason', track: 'minmax(200px, 1.5fr)' },
  { id: 'excerpt', title: 'As found', track: 'minmax(200px, 1.6fr)' },
];

interface RejectedViewProps {
  readonly sources: readonly WireSource[];
  /** Only of this source; undefined: of all. */
  readonly source: number | undefined;
  /** Only for this reason. */
  readonly reason: string | undefined;
}

/** What could not be read: by reason and source, each entry with its place and its bytes, and the ways to mend it. */
export function RejectedView({ sources, source, reason }: RejectedViewProps) {
  const navigate = route.useNavigate();
  const groups = useEngineQuery<WireRejectionGroup[]>(['reject-groups'], (client, signal) => client.rejects.groups({}, { signal }));
  const { range, onRange } = useRowRange();
  const rejects = useWindowed<WireRejection>(
    ['rejects', source, reason],
    (client, page, signal) => client.sources.rejects({ source, code: reason, ...page }, { signal }),
    range,
  );
  const [open, setOpen] = useState<number | undefined>(undefined);
  const again = useReadAgain();
  const total = rejects.total ?? 0;
  const named = sources.find((one) => one.id === source);
  const chosen =
    groups.data?.filter(
      (group) => (source === undefined || group.sourceId === source) && (reason === undefined || group.code === reason),
    ) ?? [];
  const rereadable = [...new Set(chosen.filter((group) => group.rereadable).map((group) => group.sourceId))];
  const [only] = rereadable;
  const shown = open === undefined ? undefined : rejects.rowAt(open);

  if (groups.isError) {
    return (
      <div className={styles.error}>
        <ErrorPanel error={groups.error} onRetry={() => void groups.refetch()} />
      </div>
    );
  }
  if (groups.data === undefined) {
    return (
      <div className={styles.error}>
        <Skeleton width="40%" />
      </div>
    );
  }
  if (groups.data.length === 0) return <Empty title="Nothing was rejected">Every entry of every imported file was read.</Empty>;

  const select = (next: { readonly source?: number | undefined; readonly reason?: string | undefined }): void => {
    setOpen(undefined);
    void navigate({ search: { view: 'rejected', ...next }, replace: true });
  };
  return (
    <div className={styles.view}>
      <ReasonList reasons={groupByReason(groups.data)} source={source} reason={reason} onSelect={select} />
      <div className={styles.main}>
        <header className={styles.bar}>
          <h2>{reason === undefined ? 'All reasons' : reasonLabel(reason)}</h2>
          <span className={styles.quiet} data-clip="">
            {plural(total, 'entry', 'entries')}
            {source !== undefined && ` of ${named?.name ?? `source ${source}`}`}
          </span>
          <span className={styles.actions}>
            {again.isError && <ToneMark tone="critical">{errorText(again.error).message}</ToneMark>}
            {rereadable.length === 1 && only !== undefined && only !== null && (
              <Button size="small" disabled={again.isPending} onClick={() => again.mutate({ source: only, rejected: true })}>
                <RotateCcw size={12} aria-hidden="true" />
                Fix the mapping, read again
              </Button>
            )}
            {rereadable.length > 1 && <span className={styles.quiet}>Choose a file to fix its mapping</span>}
            <ExportRejects source={source} code={reason} total={total} />
          </span>
        </header>
        {rejects.error !== undefined && rejects.error !== null && rejects.total === undefined ? (
          <div className={styles.error}>
            <ErrorPanel error={rejects.error} onRetry={rejects.refetch} />
          </div>
        ) : (
          <VirtualGrid
            label="Rejected entries"
            columns={COLUMNS}
            count={total}
            least={760}
            placeKey={`rejected ${source ?? ''} ${reason ?? ''}`}
            rowAt={rejects.rowAt}
            onRange={onRange}
            onOpen={setOpen}
            cells={(index) => rejectionCells(rejects.rowAt(index))}
          />
        )}
        {shown !== undefined && <RejectedBytes key={`${shown.id} ${shown.source}`} rejection={shown} onClose={() => setOpen(undefined)} />}
      </div>
    </div>
  );
}

/** What the columns show of a rejected entry. */
function rejectionCells(row: WireRejection | undefined): readonly ReactNode[] | undefined {
  if (row === undefined) return undefined;
  return [
    row.line === null ? '–' : formatCount(row.line),
    <FileName key="source" name={row.source} />,
    <span key="reason" title={row.reason}>
      {withoutPlace(row)}
    </span>,
    <code key="excerpt" className={styles.excerpt}>
      {row.excerpt}
    </code>,
  ];
}
