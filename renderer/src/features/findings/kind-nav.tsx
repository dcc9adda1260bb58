import type { FindingsSearch } from '../../app/search-schemas.ts';
import { formatCount, humanise } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import styles from './findings.module.css';
import type { KindGroup } from './summary.ts';

interface KindNavProps {
  readonly groups: readonly KindGroup[];
  readonly search: FindingsSearch;
  readonly onChange: (patch: FindingsSearch) => void;
}

/** The kinds and subkinds with their numbers; choosing one narrows the list, choosing it again takes that back. */
export function KindNav({ groups, search, onChange }: KindNavProps) {
  const all = groups.reduce((sum, group) => sum + group.count, 0);
  const none = search.kind === undefined;
  return (
    <nav className={styles.kinds} aria-label="Kinds of finding">
      <button type="button" className={styles.kind} aria-pressed={none} onClick={() => onChange({ kind: undefined, subkind: undefined })}>
        <span />
        <span>All kinds</span>
        <span className={styles.count}>{formatCount(all)}</span>
      </button>
      {groups.map((group) => {
        const chosen = search.kind === group.kind;
        return (
          <div key={group.kind}>
            <button
              type="button"
              className={styles.kind}
              aria-pressed={chosen && search.subkind === undefined}
              onClick={() => onChange({ kind: chosen && search.subkind === undefined ? undefined : group.kind, subkind: undefined })}
            >
              <ToneMark tone={group.severity} />
              <span>{humanise(group.kind)}</span>
              <span className={styles.count}>{formatCount(group.count)}</span>
            </button>
            {group.subkinds.map((subkind) => (
              <button
                key={subkind.subkind}
                type="button"
                className={styles.subkind}
                aria-pressed={chosen && search.subkind === subkind.subkind}
                onClick={() =>
                  onChange({ kind: group.kind, subkind: chosen && search.subkind === subkind.subkind ? undefined : subkind.subkind })
                }
              >
                <span data-clip="">{humanise(subkind.subkind)}</span>
                <span className={styles.count}>{formatCount(subkind.count)}</span>
              </button>
            ))}
          </div>
        );
      })}
    </nav>
  );
}
