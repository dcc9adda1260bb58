import { Link, getRouteApi } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { WireSource } from '../../../../src/api/wire.ts';
import { useEngineQuery } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatBytes, formatCount, plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { SystemList } from '../../ui/chip.tsx';
import { sharedFolder } from '../../ui/shared-folder.ts';
import { Table } from '../../ui/table.tsx';
import { CoverageChart } from '../coverage/coverage-chart.tsx';
import { useFilesButton } from '../start/use-files-button.tsx';
import { Rejects } from './rejects.tsx';
import { RemoveSource } from './remove-source.tsx';
import styles from './sources.module.css';

const route = getRouteApi('/sources');

/** What was imported: the sources, when each covers, and what could not be read. */
export function SourcesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const sources = useEngineQuery<WireSource[]>(['sources'], (client, signal) => client.sources.list(undefined, { signal }));
  const { choose, input } = useFilesButton();
  const [removing, setRemoving] = useState<WireSource | undefined>(undefined);
  const select = (source: number | undefined): void => void navigate({ search: { source }, replace: true });
  const list = sources.data;
  const folder = sharedFolder((list ?? []).map((source) => source.name));
  const bars = (list ?? []).flatMap((source) =>
    source.coverage === null
      ? []
      : [
          {
            name: source.name.slice(folder.length),
            system: source.system ?? source.systems[0] ?? source.name,
            from: source.coverage.from,
            to: source.coverage.to,
          },
        ],
  );
  const rejected = (list ?? []).reduce((sum, source) => sum + source.rejected, 0);

  return (
    <Page
      title="Sources"
      note={list === undefined ? undefined : plural(list.length, 'source')}
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
      {sources.isError && <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} />}
      {list === undefined && !sources.isError && <Skeleton width="50%" />}
      {list?.length === 0 && (
        <Empty
          title="Nothing was imported yet"
          actions={
            <Link to="/" className={buttonClass('primary')}>
              Import files
            </Link>
          }
        >
          Every imported file is listed here with its hash, its time coverage and the entries that were refused.
        </Empty>
      )}
      {list !== undefined && list.length > 0 && (
        <div className={styles.stack}>
          <SourcesTable sources={list} folder={folder} selected={search.source} onSelect={select} onRemove={setRemoving} />
          {bars.length > 0 && (
            <section aria-label="Coverage by source">
              <h2 className={styles.heading}>Coverage</h2>
              <CoverageChart bars={bars} ticks={8} nameWidth={260} />
            </section>
          )}
          {rejected > 0 && <Rejects source={list.find((source) => source.id === search.source)} onAll={() => select(undefined)} />}
        </div>
      )}
      <RemoveSource source={removing} onClose={() => setRemoving(undefined)} />
    </Page>
  );
}

interface SourcesTableProps {
  /** Common beginning of the names, left out. */
  readonly folder: string;
  readonly sources: readonly WireSource[];
  readonly selected: number | undefined;
  readonly onSelect: (source: number | undefined) => void;
  readonly onRemove: (source: WireSource) => void;
}

function SourcesTable({ folder, sources, selected, onSelect, onRemove }: SourcesTableProps) {
  return (
    <div className={styles.scroll}>
      <Table aria-label="Sources">
        <thead>
          <tr>
            <th>Name</th>
            <th data-fit="">Format</th>
            <th data-fit="">Profile</th>
            <th data-fit="">Systems</th>
            <th data-fit="">Zone</th>
            <th data-fit="" data-number="">
              Size
            </th>
            <th data-fit="" data-number="">
              Events
            </th>
            <th data-fit="" data-number="">
              Rejected
            </th>
            <th data-fit="" data-number="">
              Duplicates
            </th>
            <th data-fit="">SHA-256</th>
            <th data-fit="">
              <span data-visually-hidden="">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id} aria-selected={source.id === selected}>
              <td title={source.path}>{source.name.slice(folder.length)}</td>
              <td data-fit="">{source.format}</td>
              <td data-fit="">{source.profile}</td>
              <td data-fit="">
                <SystemList systems={source.systems} />
              </td>
              <td data-fit="">{source.zone ?? '–'}</td>
              <td data-fit="" data-number="">
                {formatBytes(source.bytes)}
              </td>
              <td data-fit="" data-number="">
                {formatCount(source.events)}
              </td>
              <td data-fit="" data-number="">
                {source.rejected === 0 ? (
                  <span className={styles.quiet}>0</span>
                ) : (
                  <button
                    type="button"
                    className={styles.reject}
                    aria-pressed={source.id === selected}
                    onClick={() => onSelect(source.id === selected ? undefined : source.id)}
                  >
                    <ToneMark tone="warning">{formatCount(source.rejected)}</ToneMark>
                  </button>
                )}
              </td>
              <td data-fit="" data-number="">
                <span className={source.duplicates === 0 ? styles.quiet : undefined}>{formatCount(source.duplicates)}</span>
              </td>
              <td data-fit="">
                <span data-mono="" className={styles.quiet} title={source.sha256}>
                  {source.sha256.slice(0, 8)}
                </span>
              </td>
              <td data-fit="">
                <IconButton label={`Remove ${source.name}`} size="small" onClick={() => onRemove(source)}>
                  <Trash2 size={14} aria-hidden="true" />
                </IconButton>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
