import { Link, useParams, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { humanise } from '../ui/format.ts';
import { useWorkspaceInfo } from './api.ts';
import styles from './shell.module.css';

const TITLES: ReadonlyMap<string, string> = new Map([
  ['/', 'Start'],
  ['/records', 'Records'],
  ['/findings', 'Findings'],
  ['/incidents', 'Incidents'],
  ['/flows', 'Flows'],
  ['/sources', 'Sources'],
  ['/import', 'Import'],
  ['/sql', 'SQL'],
]);

/** Where this is: workspace / page, or workspace / type / key. Also the title of the window. */
export function Crumb() {
  const name = useWorkspaceInfo().data?.name;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { type, key } = useParams({ strict: false });
  const page = key ?? TITLES.get(path) ?? 'Not found';
  useEffect(() => {
    document.title = path === '/' ? 'Waybill' : `${page} – Waybill`;
  }, [path, page]);
  return (
    <nav className={styles.crumb} aria-label="Place">
      <Link to="/" title={name}>
        {name ?? 'Waybill'}
      </Link>
      <span aria-hidden="true">/</span>
      {type !== undefined && (
        <>
          <Link to="/records" search={{ type }}>
            {humanise(type)}
          </Link>
          <span aria-hidden="true">/</span>
        </>
      )}
      <span title={page} aria-current="page">
        {page}
      </span>
    </nav>
  );
}
