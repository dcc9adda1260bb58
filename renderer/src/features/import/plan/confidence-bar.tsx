import { formatConfidence } from '../../../ui/format.ts';
import styles from './confidence-bar.module.css';

/** How sure a guess is: a short bar and the number; the reason as title. */
export function ConfidenceBar({ confidence, reason }: { readonly confidence: number; readonly reason: string }) {
  return (
    <span className={styles.confidence} title={reason}>
      <i aria-hidden="true">
        <b style={{ width: `${Math.round(confidence * 100)}%` }} />
      </i>
      {formatConfidence(confidence)}
    </span>
  );
}
