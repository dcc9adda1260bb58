import type { ReactNode } from 'react';
import styles from './figures.module.css';

/** A row of large numbers with their names below: what a page comes down to. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>;
}

/** One number of `Figures`; `of` stands smaller behind it. */
export function Figure({
  label,
  of,
  children,
}: {
  readonly label: string;
  readonly of?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {children}
        {of !== undefined && <span className={styles.of}> of {of}</span>}
      </dd>
    </div>
  );
}

/** Sets figures of another sort apart. */
export function FigureRule() {
  return <i className={styles.rule} aria-hidden="true" />;
}
