import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient, WORKSPACE_KEY } from '../../app/api.ts';
import { errorText } from '../../ui/error-text.ts';
import { Time } from '../../ui/time.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import styles from './start.module.css';

/** Workspaces opened before; one that still exists can be opened in place of the current one. */
export function Recent({ current }: { readonly current: string | undefined }) {
  const client = useClient();
  const cache = useQueryClient();
  const recent = useQuery({ queryKey: ['recent'], queryFn: ({ signal }) => client.workspace.recent(undefined, { signal }) });
  const open = useMutation({
    mutationFn: (path: string) => client.workspace.open({ file: { path } }),
    onSuccess: (info) => cache.setQueryData(WORKSPACE_KEY, info),
  });
  const others = (recent.data ?? []).filter((workspace) => workspace.path !== current).slice(0, 6);
  if (others.length === 0) return undefined;
  return (
    <section className={styles.section} aria-label="Recent workspaces">
      <h2>Recent workspaces</h2>
      <ul>
        {others.map((workspace) => (
          <li key={workspace.path} className={styles.recent}>
            {workspace.exists ? (
              <button type="button" className={styles.link} onClick={() => open.mutate(workspace.path)} title={workspace.path}>
                {workspace.name}
              </button>
            ) : (
              <span title={workspace.path} data-clip="">
                {workspace.name}
              </span>
            )}
            <span className={styles.quiet}>{workspace.exists ? <Time at={workspace.openedAt} style="date" /> : 'not found any more'}</span>
          </li>
        ))}
      </ul>
      {open.isError && <ToneMark tone="critical">{errorText(open.error).message}</ToneMark>}
    </section>
  );
}
