import { Link, useRouterState } from '@tanstack/react-router';
import { CircleHelp, Code, Database, FileInput, Home, ListTree, Monitor, Moon, Siren, Sun, TriangleAlert, Workflow } from 'lucide-react';
import type { ComponentType } from 'react';
import { Tooltip } from '../ui/tooltip.tsx';
import { useOverlay } from './overlays.ts';
import styles from './shell.module.css';
import { useTheme } from './theme.ts';
import type { Theme } from './theme.ts';

type Icon = ComponentType<{ readonly size?: number; readonly strokeWidth?: number; readonly 'aria-hidden'?: 'true' }>;

interface Place {
  readonly to: '/' | '/records' | '/findings' | '/incidents' | '/flows' | '/sources' | '/import' | '/sql';
  readonly label: string;
  readonly icon: Icon;
  /** Beginnings of other paths that belong to this place. */
  readonly also: readonly string[];
}

/** The pages in the order of the rail. */
const PLACES: readonly Place[] = [
  { to: '/', label: 'Start', icon: Home, also: [] },
  { to: '/records', label: 'Records', icon: ListTree, also: ['/journey/'] },
  { to: '/findings', label: 'Findings', icon: TriangleAlert, also: [] },
  { to: '/incidents', label: 'Incidents', icon: Siren, also: [] },
  { to: '/flows', label: 'Flows', icon: Workflow, also: [] },
  { to: '/sources', label: 'Sources', icon: Database, also: [] },
  { to: '/import', label: 'Import', icon: FileInput, also: [] },
  { to: '/sql', label: 'SQL', icon: Code, also: [] },
];

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON: Readonly<Record<Theme, Icon>> = { system: Monitor, light: Sun, dark: Moon };

/** The rail on the left: the pages, then theme and keys. */
export function Rail() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const theme = useTheme();
  const show = useOverlay((state) => state.show);
  const ThemeIcon = THEME_ICON[theme.theme];
  return (
    <div className={styles.rail}>
      <span className={styles.mark} aria-hidden="true">
        <svg
          width="18"
          height="18"
          viewBox="0 0 18 18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d="M3.5 5h4v8h7" />
          <circle cx="3.5" cy="5" r="1.4" fill="currentColor" />
          <circle cx="14.5" cy="13" r="1.4" fill="currentColor" />
        </svg>
      </span>
      <nav className={styles.nav} aria-label="Pages">
        {PLACES.map(({ to, label, icon: PlaceIcon, also }) => {
          const current = path === to || also.some((start) => path.startsWith(start));
          return (
            <Tooltip key={to} content={label} side="right">
              <Link to={to} className={styles.item} aria-label={label} aria-current={current ? 'page' : undefined} activeProps={{}}>
                <PlaceIcon size={18} strokeWidth={1.6} aria-hidden="true" />
              </Link>
            </Tooltip>
          );
        })}
      </nav>
      <div className={styles.foot}>
        <Tooltip content={`Theme: ${theme.theme}`} side="right">
          <button
            type="button"
            className={styles.item}
            aria-label={`Theme: ${theme.theme}. Change`}
            onClick={() => theme.setTheme(NEXT_THEME[theme.theme])}
          >
            <ThemeIcon size={18} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </Tooltip>
        <Tooltip content="Keys" side="right">
          <button type="button" className={styles.item} aria-label="Keys" onClick={() => show('keys')}>
            <CircleHelp size={18} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </Tooltip>
      </div>
    </div>
  );
}
