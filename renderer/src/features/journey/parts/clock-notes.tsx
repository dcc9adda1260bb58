import { Clock } from 'lucide-react';
import type { WireClock } from '../../../../../src/api/wire.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { useSelection } from '../selection.ts';
import styles from './clock-notes.module.css';

/** Which clocks were corrected and by how much; behind it on what evidence, and the times as the sources tell them. */
export function ClockNotes({ clocks }: { readonly clocks: readonly WireClock[] }) {
  const { raw, showRaw } = useSelection();
  const corrected = clocks.filter(({ verdict }) => verdict !== 'unclear');
  const [first] = corrected.length > 0 ? corrected : clocks;
  if (first === undefined) return undefined;
  const more = clocks.length > 1 ? ` and ${clocks.length - 1} more` : '';
  return (
    <span className={styles.note}>
      <Popover
        label="Clocks that are off"
        trigger={
          <button type="button" className={buttonClass('ghost', 'small')}>
            <Clock size={12} aria-hidden="true" />
            {raw && corrected.length > 0 ? `raw times of ${first.system}${more}` : `${first.label}${more}`}
          </button>
        }
      >
        <div className={styles.text}>
          {clocks.map(({ text, system }) => (
            <p key={`${system} ${text}`}>{text}.</p>
          ))}
          {corrected.length > 0 && (
            <p className={styles.quiet}>
              Order, latencies and findings rest on corrected times. Entries, and the list of events, show the times of the sources.
            </p>
          )}
        </div>
      </Popover>
      {corrected.length > 0 && (
        <button type="button" className={buttonClass('ghost', 'small')} aria-pressed={raw} title="key: t" onClick={() => showRaw(!raw)}>
          {raw ? 'Show corrected times' : 'Show raw times'}
        </button>
      )}
    </span>
  );
}
