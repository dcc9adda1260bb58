import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import styles from './sql.module.css';

export interface SqlView {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly description: string }[];
}

/** The documented views and their columns; choosing a name puts it into the query. */
export function ViewsList({ views, onPick }: { readonly views: readonly SqlView[]; readonly onPick: (word: string) => void }) {
  return (
    <nav className={styles.views} aria-label="Views">
      {views.map((view) => (
        <ViewEntry key={view.name} view={view} onPick={onPick} />
      ))}
    </nav>
  );
}

function ViewEntry({ view, onPick }: { readonly view: SqlView; readonly onPick: (word: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div className={styles.view}>
        <button
          type="button"
          className={styles.disclose}
          aria-expanded={open}
          aria-label={`Columns of ${view.name}`}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles.pick}
          data-mono=""
          title={`${view.description}. Press to put it into the query`}
          onClick={() => onPick(view.name)}
        >
          {view.name}
        </button>
      </div>
      {open && (
        <>
          <p className={styles.quiet}>{view.description}</p>
          <ul>
            {view.columns.map((column) => (
              <li key={column.name}>
                <button type="button" className={styles.pick} data-mono="" title={column.description} onClick={() => onPick(column.name)}>
                  {column.name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
