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

/** More systems than this are colour marks only; their names are in the title. */
const NAMED = 2;

/** Systems in a row, by name where they are few. */
export function SystemList({ systems }: { readonly systems: readonly string[] }) {
  const colourOf = useSystemColour();
  if (systems.length > NAMED) {
    return (
      <span className={styles.slots} title={systems.join(', ')}>
        {systems.map((system) => (
          <span key={system} className={styles.dot} style={{ background: colourOf(system) }} />
        ))}
        <span data-visually-hidden="">{systems.join(', ')}</span>
      </span>
    );
  }
  return (
    <span className={styles.list} title={systems.join(', ')}>
      {systems.map((system) => (
        <SystemChip key={system} system={system} />
      ))}
    </span>
  );
}
