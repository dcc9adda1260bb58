import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, FocusEvent, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { cx } from './cx.ts';
import { moveIndex } from './grid-keys.ts';
import { Skeleton } from './progress.tsx';
import styles from './virtual-grid.module.css';

/** Height of every row in pixels, the token --row. */
const ROW = 28;
/** Browsers cut elements off near 17 million pixels; beyond this many rows the list ends and says so. */
export const MAX_ROWS = 500_000;

export interface GridColumn {
  readonly id: string;
  readonly title: ReactNode;
  /** A grid track: `120px`, `minmax(160px, 2fr)`. */
  readonly track: string;
  readonly align?: 'end';
  readonly sortable?: boolean;
}

interface VirtualGridProps {
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly count: number;
  /**
   * What a row shows, compared by identity: a row is drawn anew only when it changes. Undefined while it is on its way.
   * Without it every row in view is drawn anew with every scroll step.
   */
  readonly rowAt?: (index: number) => object | undefined;
  /** One node a column, or undefined while the row is on its way. */
  readonly cells: (index: number) => readonly ReactNode[] | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly onOpen: (index: number) => void;
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly onSort?: (column: string) => void;
  /** Least width in pixels before the grid scrolls sideways. */
  readonly least?: number;
  /** The row that is marked at first, where another is known than the one marked last. */
  readonly start?: number | undefined;
  /** Rows can be picked to do something with several: by the box in front of them, by Space, and by Shift with the arrows. Escape lets go of all. */
  readonly pick?: GridPick | undefined;
  /** What the list shows; when it changes, the list starts at the top. When it was left and comes back, so does the place. */
  readonly placeKey: string;
}

export interface GridPick {
  readonly has: (index: number) => boolean;
  readonly set: (indexes: readonly number[], on: boolean) => void;
  readonly clear: () => void;
}

/** The column of boxes that stands before the others where rows can be picked. */
const PICK: GridColumn = { id: 'pick', title: <span data-visually-hidden="">Selected</span>, track: '16px' };

/** No row is marked. */
const NONE = -1;

interface Place {
  readonly offset: number;
  readonly active: number;
}

function readPlace(key: string): Place {
  const stored: unknown = JSON.parse(sessionStorage.getItem(`place ${key}`) ?? 'null');
  if (typeof stored === 'object' && stored !== null && 'offset' in stored && 'active' in stored)
    return { offset: Number(stored.offset), active: Number(stored.active) };
  return { offset: 0, active: NONE };
}

/**
 * A table of any length: rows of 28 px of which only those in view exist. The whole table is one stop of the Tab key;
 * arrows, Page Up and Down, Home and End move the marked row, Enter opens it.
 */
export function VirtualGrid(props: VirtualGridProps) {
  // Another list is another grid: its scroll place and mark start from what was stored for it.
  return <Grid key={props.placeKey} {...props} />;
}

