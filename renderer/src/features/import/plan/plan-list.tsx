import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { WirePlanPart } from '../../../../../src/api/wire.ts';
import { FilterInput } from '../../../ui/field.tsx';
import { moveIndex } from '../../../ui/grid-keys.ts';
import styles from './plan-list.module.css';
import { PlanListRow, rowHeight } from './plan-list-row.tsx';
import { partsOf } from './plan-rows.ts';
import type { PlanRow } from './plan-rows.ts';

interface PlanListProps {
  readonly rows: readonly PlanRow[];
  /** Common beginning of all names, left out. */
  readonly folder: string;
  readonly selected: string | undefined;
  readonly excluded: ReadonlySet<string>;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly onSelect: (id: string) => void;
  readonly onExpand: (id: string, isOpen: boolean) => void;
  readonly onInclude: (parts: readonly WirePlanPart[], isIn: boolean) => void;
}

/** Lines that fit on a screen, for Page Up and Down. */
const PAGE_ROWS = 10;

/**
 * The files of a plan as a tree of which only the lines in view exist. One stop of the Tab key: arrows move and open, Space
 * takes files in and out.
 */
export function PlanList({ rows, folder, selected, excluded, filter, onFilter, onSelect, onExpand, onInclude }: PlanListProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === selected),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight(rows[index]),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  // Opening a group changes the heights behind it.
  useEffect(() => virtual.measure(), [virtual, rows]);

  const include = (row: PlanRow): void => {
    const ready = partsOf(row).filter((part) => part.outcome === 'ready');
    if (ready.length > 0)
      onInclude(
        ready,
        ready.some((part) => excluded.has(part.id)),
      );
  };
  const moveTo = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    onSelect(row.id);
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = treeKey(event.key, rows, at, { expand: (isOpen) => onExpand(row.id, isOpen), include: () => include(row) });
    if (next === undefined) return;
    event.preventDefault();
    if (next !== at) moveTo(next);
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : undefined;
    const row = rows[Number(target?.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN)];
    if (row === undefined) return;
    if (target?.closest('[data-check]') !== null && target !== undefined) include(row);
    else if (target?.closest('[data-disclose]') !== null && row.kind !== 'part') onExpand(row.id, !row.expanded);
    else onSelect(row.id);
  };

  return (
    <div className={styles.pane}>
      <div className={styles.head}>
        <FilterInput label="Filter files" placeholder="Filter files" value={filter} onChange={onFilter} width="100%" />
      </div>
      <div
        ref={scroller}
        className={styles.list}
        role="tree"
        aria-label="Files to import"
        aria-activedescendant={rows.length === 0 ? undefined : `${id}-${at}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? undefined : (
              <PlanListRow
                key={item.key}
                id={`${id}-${item.index}`}
                row={row}
                index={item.index}
                start={item.start}
                folder={folder}
                selected={item.index === at}
                excluded={excluded}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 && <p className={styles.none}>No file matches</p>}
    </div>
  );
}

/** What a key does in a tree (WAI-ARIA): the line to go to, or undefined when the key means nothing here. */
function treeKey(
  key: string,
  rows: readonly PlanRow[],
  at: number,
  on: { readonly expand: (isOpen: boolean) => void; readonly include: () => void },
): number | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  const level = (one: PlanRow): number => (one.kind === 'part' ? one.level : 1);
  switch (key) {
    case ' ':
      on.include();
      return at;
    case 'ArrowRight':
      if (row.kind === 'part') return at;
      if (row.expanded) return Math.min(rows.length - 1, at + 1);
      on.expand(true);
      return at;
    case 'ArrowLeft':
      if (row.kind !== 'part' && row.expanded) {
        on.expand(false);
        return at;
      }
      return level(row) === 1 ? at : rows.findLastIndex((one, index) => index < at && level(one) === 1);
    default:
      return moveIndex(key, at, rows.length, PAGE_ROWS);
  }
}
