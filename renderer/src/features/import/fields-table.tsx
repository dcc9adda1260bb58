import { useState } from 'react';
import { fieldMapping } from '../../../../src/api/wire.ts';
import type { WireFieldMapping, WireMapping } from '../../../../src/api/wire.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { humanise } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';
import { ConfidenceBar } from './confidence-bar.tsx';
import { withField } from './edit-mapping.ts';
import styles from './import.module.css';

const ROLES = fieldMapping.shape.role.options;

/** Only what was inferred can be changed field by field; a platform profile reads its fields in code. */
function isInferred(mapping: WireMapping): boolean {
  return mapping.profile === 'inferred';
}

/** The fields of a part: what each is taken for, how sure, and why; the role and the type can be changed. */
export function FieldsTable({ mapping, onChange }: { readonly mapping: WireMapping; readonly onChange: (mapping: WireMapping) => void }) {
  return (
    <section aria-label="Fields">
      <h2 className={styles.heading}>Fields</h2>
      <div className={styles.scroll}>
        <Table aria-label="Fields">
          <thead>
            <tr>
              <th className={styles.path}>Field</th>
              <th data-fit="">Role</th>
              <th data-fit="">Type</th>
              <th data-fit="">Format</th>
              <th data-fit="">Confidence</th>
              <th>Why</th>
              <th>Samples</th>
            </tr>
          </thead>
          <tbody>
            {mapping.fields.map((field) => (
              <FieldRow
                key={`${field.path} ${field.type}`}
                field={field}
                fixed={!isInferred(mapping)}
                onChange={(change) => onChange(withField(mapping, field.path, change))}
              />
            ))}
          </tbody>
        </Table>
      </div>
      {!isInferred(mapping) && mapping.fields.length > 0 && (
        <p className={styles.hint}>
          The profile {mapping.profile} reads these fields by its own rules, so their roles are fixed. System and zone can be changed.
        </p>
      )}
      {mapping.fields.length === 0 && <p className={styles.hint}>This profile reads the entries by itself and lists no fields.</p>}
    </section>
  );
}

interface FieldRowProps {
  readonly field: WireFieldMapping;
  /** Shown, not offered for change. */
  readonly fixed: boolean;
  readonly onChange: (change: Partial<Pick<WireFieldMapping, 'role' | 'type'>>) => void;
}

function FieldRow({ field, fixed, onChange }: FieldRowProps) {
  const [type, setType] = useState(field.type ?? '');
  const typed = field.role === 'identifier' || field.role === 'attribute' || field.role === 'execution';
  const apply = (): void => {
    if (type.trim() !== (field.type ?? '')) onChange({ type: type.trim() === '' ? undefined : type.trim() });
  };
  const samples = field.samples.join('  ');
  return (
    <tr className={field.role === 'ignored' ? styles.dim : undefined}>
      <td title={field.path}>
        <code>{field.path}</code>
      </td>
      <td data-fit="">
        {fixed ? (
          humanise(field.role)
        ) : (
          <Select
            className={styles.role}
            aria-label={`Role of ${field.path}`}
            value={field.role}
            onChange={(event) => {
              const role = ROLES.find((one) => one === event.target.value);
              if (role !== undefined) onChange({ role });
            }}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {humanise(role)}
              </option>
            ))}
          </Select>
        )}
      </td>
      <td data-fit="">
        {fixed ? (
          (field.type ?? <span className={styles.hint}>–</span>)
        ) : typed ? (
          <TextInput
            className={styles.type}
            aria-label={`Type of ${field.path}`}
            value={type}
            spellCheck={false}
            onChange={(event) => setType(event.target.value)}
            onBlur={apply}
            onKeyDown={(event) => {
              if (event.key === 'Enter') apply();
            }}
          />
        ) : (
          <span className={styles.hint}>–</span>
        )}
      </td>
      <td data-fit="">{field.format ?? <span className={styles.hint}>–</span>}</td>
      <td data-fit="">
        <ConfidenceBar confidence={field.confidence} reason={field.reason} />
      </td>
      <td title={field.reason} className={styles.why}>
        {field.reason}
      </td>
      <td title={field.samples.join('\n')}>
        <code className={styles.samples}>{samples}</code>
      </td>
    </tr>
  );
}
