import styles from './chip.module.css';
import { cx } from './cx.ts';
import { useKnownSystems, useSystemColour } from './system-colour.tsx';

/** More systems than this are named instead: the eye no longer counts them. */
const MOST_SLOTS = 12;
/** So few are named beside their marks. */
const NAMED = 2;

/**
 * Which of the workspace's systems took part, in slots that stand below each other in a list: filled where it did, an outline
 * where it did not. The names are in the title and read to screen readers; few are written out.
 */
export function SystemDots({ systems }: { readonly systems: readonly string[] }) {
  const known = useKnownSystems();
  const colourOf = useSystemColour();
  const slots =
    known.length === 0 || known.length > MOST_SLOTS ? systems : [...known, ...systems.filter((system) => !known.includes(system))];
  const names = systems.join(', ');
  return (
    <span className={styles.dots} title={names}>
      <span className={styles.slots} aria-hidden="true">
        {slots.map((system) => {
          const took = systems.includes(system);
          return (
            <span
              key={system}
              className={cx(styles.dot, !took && styles.hollow)}
              style={took ? { background: colourOf(system) } : undefined}
            />
          );
        })}
      </span>
      {systems.length <= NAMED ? <span data-clip="">{names}</span> : <span data-visually-hidden="">{names}</span>}
    </span>
  );
}
