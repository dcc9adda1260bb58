import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { FolderPlus, Trash2 } from 'lucide-react';
import type { WireWatch } from '../../../../../src/api/wire.ts';
import { useClient } from '../../../app/api.ts';
import { desktop } from '../../../app/host.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { Skeleton } from '../../../ui/progress.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { FolderRow } from './folder-row.tsx';
import styles from './folders.module.css';
import { WATCHES_KEY } from './use-watches.ts';

const WHAT = 'Files in a watched folder are imported automatically, now and whenever they come or change.';

/** The folders that are watched: what each brought, what went wrong last, and the ways to add and remove one. */
export function FoldersView({ watches }: { readonly watches: UseQueryResult<WireWatch[]> }) {
  const client = useClient();
  const cache = useQueryClient();
  const refresh = (): Promise<void> => cache.invalidateQueries({ queryKey: WATCHES_KEY });
  const bridge = desktop();
  const add = useMutation({
    mutationFn: async () => {
      for (const grant of (await bridge?.pickFolders()) ?? []) await client.watches.add({ folder: { grant } });
    },
    onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: (watch: string) => client.watches.remove({ watch }), onSettled: refresh });
  const list = watches.data;
  const how =
    bridge === undefined ? (
      <>
        In the browser, folders are named when Waybill is started: <code>waybill serve --watch FOLDER</code>, once for each folder.
      </>
    ) : undefined;
  const button =
    bridge === undefined ? undefined : (
      <Button variant={list?.length === 0 ? 'primary' : 'default'} disabled={add.isPending} onClick={() => add.mutate()}>
        <FolderPlus size={14} aria-hidden="true" />
        Watch a folder
      </Button>
    );
  const error = add.error ?? remove.error;

  if (watches.isError && list === undefined) {
    return (
      <div className={styles.view}>
        <ErrorPanel error={watches.error} onRetry={() => void watches.refetch()} />
      </div>
    );
  }
  if (list === undefined) {
    return (
      <div className={styles.view}>
        <Skeleton width="50%" />
      </div>
    );
  }
  if (list.length === 0) {
    return (
      <Empty title="No folder is watched" actions={button}>
        {WHAT} {how}
      </Empty>
    );
  }
  return (
    <div className={styles.view} role="region" aria-label="Watched folders" tabIndex={0}>
      <div className={styles.head}>
        <p>
          {WHAT} {how}
        </p>
        {button}
      </div>
      {error !== null && <ToneMark tone="critical">{errorText(error).message}</ToneMark>}
      <table className={styles.table} aria-label="Watched folders">
        <thead>
          <tr>
            <th>Folder</th>
            <th>State</th>
            <th data-number="">Imported</th>
            <th data-number="">Known</th>
            <th data-number="">Failed</th>
            <th>Last import</th>
            <th>
              <span data-visually-hidden="">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((watch) => (
            <FolderRow
              key={watch.id}
              watch={watch}
              remove={
                <IconButton
                  label={`Stop watching ${watch.path}`}
                  title="Stop watching. What was imported stays."
                  size="small"
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(watch.id)}
                >
                  <Trash2 size={14} aria-hidden="true" />
                </IconButton>
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