function Grid({
  label,
  columns: shown,
  count,
  rowAt,
  cells,
  onRange,
  onOpen,
  sort,
  onSort,
  least,
  start,
  pick,
  placeKey,
}: VirtualGridProps) {
  const columns = pick === undefined ? shown : [PICK, ...shown];
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [place] = useState(() => readPlace(placeKey));
  // Nothing is marked until the list was used: a mark says where one is, not where one could be.
  const [active, setActive] = useState(start ?? place.active);
  const rows = Math.min(count, MAX_ROWS);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    paddingStart: 0,
    scrollPaddingStart: ROW,
    initialOffset: place.offset,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => onRange(first, last), [onRange, first, last]);

  const marked = useRef(active);
  useLayoutEffect(() => {
    marked.current = active;
  }, [active]);
  // In a layout effect: later the element has left the document, and its scroll place with it.
  useLayoutEffect(() => {
    const element = scroller.current;
    return () => sessionStorage.setItem(`place ${placeKey}`, JSON.stringify({ offset: element?.scrollTop ?? 0, active: marked.current }));
  }, [placeKey]);

  // Back in a list that was left from a marked row: the keys go on where they were. A focus that is elsewhere is left there.
  useEffect(() => {
    const at = document.activeElement;
    if (place.active !== NONE && (at === document.body || at?.id === 'main')) scroller.current?.focus({ preventScroll: true });
  }, [place]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (active !== NONE) onOpen(active);
      return;
    }
    if (pick !== undefined && event.key === 'Escape') {
      pick.clear();
      return;
    }
    if (pick !== undefined && event.key === ' ') {
      event.preventDefault();
      if (active !== NONE) pick.set([active], !pick.has(active));
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 2);
    const next = moveIndex(event.key, active, rows, pageRows);
    if (next === undefined) return;
    event.preventDefault();
    if (pick !== undefined && event.shiftKey && active !== NONE) pick.set(between(active, next), true);
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  };

  const onFocus = (event: FocusEvent): void => {
    if (active === NONE && rows > 0 && event.target === event.currentTarget && event.target.matches(':focus-visible')) setActive(first);
  };

  // One listener for all rows: each row says which it is.
  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (row === null) return;
    const index = Number(row.getAttribute('data-row'));
    if (pick !== undefined && event.target instanceof Element && event.target.closest('[data-pick]') !== null) {
      pick.set(event.shiftKey && active !== NONE ? between(active, index) : [index], !pick.has(index));
      setActive(index);
      return;
    }
    setActive(index);
    marked.current = index;
    onOpen(index);
  };

  const template: CSSProperties & Record<`--${string}`, string> = {
    '--columns': columns.map((column) => column.track).join(' '),
    '--least': `${least ?? 0}px`,
  };
  return (
    <div
      ref={scroller}
      className={styles.grid}
      style={template}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onClick={onClick}
    >
      <div role="rowgroup" className={styles.head} style={{ display: 'block', padding: 0 }}>
        <div role="row" aria-rowindex={1} className={styles.head} style={{ position: 'static', borderBottom: 0 }}>
          {columns.map((column, at) => (
            <HeadCell key={column.id} column={column} isAfter={follows(columns, at)} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <Row
            key={item.key}
            id={`${id}-${item.index}`}
            index={item.index}
            start={item.start}
            selected={item.index === active}
            picked={pick?.has(item.index)}
            data={rowAt === undefined ? cells(item.index) : rowAt(item.index)}
            columns={columns}
            cells={cells}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly index: number;
  readonly start: number;
  readonly selected: boolean;
  /** Undefined where rows cannot be picked. */
  readonly picked: boolean | undefined;
  readonly data: object | undefined;
  readonly columns: readonly GridColumn[];
  readonly cells: VirtualGridProps['cells'];
}

/** Scrolling draws the list many times a second: a row whose data, place and columns are the same is left as it is. */
const Row = memo(RowBody, (before, after) => {
  return (
    before.data === after.data &&
    before.index === after.index &&
    before.start === after.start &&
    before.selected === after.selected &&
    before.picked === after.picked &&
    before.columns.length === after.columns.length &&
    before.columns.every((column, at) => column.id === after.columns[at]?.id)
  );
});

function RowBody({ id, index, start, selected, picked, data, columns, cells }: RowProps) {
  const own = data === undefined ? undefined : cells(index);
  const nodes = own === undefined || picked === undefined ? own : [<PickBox key="pick" picked={picked} />, ...own];
  return (
    <div
      id={id}
      role="row"
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={selected && data !== undefined}
      className={cx(styles.row, picked === true && styles.picked)}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          className={cx(styles.cell, column.align === 'end' && styles.end, follows(columns, at) && styles.after)}
        >
          {nodes === undefined ? <Skeleton width={`${40 + ((index * 7 + at * 13) % 40)}%`} height={8} /> : nodes[at]}
        </div>
      ))}
    </div>
  );
}

/** Not a stop of the Tab key: the grid is one, and Space picks the marked row. */
function PickBox({ picked }: { readonly picked: boolean }) {
  return <input type="checkbox" data-pick="" tabIndex={-1} className={styles.pick} aria-label="Select" checked={picked} readOnly />;
}

function between(a: number, b: number): readonly number[] {
  return Array.from({ length: Math.abs(b - a) + 1 }, (_, i) => Math.min(a, b) + i);
}

/** Whether a column of words stands right behind one of numbers. */
function follows(columns: readonly GridColumn[], at: number): boolean {
  return columns[at]?.align !== 'end' && columns[at - 1]?.align === 'end';
}

interface HeadCellProps {
  readonly column: GridColumn;
  readonly isAfter: boolean;
  readonly sort: VirtualGridProps['sort'];
  readonly onSort: VirtualGridProps['onSort'];
}

function HeadCell({ column, isAfter, sort, onSort }: HeadCellProps) {
  const sorted = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      className={cx(styles.title, column.align === 'end' && styles.end, isAfter && styles.after)}
      aria-sort={column.sortable === true ? (sorted ?? 'none') : undefined}
    >
      {column.sortable === true && onSort !== undefined ? (
        <button type="button" onClick={() => onSort(column.id)}>
          <span data-clip="">{column.title}</span>
          {sorted !== undefined && <Arrow size={12} aria-hidden="true" />}
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}
