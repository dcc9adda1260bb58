import type { WireConflict } from '../../../../../src/api/wire.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { plural } from '../../../ui/format.ts';
import { Popover } from '../../../ui/popover.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { baseName } from '../model/base-name.ts';
import { useSelection } from '../selection.ts';
import styles from './conflict-notes.module.css';
import { JourneyLink } from './journey-link.tsx';

/** What the data contradicts itself about, as a notice; behind it who claims what, and where that stands. */
export function ConflictNotes({ conflicts }: { readonly conflicts: readonly WireConflict[] }) {
  const { show } = useSelection();
  const [first] = conflicts;
  if (first === undefined) return undefined;
  const more = conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : '';
  const short =
    first.kind === 'claimed'
      ? `${first.record.type} ${first.record.key} is claimed by ${plural(first.claims.length, 'record')}${more}`
      : `${first.record.type} ${first.record.key} stands for ${plural(first.claims.length, 'record')}${more}`;
  return (
    <Popover
      label="Conflicts"
      trigger={
        <button type="button" className={buttonClass('ghost', 'small')} title={first.text}>
          <ToneMark tone="warning" className={styles.mark}>
            {short}
          </ToneMark>
        </button>
      }
    >
      <div className={styles.text}>
        {conflicts.map((conflict) => (
          <div key={conflict.text}>
            <p>{conflict.text}.</p>
            <ul>
              {conflict.claims.map(({ record, chosen, evidence }) => (
                <li key={`${record.type} ${record.key}`}>
                  <JourneyLink type={record.type} id={record.key}>
                    {record.type} {record.key}
                  </JourneyLink>
                  <span className={styles.quiet}>
                    {[
                      chosen ? 'told with it' : '',
                      ...evidence.map(({ source, line }) => `${baseName(source)}, line ${line.toLocaleString('en-GB')}`),
                    ]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <button type="button" className={buttonClass('default', 'small')} onClick={() => show('identity')}>
          Decide who is who
        </button>
      </div>
    </Popover>
  );
}
