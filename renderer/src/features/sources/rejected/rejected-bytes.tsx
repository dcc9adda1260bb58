import { X } from 'lucide-react';
import type { WireRejectedText, WireRejection } from '../../../../../src/api/wire.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { IconButton } from '../../../ui/button.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { formatCount } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/progress.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import styles from './rejected-bytes.module.css';

/** The bytes of a rejected entry with their place and what stands before and after them. */
export function RejectedBytes({ rejection, onClose }: { readonly rejection: WireRejection; readonly onClose: () => void }) {
  const { id } = rejection;
  const bytes = useEngineQuery<WireRejectedText>(
    ['rejected-bytes', id],
    (client, signal) => client.rejects.bytes({ id: id ?? 0 }, { signal }),
    {
      enabled: id !== null,
      keep: false,
    },
  );
  return (
    <section className={styles.bytes} aria-label="Bytes of the rejected entry">
      <header className={styles.head}>
        <b data-clip="" title={rejection.reason}>
          {rejection.reason}
        </b>
        <span className={styles.place}>{placeOf(rejection)}</span>
        <IconButton label="Close the bytes" size="small" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </header>
      {id === null && <p className={styles.quiet}>The whole file was refused: nothing of it is kept.</p>}
      {bytes.isError && <ToneMark tone="critical">{errorText(bytes.error).message}</ToneMark>}
      {id !== null && bytes.data === undefined && !bytes.isError && <Skeleton width="60%" />}
      {bytes.data !== undefined && (
        <pre tabIndex={0} aria-label="Bytes as text">
          <span className={styles.around}>{bytes.data.before}</span>
          <mark ref={intoView}>{bytes.data.text}</mark>
          {bytes.data.truncated && <span className={styles.around}>… cut</span>}
          <span className={styles.around}>{bytes.data.after}</span>
        </pre>
      )}
    </section>
  );
}

/** Lines before the entry that are seen first, in pixels: the entry is what one looks for. */
const LEAD = 3 * 17;

function intoView(mark: HTMLElement | null): void {
  const box = mark?.closest('pre');
  if (mark !== null && box !== null && box !== undefined) box.scrollTop = mark.offsetTop - box.offsetTop - LEAD;
}

/** `line 8,114 · bytes 949,338–949,434`. */
function placeOf({ line, offset, length }: WireRejection): string {
  return [
    line === null ? undefined : `line ${formatCount(line)}`,
    offset === null ? undefined : `bytes ${formatCount(offset)}–${formatCount(offset + (length ?? 0))}`,
  ]
    .filter((text) => text !== undefined)
    .join(' · ');
}
