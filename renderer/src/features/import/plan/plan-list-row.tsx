import { Check, ChevronRight, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WirePlanPart } from '../../../../../src/api/wire.ts';
import { SystemChip } from '../../../ui/chip.tsx';
import { cx } from '../../../ui/cx.ts';
import { FileName } from '../../../ui/file-name.tsx';
import { formatBytes, formatCount, plural } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { sharedFolder } from '../../../ui/shared-folder.ts';
import { attention } from './attention.ts';
import { ConfidenceBar } from './confidence-bar.tsx';
import { bytesOf, commonName, distinct } from './plan-groups.ts';
import styles from './plan-list.module.css';
import { partsOf } from './plan-rows.ts';
import type { PlanRow } from './plan-rows.ts';

const TALL = 46;
const LOW = 28;

/** Height of a line in pixels: two lines of text where there are facts to tell, one below a group. */
export function rowHeight(row: PlanRow | undefined): number {
  return row?.kind === 'part' && row.level === 2 ? LOW : row?.kind === 'section' ? 36 : TALL;
}

type Included = 'true' | 'false' | 'mixed' | undefined;

/** Whether the files of a line are to be imported; undefined where none of them can be. */
function includedOf(parts: readonly WirePlanPart[], excluded: ReadonlySet<string>): Included {
  const ready = parts.filter((part) => part.outcome === 'ready');
  if (ready.length === 0) return undefined;
  const out = ready.filter((part) => excluded.has(part.id)).length;
  return out === 0 ? 'true' : out === ready.length ? 'false' : 'mixed';
}

interface PlanListRowProps {
  readonly id: string;
  readonly row: PlanRow;
  readonly index: number;
  readonly start: number;
  readonly folder: string;
  readonly selected: boolean;
  readonly excluded: ReadonlySet<string>;
}

/** One line of the plan's list. Its list handles keys and clicks. */
export function PlanListRow({ id, row, index, start, folder, selected, excluded }: PlanListRowProps) {
  const parts = partsOf(row);
  const included = includedOf(parts, excluded);
  const name = rowName(row, folder);
  return (
    <div
      id={id}
      data-index={index}
      role="treeitem"
      aria-label={row.kind === 'part' ? name : `${name}, ${plural(parts.length, 'file')}`}
      aria-level={row.kind === 'part' ? row.level : 1}
      aria-posinset={row.at}
      aria-setsize={row.of}
      aria-selected={selected}
      aria-expanded={row.kind === 'part' ? undefined : row.expanded}
      aria-checked={included}
      className={cx(styles.row, row.kind === 'part' && row.level === 2 && styles.child, included === 'false' && styles.out)}
      style={{ transform: `translateY(${start}px)`, height: rowHeight(row) }}
      title={row.kind === 'part' ? row.part.path : undefined}
    >
      {included === undefined ? <span className={styles.noCheck} /> : <CheckMark included={included} />}
      {row.kind === 'part' ? (
        row.level === 1 && <span className={styles.noDisclose} />
      ) : (
        <span data-disclose="" className={styles.disclose} data-open={row.expanded}>
          <ChevronRight size={14} aria-hidden="true" />
        </span>
      )}
      <RowText row={row} name={name} parts={parts} />
    </div>
  );
}

function CheckMark({ included }: { readonly included: 'true' | 'false' | 'mixed' }) {
  return (
    <span data-check="" className={styles.checkSpace}>
      <span className={styles.check} data-on={included !== 'false'}>
        {included === 'true' && <Check size={12} strokeWidth={3} aria-hidden="true" />}
        {included === 'mixed' && <Minus size={12} strokeWidth={3} aria-hidden="true" />}
      </span>
    </span>
  );
}

function rowName(row: PlanRow, folder: string): string {
  switch (row.kind) {
    case 'group': {
      const [first] = row.group.parts;
      return commonName(row.group.parts.map((part) => part.name.slice(folder.length))) ?? first.mapping?.title ?? first.format;
    }
    case 'part': {
      // Below a group only what tells its files apart is worth the room.
      const shared = row.level === 2 && row.group !== undefined ? sharedFolder(row.group.parts.map((part) => part.name)) : folder;
      return row.part.name.slice(Math.max(folder.length, shared.length));
    }
    case 'section':
      return row.id === 'known' ? 'Imported already' : 'Cannot be read';
  }
}

function RowText({ row, name, parts }: { readonly row: PlanRow; readonly name: string; readonly parts: readonly WirePlanPart[] }) {
  if (row.kind === 'section') {
    return (
      <span className={styles.line}>
        <ToneMark tone={row.id === 'known' ? 'info' : 'warning'} className={styles.name}>
          {name}
        </ToneMark>
        <span className={styles.count}>{formatCount(parts.length)}</span>
      </span>
    );
  }
  const bytes = bytesOf(parts);
  if (row.kind === 'part' && row.level === 2) {
    const why = attention(row.part);
    return (
      <span className={styles.line}>
        <FileName name={name} />
        {why !== undefined && <ToneMark tone="warning" title={why} />}
        <span className={styles.count}>{bytes === undefined ? '' : formatBytes(bytes)}</span>
      </span>
    );
  }
  const [first] = parts;
  const mapping = first?.mapping;
  const systems = distinct(parts, (part) => part.mapping?.system ?? '').filter((system) => system !== '');
  const worst = parts.map(attention).find((why) => why !== undefined);
  return (
    <span className={styles.two}>
      <span className={styles.line}>
        <FileName name={name} strong />
        {row.kind === 'group' && <span className={styles.badge}>{plural(parts.length, 'file')}</span>}
        {row.kind === 'part' && row.group?.apart === true && <span className={styles.badge}>on its own</span>}
      </span>
      <span className={cx(styles.line, styles.facts)}>
        <Facts>
          {first?.format}
          {bytes !== undefined && ` · ${formatBytes(bytes)}`}
        </Facts>
        {systems.length === 1 && <SystemChip system={systems[0] ?? ''} />}
        {systems.length > 1 && <span>{plural(systems.length, 'system')}</span>}
        <span className={styles.sure}>
          {worst === undefined ? (
            mapping !== null && mapping !== undefined && <ConfidenceBar confidence={mapping.confidence} reason={mapping.reason} />
          ) : (
            <ToneMark tone="warning" title={worst}>
              look
            </ToneMark>
          )}
        </span>
      </span>
    </span>
  );
}

function Facts({ children }: { readonly children: ReactNode }) {
  return <span data-clip="">{children}</span>;
}
