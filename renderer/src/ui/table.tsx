import type { TableHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import styles from './table.module.css';

/**
 * A plain table for tens of rows: 28 px rows and hairlines. Cells share the width and are cut with an ellipsis; `data-fit`
 * on a cell and its head keeps it at its content, `data-number` sets it right. Long lists use `VirtualGrid`.
 */
export function Table({ className, ...rest }: TableHTMLAttributes<HTMLTableElement>) {
  return <table className={cx(styles.table, className)} {...rest} />;
}
