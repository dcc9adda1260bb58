import { useId, useState } from 'react';
import type { WireFieldMapping, WireMapping, WirePlanPart } from '../../../../../src/api/wire.ts';
import { Segments } from '../../../ui/segments.tsx';
import { changedFields, describeField, differing, restoreField } from './changes.ts';
import { editField, fieldsAreFree } from './edit-mapping.ts';
import { FieldRow } from './field-row.tsx';
import styles from './fields-table.module.css';
import type { PartGroup } from './plan-groups.ts';
import { forAll } from './use-edits.ts';
import type { Edits } from './use-edits.ts';

interface FieldsTableProps {
  readonly group: PartGroup;
  readonly part: WirePlanPart;
  readonly mapping: WireMapping;
  readonly original: ReadonlyMap<string, WireMapping>;
  readonly edits: Edits;
}

type Shown = 'all' | 'used' | 'changed';

/** More fields than this are shown on demand: a wide table is read from its beginning. */
const AT_ONCE = 120;

/** The record types that people name most; with those of the plan they are what the type of a field is chosen from. */
const COMMON_TYPES = ['order', 'payment', 'shipment', 'invoice', 'delivery', 'customer', 'product', 'refund', 'return'] as const;

/** The fields of a group: what each is taken for, how sure and why. Role, type and format can be changed, and taken back. */
export function FieldsTable({ group, part, mapping, original, edits }: FieldsTableProps) {
  const types = useId();
  const [chosen, setChosen] = useState<Shown | undefined>(undefined);
  const [most, setMost] = useState(AT_ONCE);
  const changed = changedFields(group.parts, original);
  const used = mapping.fields.filter((field) => field.role !== 'ignored' || changed.has(field.path));
  const shown = chosen ?? 'all';
  const visible = (field: WireFieldMapping): boolean =>
    shown === 'all' || (shown === 'used' ? field.role !== 'ignored' || changed.has(field.path) : changed.has(field.path));
  const rows = mapping.fields.map((field, index) => ({ field, index })).filter(({ field }) => visible(field));
  const free = fieldsAreFree(mapping);
  const before = original.get(part.id);
  const known = [
    ...new Set([
      ...mapping.fields.flatMap((field) => (field.role === 'identifier' && field.type !== undefined ? [field.type] : [])),
      ...COMMON_TYPES,
    ]),
  ];
  return (
    <section aria-label="Fields" className={styles.fields}>
      <div className={styles.bar}>
        <h3>Fields</h3>
        <Segments
          label="Fields to show"
          value={shown}
          onChange={setChosen}
          choices={[
            { value: 'all', label: 'All', count: mapping.fields.length },
            { value: 'used', label: 'Used', count: used.length },
            ...(changed.size > 0 || shown === 'changed' ? [{ value: 'changed' as const, label: 'Changed', count: changed.size }] : []),
          ]}
        />
        {!free && mapping.fields.length > 0 && (
          <span className={styles.quiet}>
            The profile {mapping.profile} reads these fields by its own rules. System, zone and the meaning of status words can be changed.
          </span>
        )}
      </div>
      {mapping.fields.length === 0 ? (
        <p className={styles.quiet}>This profile reads the entries by itself and lists no fields.</p>
      ) : (
        <table className={styles.table} aria-label="Fields">
          <colgroup>
            <col className={styles.pathColumn} />
            <col className={styles.samplesColumn} />
            <col className={styles.roleColumn} />
            <col className={styles.asColumn} />
            <col className={styles.sureColumn} />
            <col />
            <col className={styles.undoColumn} />
          </colgroup>
          <thead>
            <tr>
              <th>Field</th>
              <th>Samples</th>
              <th>Role</th>
              <th>Type or format</th>
              <th>Confidence</th>
              <th>Why</th>
              <th>
                <span data-visually-hidden="">Way back</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(({ field, index }) => {
              const was = before?.fields[index];
              return (
                <FieldRow
                  key={`${index} ${field.path}`}
                  field={field}
                  free={free}
                  types={types}
                  changed={changed.has(field.path)}
                  differing={differing(group.parts, index)}
                  was={was === undefined ? undefined : describeField(was)}
                  onChange={(change) => edits.apply(group.parts, forAll(editField(field.path, change)))}
                  onRestore={() =>
                    edits.apply(group.parts, ({ id }, now) => {
                      const first = original.get(id);
                      return first === undefined ? now : restoreField(field.path, first)(now);
                    })
                  }
                />
              );
            })}
          </tbody>
        </table>
      )}
      {rows.length > most && (
        <button type="button" className={styles.more} onClick={() => setMost(rows.length)}>
          Show {rows.length - most} more fields
        </button>
      )}
      {rows.length === 0 && mapping.fields.length > 0 && <p className={styles.quiet}>No field was changed.</p>}
      <datalist id={types}>
        {known.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </datalist>
    </section>
  );
}
