import { Undo2 } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { WireFieldMapping } from '../../../../../src/api/wire.ts';
import { IconButton } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Select, TextInput } from '../../../ui/field.tsx';
import { humanise, plural } from '../../../ui/format.ts';
import { ConfidenceBar } from './confidence-bar.tsx';
import styles from './fields-table.module.css';
import { asksFor, defaultFormat, formatsOf, ROLE_GROUPS, roleOf, takesPattern } from './roles.ts';

type Change = Partial<Pick<WireFieldMapping, 'role' | 'type' | 'format'>>;

interface FieldRowProps {
  readonly field: WireFieldMapping;
  /** Whether it may be changed; else it is only shown. */
  readonly free: boolean;
  /** Id of the list of types. */
  readonly types: string;
  readonly changed: boolean;
  /** How many other files of the group read it differently. */
  readonly differing: number;
  /** What it was at first, in short. */
  readonly was: string | undefined;
  readonly onChange: (change: Change) => void;
  readonly onRestore: () => void;
}

/** One field: its samples, what it is taken for, how sure and why. */
export function FieldRow({ field, free, types, changed, differing, was, onChange, onRestore }: FieldRowProps) {
  return (
    <tr className={cx(field.role === 'ignored' && styles.ignored, changed && styles.changed)} data-changed={changed}>
      <td title={field.path}>
        <code>{field.path}</code>
      </td>
      <td title={field.samples.join('\n')}>
        <code className={styles.samples}>{field.samples.join('   ')}</code>
      </td>
      <td>
        {free ? (
          <Select
            aria-label={`Role of ${field.path}`}
            value={field.role}
            onChange={(event) => {
              const role = roleOf(event.target.value);
              if (role !== undefined) onChange({ role });
            }}
          >
            {ROLE_GROUPS.map((group) => (
              <optgroup key={group.label} label={group.label}>
                {group.roles.map((role) => (
                  <option key={role} value={role}>
                    {humanise(role)}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        ) : (
          humanise(field.role)
        )}
      </td>
      <td>
        <TypeOrFormat field={field} free={free} types={types} onChange={onChange} />
      </td>
      <td>
        <ConfidenceBar confidence={field.confidence} reason={field.reason} />
      </td>
      <td title={field.reason} className={styles.why}>
        {differing > 0 && <span className={styles.differs}>{plural(differing, 'file')} differ · </span>}
        {field.reason}
      </td>
      <td className={styles.undo}>
        {changed && (
          <IconButton
            label={was === undefined ? `Undo the change of ${field.path}` : `Back to ${was} (${field.path})`}
            size="small"
            onClick={onRestore}
          >
            <Undo2 size={14} aria-hidden="true" />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

interface TypeOrFormatProps {
  readonly field: WireFieldMapping;
  readonly free: boolean;
  readonly types: string;
  readonly onChange: (change: Change) => void;
}

/** The type of the record, the name of the attribute, or the way a time, a duration or a status is written. */
function TypeOrFormat({ field, free, types, onChange }: TypeOrFormatProps) {
  const asks = asksFor(field.role);
  const said = field.type ?? field.format;
  if (!free || asks === 'nothing') return said === undefined || asks === 'nothing' ? <span className={styles.quiet}>–</span> : said;
  if (asks === 'type') {
    return (
      <Typed
        label={`Type of ${field.path}`}
        value={field.type ?? ''}
        list={field.role === 'identifier' ? types : undefined}
        onApply={(type) => onChange({ type: type === '' ? undefined : type })}
      />
    );
  }
  return <FormatSelect field={field} onChange={onChange} />;
}

const PATTERN = 'pattern';

function FormatSelect({ field, onChange }: { readonly field: WireFieldMapping; readonly onChange: (change: Change) => void }) {
  const choices = formatsOf(field.role);
  const value = field.format ?? defaultFormat(field.role) ?? '';
  const listed = choices.some((choice) => choice.value === value);
  const [writing, setWriting] = useState(false);
  if (writing) {
    return (
      <Typed
        label={`Format of ${field.path}`}
        value={listed ? '' : value}
        placeholder="dd.MM.yyyy HH:mm:ss"
        focused
        onApply={(format) => {
          setWriting(false);
          if (format !== '') onChange({ format });
        }}
        onLeave={() => setWriting(false)}
      />
    );
  }
  return (
    <Select
      aria-label={`Format of ${field.path}`}
      value={value}
      onChange={(event) => {
        if (event.target.value === PATTERN) setWriting(true);
        else onChange({ format: event.target.value });
      }}
    >
      {!listed && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
      {takesPattern(field.role) && <option value={PATTERN}>Pattern…</option>}
    </Select>
  );
}

interface TypedProps {
  readonly label: string;
  readonly value: string;
  readonly list?: string | undefined;
  readonly placeholder?: string;
  /** It takes the place of what had the focus. */
  readonly focused?: boolean;
  readonly onApply: (text: string) => void;
  /** Left without a change. */
  readonly onLeave?: () => void;
}

/** A text in a cell, applied when it is left or on Enter, given back on Escape. */
function Typed({ label, value, list, placeholder, focused = false, onApply, onLeave }: TypedProps) {
  const id = useId();
  useEffect(() => {
    if (focused) document.getElementById(id)?.focus();
  }, [id, focused]);
  const [draft, setDraft] = useState(value);
  const [shown, setShown] = useState(value);
  // Changed from outside (another role, the way back): show that.
  if (shown !== value) {
    setShown(value);
    setDraft(value);
  }
  const apply = (): void => {
    if (draft.trim() === value) onLeave?.();
    else onApply(draft.trim());
  };
  return (
    <TextInput
      id={id}
      aria-label={label}
      value={draft}
      list={list}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setDraft(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
        if (event.key === 'Escape') {
          setDraft(value);
          onLeave?.();
        }
      }}
    />
  );
}
