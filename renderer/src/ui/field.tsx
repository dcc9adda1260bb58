import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { InputHTMLAttributes, SelectHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import styles from './field.module.css';

/** A single-line text field, 24 px high. Needs a label of its own. */
export function TextInput({ className, ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input className={cx(styles.input, className)} {...rest} />;
}

/** A native select, 24 px high: the right thing inside dense tables. Needs a label of its own. */
export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select className={cx(styles.input, styles.select, className)} {...rest} />;
}

interface FilterInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly width?: number | string;
}

/** Quiet time after the last key before a filter is applied, in milliseconds. */
const QUIET_MS = 140;

/** A text filter: applies what was typed after a short quiet, at once on Enter, and clears on Escape. */
export function FilterInput({ label, placeholder, value, onChange, width = 260 }: FilterInputProps) {
  const [draft, setDraft] = useState(value);
  const applied = useRef(value);
  const apply = (next: string): void => {
    if (next === applied.current) return;
    applied.current = next;
    onChange(next);
  };
  useEffect(() => {
    // Changed from outside (a link, the back button): show that.
    if (value !== applied.current) {
      applied.current = value;
      setDraft(value);
    }
  }, [value]);
  useEffect(() => {
    if (draft === applied.current) return undefined;
    const timer = window.setTimeout(() => apply(draft), QUIET_MS);
    return () => window.clearTimeout(timer);
  });
  return (
    <div className={styles.field} style={{ width }}>
      <Search size={12} aria-hidden="true" />
      <input
        aria-label={label}
        placeholder={placeholder}
        value={draft}
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply(draft);
          if (event.key === 'Escape') {
            setDraft('');
            apply('');
          }
        }}
      />
    </div>
  );
}
