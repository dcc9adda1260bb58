import type { WireIdentityDecision } from '../../../../../src/api/wire.ts';
import { Button } from '../../../ui/button.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { Time } from '../../../ui/time.tsx';
import styles from './identity.module.css';

const STATES = { applied: 'fine', waiting: 'info', refused: 'warning' } as const;
const WORDS = { applied: 'applied', waiting: 'waiting', refused: 'not applied' } as const;

interface DecisionsListProps {
  readonly decisions: readonly WireIdentityDecision[];
  readonly busy: boolean;
  readonly onUndo: (decision: number) => void;
}

/** What was decided by hand, the latest first, each to be taken back. */
export function DecisionsList({ decisions, busy, onUndo }: DecisionsListProps) {
  return (
    <ul className={styles.decisions}>
      {decisions.map(({ id, text, note, at, state, reason }) => (
        <li key={id}>
          <ToneMark tone={STATES[state]}>{WORDS[state]}</ToneMark>
          <span className={styles.said}>
            <span title={text}>{text}</span>
            {reason !== '' && <small>{reason}</small>}
            {note !== '' && <small>{note}</small>}
          </span>
          <span className={styles.quiet}>
            <Time at={at} />
          </span>
          <Button size="small" variant="ghost" disabled={busy} aria-label={`Take back: ${text}`} onClick={() => onUndo(id)}>
            Take back
          </Button>
        </li>
      ))}
    </ul>
  );
}
