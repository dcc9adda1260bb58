import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { cx } from './cx.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the end; a closing one is added in front of them. */
  readonly actions?: ReactNode;
  readonly closeLabel?: string;
  readonly wide?: boolean;
}

/** A modal dialog with a title; focus is kept inside and given back on closing. */
export function Dialog({ open, onOpenChange, title, children, actions, closeLabel = 'Close', wide = false }: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.scrim} />
        <BaseDialog.Popup className={cx(styles.popup, wide && styles.wide)}>
          <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
          <div className={styles.body}>{children}</div>
          <div className={styles.actions}>
            <BaseDialog.Close className={buttonClass()}>{closeLabel}</BaseDialog.Close>
            {actions}
          </div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
