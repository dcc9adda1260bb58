import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { cx } from './cx.ts';

export type ButtonVariant = 'default' | 'primary' | 'ghost' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant;
  readonly size?: 'medium' | 'small';
  readonly ref?: Ref<HTMLButtonElement>;
}

/** The class of a button, for links and headless parts that must look like one. */
export function buttonClass(variant: ButtonVariant = 'default', size: 'medium' | 'small' = 'medium', icon = false): string {
  return cx(
    styles.button,
    variant === 'primary' && styles.primary,
    variant === 'ghost' && styles.ghost,
    variant === 'danger' && styles.danger,
    size === 'small' && styles.small,
    icon && styles.icon,
  );
}

/** A push button with text; 28 px high, or 24 px when small. */
export function Button({ variant, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cx(buttonClass(variant, size), className)} {...rest} />;
}

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  /** The accessible name, also shown as title. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A square button with an icon only. */
export function IconButton({ label, variant = 'ghost', size, className, type = 'button', ...rest }: IconButtonProps) {
  return <button type={type} aria-label={label} title={label} className={cx(buttonClass(variant, size, true), className)} {...rest} />;
}
