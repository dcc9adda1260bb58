import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { cx } from './cx.ts';
import { useSystemColour } from './system-colour.tsx';

/** A small outlined label. `mono` for identifiers. */
export function Chip({
  children,
  mono = false,
  title,
}: {
  readonly children: ReactNode;
  readonly mono?: boolean;
  readonly title?: string;
}) {
  return (
    <span className={cx(styles.chip, mono && styles.mono)} title={title}>
      <span>{children}</span>
    </span>
  );
}

/** The type of a record in small capitals: ORDER. */
export function TypeChip({ type }: { readonly type: string }) {
  return (
    <span className={cx(styles.chip, styles.type)}>
      <span>{type}</span>
    </span>
  );
}

/** A system's name behind its colour. */
export function SystemChip({ system }: { readonly system: string }) {
  const colour = useSystemColour()(system);
  return (
    <span className={styles.system} title={system}>
      <span className={styles.dot} style={{ background: colour }} />
      <span>{system}</span>
    </span>
  );
}

/** Systems in a row; names only for the first few, colour marks for the rest. */
export function SystemList({ systems }: { readonly systems: readonly string[] }) {
  return (
    <span className={styles.list} title={systems.join(', ')}>
      {systems.map((system) => (
        <SystemChip key={system} system={system} />
      ))}
    </span>
  );
}
