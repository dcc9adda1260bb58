import { formatCount } from './format.ts';
import styles from './segments.module.css';

interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count?: number;
}

interface SegmentsProps<T extends string> {
  /** Accessible name of the group. */
  readonly label: string;
  readonly choices: readonly Segment<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** A few views of the same thing, one at a time, as a row of toggle buttons with counts. */
export function Segments<T extends string>({ label, choices, value, onChange }: SegmentsProps<T>) {
  return (
    <div className={styles.segments} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button key={choice.value} type="button" aria-pressed={choice.value === value} onClick={() => onChange(choice.value)}>
          {choice.label}
          {choice.count !== undefined && <span>{formatCount(choice.count)}</span>}
        </button>
      ))}
    </div>
  );
}
