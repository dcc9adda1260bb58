import { assertNever } from '../../../src/model/errors.ts';
import { cx } from './cx.ts';
import type { Tone } from './severity.ts';
import styles from './severity-mark.module.css';

/** The shape of a tone as a 10 px drawing: the same on every machine, whatever its fonts. */
export function ToneShape({ tone, size = 10 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <svg className={styles.shape} width={size} height={size} viewBox="0 0 10 10" aria-hidden="true">
      <ShapePath tone={tone} />
    </svg>
  );
}

function ShapePath({ tone }: { readonly tone: Tone }) {
  switch (tone) {
    case 'critical':
      return <path d="M5 0l5 5-5 5-5-5z" fill="currentColor" />;
    case 'warning':
      return <path d="M5 .8l4.9 8.7H.1z" fill="currentColor" />;
    case 'info':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'fine':
      return (
        <path d="M1.2 5.4l2.6 2.7 5-6" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
      );
    case 'neutral':
      return <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.5" />;
    default:
      return assertNever(tone);
  }
}

interface ToneMarkProps {
  readonly tone: Tone;
  /** The word beside the shape. Without one the tone's own name is read to screen readers only. */
  readonly children?: string;
  readonly title?: string;
  readonly className?: string;
}

/** How bad: shape and word in the tone's colour. With no word given, the shape alone, its name kept for screen readers. */
export function ToneMark({ tone, children, title, className }: ToneMarkProps) {
  return (
    <span className={cx(styles.mark, className)} data-tone={tone} title={title ?? (children === undefined ? tone : undefined)}>
      <ToneShape tone={tone} />
      {children === undefined ? <span data-visually-hidden="">{tone}</span> : <span data-clip="">{children}</span>}
    </span>
  );
}

/** The same on a wash of its colour, for heads of pages. */
export function ToneBadge({ tone, children, title }: { readonly tone: Tone; readonly children: string; readonly title?: string }) {
  return (
    <span className={cx(styles.mark, styles.badge)} data-tone={tone} title={title ?? children}>
      <ToneShape tone={tone} />
      <span>{children}</span>
    </span>
  );
}
