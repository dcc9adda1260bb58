import { cx } from './cx.ts';
import styles from './file-name.module.css';

/** Characters of a long name that are always shown at its end: the part that tells files of one log apart. */
const TAIL = 14;

interface FileNameProps {
  readonly name: string;
  /** The whole path, where the name is a part of it. */
  readonly title?: string;
  readonly strong?: boolean;
}

/** A name that is cut in its middle, so that its beginning and its end can be read. */
export function FileName({ name, title = name, strong = false }: FileNameProps) {
  const cut = name.length - TAIL;
  return (
    <span className={cx(styles.name, strong && styles.strong)} title={title}>
      {cut <= 0 ? (
        <span className={styles.tail}>{name}</span>
      ) : (
        <>
          <span aria-hidden="true" data-clip="">
            {name.slice(0, cut)}
          </span>
          <span aria-hidden="true" className={styles.tail}>
            {name.slice(cut)}
          </span>
          {/* Two halves would be read, and found, as two words. */}
          <span data-visually-hidden="">{name}</span>
        </>
      )}
    </span>
  );
}
