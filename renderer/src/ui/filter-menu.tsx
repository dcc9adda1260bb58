import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { cx } from './cx.ts';
import { formatCount } from './format.ts';
import styles from './popover.module.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly count?: number;
  readonly mark?: ReactNode;
}

interface FilterMenuProps {
  /** What is chosen: `Status`. */
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | undefined;
  /** What no choice means; default `Any`. */
  readonly any?: string;
  /** Undefined means: no restriction, or what `any` says. */
  readonly onChange: (value: string | undefined) => void;
}

const ANY = '';

/** A filter with one value at a time, as a menu of radio items with "Any" on top. */
export function FilterMenu({ label, choices, value, onChange, any = 'Any' }: FilterMenuProps) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={cx(buttonClass('default', 'small'), styles.trigger)} data-set={value !== undefined}>
        {label}
        {value !== undefined && <b>{chosen?.label ?? value}</b>}
        <ChevronDown size={12} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" className={styles.positioner}>
          <Menu.Popup className={styles.popup}>
            <Menu.RadioGroup value={value ?? ANY} onValueChange={(next: string) => onChange(next === ANY ? undefined : next)}>
              <FilterItem choice={{ value: ANY, label: any }} />
              {choices.map((choice) => (
                <FilterItem key={choice.value} choice={choice} />
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function FilterItem({ choice }: { readonly choice: Choice }) {
  return (
    <Menu.RadioItem value={choice.value} className={styles.item} closeOnClick>
      <span className={styles.check}>
        <Menu.RadioItemIndicator>
          <Check size={14} aria-hidden="true" />
        </Menu.RadioItemIndicator>
      </span>
      {choice.mark}
      <span>{choice.label}</span>
      {choice.count !== undefined && <span className={styles.count}>{formatCount(choice.count)}</span>}
    </Menu.RadioItem>
  );
}
