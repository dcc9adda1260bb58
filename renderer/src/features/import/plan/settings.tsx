import { Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { WireMapping } from '../../../../../src/api/wire.ts';
import { IconButton } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { TextInput } from '../../../ui/field.tsx';
import { changedSetting, restoreSetting } from './changes.ts';
import { editSystem, editZone, isZone } from './edit-mapping.ts';
import { distinct } from './plan-groups.ts';
import type { PartGroup } from './plan-groups.ts';
import styles from './settings.module.css';
import { forAll } from './use-edits.ts';
import type { Edits } from './use-edits.ts';

interface SettingsProps {
  readonly group: PartGroup;
  readonly mapping: WireMapping;
  readonly original: ReadonlyMap<string, WireMapping>;
  readonly edits: Edits;
}

/** What holds for the files as a whole: the system, the zone. */
export function Settings({ group: { parts }, mapping, original, edits }: SettingsProps) {
  const systems = distinct(parts, (part) => part.mapping?.system ?? '');
  const zones = distinct(parts, (part) => part.mapping?.zone ?? '');
  const restore = (setting: 'system' | 'zone'): (() => void) | undefined =>
    changedSetting(parts, original, setting)
      ? () =>
          edits.apply(parts, ({ id }, now) => {
            const before = original.get(id);
            return before === undefined ? now : restoreSetting(setting, before)(now);
          })
      : undefined;
  return (
    <div className={styles.settings}>
      <Editable
        label="System"
        value={systems.length > 1 ? '' : mapping.system}
        several={systems.length > 1 ? systems.join(', ') : undefined}
        reason={mapping.systemReason}
        accepts={(text) => text !== ''}
        onApply={(system) => edits.apply(parts, forAll(editSystem(system)))}
        onRestore={restore('system')}
      />
      <Editable
        label="Zone of times without one"
        value={zones.length > 1 ? '' : mapping.zone}
        several={zones.length > 1 ? zones.join(', ') : undefined}
        reason={mapping.zoneReason}
        accepts={isZone}
        refusal="No such zone. Use a name such as Europe/Berlin, or UTC."
        suggestions={zoneNames()}
        onApply={(zone) => edits.apply(parts, forAll(editZone(zone)))}
        onRestore={restore('zone')}
      />
    </div>
  );
}

/** Zones to choose from: `UTC`, this machine's own, then all by name. */
function zoneNames(): readonly string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])];
}

interface EditableProps {
  readonly label: string;
  readonly value: string;
  /** The values, where the files differ. */
  readonly several: string | undefined;
  readonly reason: string;
  readonly accepts: (text: string) => boolean;
  readonly refusal?: string;
  readonly suggestions?: readonly string[];
  readonly onApply: (text: string) => void;
  /** The way back, where it was changed. */
  readonly onRestore: (() => void) | undefined;
}

/** A text that is applied when it is left or on Enter, and given back on Escape or when it is not accepted. */
function Editable({ label, value, several, reason, accepts, refusal, suggestions, onApply, onRestore }: EditableProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const [shown, setShown] = useState(value);
  // Changed from outside (another file, the way back): show that.
  if (shown !== value) {
    setShown(value);
    setDraft(value);
  }
  const text = draft.trim();
  const untouched = text === value;
  const valid = untouched || accepts(text);
  const apply = (): void => {
    if (untouched) return;
    if (valid) onApply(text);
    else setDraft(value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && valid) apply();
    if (event.key === 'Escape') setDraft(value);
  };
  const hint = several === undefined ? reason : `differs: ${several}`;
  return (
    <div className={cx(styles.editable, onRestore !== undefined && styles.changed)}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.control}>
        <TextInput
          id={id}
          value={draft}
          list={suggestions === undefined ? undefined : `${id}-list`}
          placeholder={several === undefined ? undefined : 'several'}
          aria-invalid={!valid}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={apply}
          onKeyDown={onKeyDown}
          spellCheck={false}
          autoComplete="off"
        />
        {onRestore !== undefined && (
          <IconButton label={`Undo the change of ${label.toLowerCase()}`} size="small" onClick={onRestore}>
            <Undo2 size={14} aria-hidden="true" />
          </IconButton>
        )}
      </span>
      {suggestions !== undefined && (
        <datalist id={`${id}-list`}>
          {suggestions.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      )}
      <span id={`${id}-hint`} className={styles.hint} title={hint}>
        {valid ? hint : (refusal ?? 'Must not be empty.')}
      </span>
    </div>
  );
}
