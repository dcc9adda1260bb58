import { useState } from 'react';
import { CopyIcon } from '../../../ui/copy-button.tsx';
import styles from './payload.module.css';

/** Members of one level that are shown before asking: a payload may hold a hundred thousand. */
const PAGE = 100;
const OPEN_DEPTH = 3;

/** An entry as a collapsible tree. Text only: whatever the payload says, it is never interpreted as markup. */
export function Payload({ value }: { readonly value: unknown }) {
  if (value === undefined || value === null)
    return <p className={styles.none}>The entry has no tree that could be shown. See its bytes under Raw.</p>;
  return (
    <div className={styles.payload}>
      <div className={styles.copy}>
        <CopyIcon label="Copy the payload" text={() => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2))} />
      </div>
      {typeof value === 'object' ? <Members value={value} depth={0} /> : <Scalar value={value} />}
    </div>
  );
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Array.isArray(value) ? value.map((item, index) => [String(index), item] as const) : Object.entries(value);
}

function Members({ value, depth }: { readonly value: object; readonly depth: number }) {
  const [limit, setLimit] = useState(PAGE);
  const entries = entriesOf(value);
  return (
    <ul className={styles.members}>
      {entries.slice(0, limit).map(([name, member]) => (
        <li key={name}>
          <Member name={name} value={member} depth={depth} />
        </li>
      ))}
      {entries.length > limit && (
        <li>
          <button type="button" className={styles.more} onClick={() => setLimit(limit + PAGE)}>
            {entries.length - limit} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Member({ name, value, depth }: { readonly name: string; readonly value: unknown; readonly depth: number }) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  if (typeof value !== 'object' || value === null) {
    return (
      <span className={styles.leaf}>
        <span className={name.startsWith('@') ? styles.attribute : styles.name}>{name}</span> <Scalar value={value} />
      </span>
    );
  }
  const count = entriesOf(value).length;
  return (
    <>
      <button type="button" className={styles.branch} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.turn} aria-hidden="true">
          {open ? '▾' : '▸'}
        </span>
        <span className={styles.name}>{name}</span>
        <span className={styles.count}>{Array.isArray(value) ? `[${count}]` : `{${count}}`}</span>
      </button>
      {open && <Members value={value} depth={depth + 1} />}
    </>
  );
}

function Scalar({ value }: { readonly value: unknown }) {
  if (value === null) return <span className={styles.null}>null</span>;
  if (typeof value === 'string') return <span className={styles.text}>{value === '' ? '""' : value}</span>;
  return <span className={styles.number}>{JSON.stringify(value)}</span>;
}
