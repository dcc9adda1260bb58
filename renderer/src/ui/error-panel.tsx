import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './empty.module.css';
import { errorText } from './error-text.ts';
import { ToneShape } from './severity-mark.tsx';

interface ErrorPanelProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** An error where the content would stand: what happened and what to try. */
export function ErrorPanel({ error, onRetry, children }: ErrorPanelProps) {
  const text = errorText(error);
  return (
    <div className={styles.error} role="alert">
      <ToneShape tone="critical" />
      <h2>{text.message}</h2>
      {text.hint !== undefined && <p>{text.hint}</p>}
      {children}
      {onRetry !== undefined && (
        <div className={styles.actions}>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
