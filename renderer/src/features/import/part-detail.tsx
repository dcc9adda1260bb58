import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { WireMapping, WirePlanPart } from '../../../../src/api/wire.ts';
import { TextInput } from '../../ui/field.tsx';
import { isZone, withSystem, withZone } from './edit-mapping.ts';
import { FieldsTable } from './fields-table.tsx';
import styles from './import.module.css';
import { PreviewTable } from './preview-table.tsx';
import { SaveProfile } from './save-profile.tsx';

interface PartDetailProps {
  readonly plan: string;
  readonly part: WirePlanPart;
  readonly mapping: WireMapping;
  readonly onChange: (mapping: WireMapping) => void;
}

/** What was found in a part and what its first events would be. Every change plans again, and the events follow. */
export function PartDetail({ plan, part, mapping, onChange }: PartDetailProps) {
  return (
    <div className={styles.detail}>
      <div className={styles.controls}>
        <Editable
          key={`system ${mapping.system}`}
          label="System"
          value={mapping.system}
          reason={mapping.systemReason}
          accepts={(text) => text !== ''}
          onApply={(system) => onChange(withSystem(mapping, system))}
        />
        <Editable
          key={`zone ${mapping.zone}`}
          label="Zone of times without one"
          value={mapping.zone}
          reason={mapping.zoneReason}
          accepts={isZone}
          refusal="No such zone. Use a name such as Europe/Berlin, or UTC."
          onApply={(zone) => onChange(withZone(mapping, zone))}
        />
        <p className={styles.reason}>
          <b>{mapping.title}</b> {mapping.reason}
        </p>
        <SaveProfile plan={plan} part={part.id} />
      </div>
      <FieldsTable mapping={mapping} onChange={onChange} />
      <PreviewTable part={part} />
    </div>
  );
}

interface EditableProps {
  readonly label: string;
  readonly value: string;
  readonly reason: string;
  readonly accepts: (text: string) => boolean;
  readonly refusal?: string;
  readonly onApply: (text: string) => void;
}

/** A text that is applied when it is left or on Enter, and given back on Escape or when it is not accepted. */
function Editable({ label, value, reason, accepts, refusal, onApply }: EditableProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const text = draft.trim();
  const valid = accepts(text);
  const apply = (): void => {
    if (text === value) return;
    if (valid) onApply(text);
    else setDraft(value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && valid) event.currentTarget.blur();
    if (event.key === 'Escape') setDraft(value);
  };
  return (
    <div className={styles.editable}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        value={draft}
        aria-invalid={!valid}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={apply}
        onKeyDown={onKeyDown}
        spellCheck={false}
      />
      <span className={styles.hint}>{valid ? reason : (refusal ?? 'Must not be empty.')}</span>
    </div>
  );
}
