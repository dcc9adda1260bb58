import type { WireEvidence } from '../../../../../src/api/wire.ts';
import { cx } from '../../../ui/cx.ts';
import { baseName } from '../model/base-name.ts';
import { useSelection } from '../selection.ts';
import styles from './identity.module.css';

type Shown = WireEvidence & { readonly names?: readonly string[] };

/** As many as one looks at; the list of events has all. */
const SHOWN = 2;

/** The entries that show something, by file and line; each shows its event in the side panel. */
export function EvidenceLinks({ evidence, entries }: { readonly evidence: readonly Shown[]; readonly entries: number }) {
  const { event, selectEvent } = useSelection();
  if (evidence.length === 0) return <span className={styles.quiet}>no entry</span>;
  const shown = evidence.slice(0, SHOWN);
  const more = entries - shown.length;
  return (
    <ul className={styles.evidence}>
      {shown.map((one) => {
        const names = one.names === undefined ? '' : `, names ${one.names.join(' and ')}`;
        return (
          <li key={one.event}>
            <button
              type="button"
              className={cx(styles.place, one.event === event && styles.current)}
              title={`${one.source}, line ${one.line}${names}`}
              onClick={() => selectEvent(one.event)}
            >
              <span data-mono="" data-clip="">
                {baseName(one.source)}
              </span>
              <span data-mono="">:{one.line.toLocaleString('en-GB')}</span>
              {one.names !== undefined && one.names.length > 1 && <span className={styles.quiet}>names {one.names.length}</span>}
            </button>
          </li>
        );
      })}
      {more > 0 && <li className={styles.quiet}>and {more.toLocaleString('en-GB')} more</li>}
    </ul>
  );
}
