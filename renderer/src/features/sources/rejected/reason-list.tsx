import { formatCount } from '../../../ui/format.ts';
import type { ReasonGroup } from './reasons.ts';
import { reasonLabel, withoutPlace } from './reasons.ts';
import styles from './reason-list.module.css';

interface Choice {
  readonly source?: number | undefined;
  readonly reason?: string | undefined;
}

interface ReasonListProps {
  readonly reasons: readonly ReasonGroup[];
  readonly source: number | undefined;
  readonly reason: string | undefined;
  readonly onSelect: (choice: Choice) => void;
}

/** Sources shown below a reason; the others are counted and found by choosing the reason. */
const MOST_SOURCES = 30;

/** The reasons with their numbers, and below each the sources it applies to. */
export function ReasonList({ reasons, source, reason, onSelect }: ReasonListProps) {
  const all = reasons.reduce((sum, one) => sum + one.count, 0);
  return (
    <nav className={styles.list} aria-label="Reasons">
      <Item label="All" count={all} current={source === undefined && reason === undefined} strong onSelect={() => onSelect({})} />
      {reasons.map((group) => (
        <div key={group.code} className={styles.group}>
          <Item
            label={reasonLabel(group.code)}
            title={withoutPlace(group.sources[0] ?? { reason: group.code, source: '' })}
            count={group.count}
            current={source === undefined && reason === group.code}
            strong
            onSelect={() => onSelect({ reason: group.code })}
          />
          {group.sources
            .slice(0, MOST_SOURCES)
            .map((one) =>
              one.sourceId === null ? undefined : (
                <Item
                  key={one.sourceId}
                  label={one.source}
                  title={one.reason}
                  count={one.count}
                  current={source === one.sourceId && reason === group.code}
                  onSelect={() => onSelect({ reason: group.code, source: one.sourceId ?? undefined })}
                />
              ),
            )}
          {group.sources.length > MOST_SOURCES && (
            <p className={styles.rest}>and {formatCount(group.sources.length - MOST_SOURCES)} more files</p>
          )}
        </div>
      ))}
    </nav>
  );
}

interface ItemProps {
  readonly label: string;
  readonly title?: string;
  readonly count: number;
  readonly current: boolean;
  readonly strong?: boolean;
  readonly onSelect: () => void;
}

function Item({ label, title, count, current, strong = false, onSelect }: ItemProps) {
  return (
    <button type="button" className={styles.item} data-strong={strong} aria-current={current} title={title} onClick={onSelect}>
      <span data-clip="">{label}</span>
      <span className={styles.count}>{formatCount(count)}</span>
    </button>
  );
}
