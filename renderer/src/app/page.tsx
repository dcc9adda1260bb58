import type { ReactNode } from 'react';
import { Skeleton } from '../ui/progress.tsx';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** One line beside the title: counts, a state. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** A second row under the head: filters. */
  readonly toolbar?: ReactNode;
  readonly children: ReactNode;
  /** `fill`: the content takes the height and scrolls itself. `flow`: the page scrolls. */
  readonly layout?: 'fill' | 'flow';
}

/** The frame of every page but the journey: a head with title and actions, an optional toolbar, the content. */
export function Page({ title, note, actions, toolbar, children, layout = 'flow' }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {note !== undefined && <div className={styles.note}>{note}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {toolbar !== undefined && <div className={styles.toolbar}>{toolbar}</div>}
      {/* A region that scrolls by itself must be reachable by keyboard. */}
      <div
        className={layout === 'fill' ? styles.fill : styles.flow}
        tabIndex={layout === 'flow' ? 0 : undefined}
        role={layout === 'flow' ? 'region' : undefined}
        aria-label={layout === 'flow' ? title : undefined}
      >
        {children}
      </div>
    </div>
  );
}

/** Shown while a page's code is loading. */
export function PagePending() {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Skeleton width={140} height={20} />
      </header>
      <div className={styles.flow}>
        <Skeleton width="60%" />
      </div>
    </div>
  );
}
