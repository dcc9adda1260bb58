import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { WireSource } from '../../../../src/api/wire.ts';
import { useEngineQuery, useWorkspaceInfo } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import type { SourcesView } from '../../app/search-schemas.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useFilesButton } from '../start/use-files-button.tsx';
import { FoldersView } from './folders/folders-view.tsx';
import { SourcesView as ListView } from './list/sources-view.tsx';
import { RejectedView } from './rejected/rejected-view.tsx';
import styles from './sources.module.css';
import { useWatches } from './folders/use-watches.ts';

const route = getRouteApi('/sources');

/** What came from where: the imported files, the entries that could not be read, and the folders that are watched. */
export function SourcesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { choose, input } = useFilesButton();
  const info = useWorkspaceInfo().data;
  const sources = useEngineQuery<WireSource[]>(['sources'], (client, signal) => client.sources.list(undefined, { signal }));
  const watches = useWatches();
  const view = search.view ?? 'list';
  const list = sources.data;
  const show = (next: SourcesView): void => void navigate({ search: { view: next === 'list' ? undefined : next } });

  return (
    <Page
      title="Sources"
      layout="fill"
      note={
        list === undefined || list.length === 0
          ? undefined
          : plural(
              list.reduce((sum, source) => sum + source.events, 0),
              'event',
            )
      }
      actions={
        <>
          {input}
          <Button onClick={choose}>
            <Plus size={14} aria-hidden="true" />
            Add files
          </Button>
        </>
      }
      toolbar={
        <Segments
          label="What to show"
          value={view}
          onChange={show}
          choices={[
            { value: 'list', label: 'Files', ...(list === undefined ? {} : { count: list.length }) },
            { value: 'rejected', label: 'Rejected entries', ...(info === undefined ? {} : { count: info.rejected }) },
            { value: 'folders', label: 'Watched folders', ...(watches.data === undefined ? {} : { count: watches.data.length }) },
          ]}
        />
      }
    >
      {view === 'folders' ? (
        <FoldersView watches={watches} />
      ) : sources.isError ? (
        <div className={styles.error}>
          <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} />
        </div>
      ) : list === undefined ? (
        <div className={styles.error}>
          <Skeleton width="50%" />
        </div>
      ) : list.length === 0 && (view === 'list' || info?.rejected === 0) ? (
        <Empty
          title="Nothing was imported yet"
          actions={
            <Button variant="primary" onClick={choose}>
              Choose files
            </Button>
          }
        >
          Every imported file is listed here with its hash, its time coverage and the entries that were rejected.
        </Empty>
      ) : view === 'rejected' ? (
        <RejectedView sources={list} source={search.source} reason={search.reason} />
      ) : (
        <ListView sources={list} selected={search.source} />
      )}
    </Page>
  );
}
