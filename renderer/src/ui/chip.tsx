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
/** More marks than this are a number: nobody counts them, and a narrow column has no room. */
const MOST_MARKS = 6;

/** Systems in a row, by name where they are few: up to `named`, which a narrow column sets lower. */
export function SystemList({ systems, named = NAMED }: { readonly systems: readonly string[]; readonly named?: number }) {
  const colourOf = useSystemColour();
  if (systems.length > named) {
    const marks = systems.length > MOST_MARKS ? systems.slice(0, MOST_MARKS - 1) : systems;
    return (
      <span className={styles.slots} title={systems.join(', ')}>
        {marks.map((system) => (
          <span key={system} className={styles.dot} style={{ background: colourOf(system) }} />
        ))}
        {systems.length > marks.length && (
          <span className={styles.more} aria-hidden="true">
            +{systems.length - marks.length}
          </span>
        )}
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
