import styles from './progress.module.css';

/** A bar of progress; `share` is 0..1, undefined when the total is not known. */
export function Progress({ share, label }: { readonly share: number | undefined; readonly label: string }) {
  const percent = share === undefined ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className={styles.track} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <div className={styles.fill} style={{ width: `${percent ?? 100}%`, opacity: percent === undefined ? 0.4 : 1 }} />
    </div>
  );
}

/** Something is being worked on. */
export function Spinner({ label = 'Working' }: { readonly label?: string }) {
  return <span className={styles.spinner} role="status" aria-label={label} />;
}

/** A quiet block in the size of what is to come, so that nothing jumps. */
export function Skeleton({ width = '100%', height = 12 }: { readonly width?: number | string; readonly height?: number }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}
