import { Columns3 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { humanise } from '../../ui/format.ts';
import { Popover } from '../../ui/popover.tsx';
import styles from './columns-menu.module.css';

interface HideableColumn {
  readonly id: string;
  getIsVisible(): boolean;
  toggleVisibility(visible: boolean): void;
}

/** Chooses which columns are shown; the record itself always is. */
export function ColumnsMenu({ columns }: { readonly columns: readonly HideableColumn[] }) {
  return (
    <Popover
      label="Columns"
      trigger={
        <Button variant="ghost" size="small">
          <Columns3 size={14} aria-hidden="true" />
          Columns
        </Button>
      }
    >
      <div className={styles.list}>
        {columns
          .filter((column) => column.id !== 'key')
          .map((column) => (
            <label key={column.id} className={styles.row}>
              <input type="checkbox" checked={column.getIsVisible()} onChange={(event) => column.toggleVisibility(event.target.checked)} />
              {column.id === 'attempts' ? 'Tries' : humanise(column.id)}
            </label>
          ))}
      </div>
    </Popover>
  );
}
