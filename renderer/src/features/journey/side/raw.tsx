import type { WireEventDetail } from '../../../../../src/api/wire.ts';
import { formatCount } from '../../../ui/format.ts';
import { highlight } from '../model/highlight.ts';
import { CopyIcon } from '../../../ui/copy-button.tsx';
import styles from './raw.module.css';

/** The bytes of the entry as text, its identifiers marked, and where exactly they stand. */
export function Raw({ event }: { readonly event: WireEventDetail }) {
  const { raw } = event;
  const values = event.identifiers.flatMap((one) => [one.value, one.key]);
  return (
    <>
      <div className={styles.frame}>
        <div className={styles.copy}>
          <CopyIcon label="Copy the entry" text={() => raw.text} />
        </div>
        <pre className={styles.raw} tabIndex={0} aria-label="Bytes of the entry as text">
          {highlight(raw.text, values).map((piece) =>
            piece.marked ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
          )}
          {raw.truncated && (
            <span className={styles.cut}>
              {'\n'}… cut for display, {formatCount(raw.length)} bytes in all
            </span>
          )}
        </pre>
      </div>
      <dl className={styles.place}>
        <dt>File</dt>
        <dd>
          {event.source}, line {formatCount(raw.line)}
        </dd>
        <dt>Bytes</dt>
        <dd>
          {formatCount(raw.offset)}–{formatCount(raw.offset + raw.length)}
        </dd>
        <dt>SHA-256</dt>
        <dd className={styles.hash}>
          <span data-mono="" data-clip="" title={raw.sha256}>
            {raw.sha256}
          </span>
          <CopyIcon label="Copy the SHA-256 of the file" text={() => raw.sha256} />
        </dd>
        <dt>Read as</dt>
        <dd>
          {raw.format}, profile {raw.profile}
        </dd>
      </dl>
    </>
  );
}
