import type { WireJourney, WireStateField } from '../../../../../src/api/wire.ts';
import { cx } from '../../../ui/cx.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { useSystemColour } from '../../../ui/system-colour.tsx';
import { Time } from '../../../ui/time.tsx';
import { useSelection } from '../selection.ts';
import styles from './state-tab.module.css';

/** What each system last said about each field, and where they disagree. */
export function StateTab({ journey }: { readonly journey: WireJourney }) {
  const colour = useSystemColour();
  const systems = [...new Set([...journey.systems, ...journey.state.flatMap((field) => field.values.map((value) => value.system))])].filter(
    (system) => journey.state.some((field) => field.values.some((value) => value.system === system)),
  );
  if (journey.state.length === 0)
    return (
      <Empty title="Nothing to compare">
        No field is told by more than one system. Payload exports of a second system would make it comparable.
      </Empty>
    );
  // What disagrees is what one came for.
  const fields = journey.state.toSorted((a, b) => Number(a.agree) - Number(b.agree) || a.field.localeCompare(b.field));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="State of the record in each system">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {systems.map((system) => (
              <th key={system} scope="col">
                <span className={styles.system} style={{ '--system': colour(system) } as React.CSSProperties}>
                  {system}
                </span>
              </th>
            ))}
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <FieldRow key={`${field.record.type} ${field.record.key} ${field.field}`} journey={journey} field={field} systems={systems} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FieldRow({
  journey,
  field,
  systems,
}: {
  readonly journey: WireJourney;
  readonly field: WireStateField;
  readonly systems: readonly string[];
}) {
  const { event, selectEvent } = useSelection();
  const told = new Set(field.values.map((value) => value.system)).size;
  const own = field.record.type === journey.record.type && field.record.key === journey.record.key;
  return (
    <tr>
      <th scope="row">
        {field.field}
        {!own && (
          <small>
            {field.record.type} {field.record.key}
          </small>
        )}
      </th>
      {systems.map((system) => {
        const value = field.values.find((one) => one.system === system);
        return (
          <td key={system}>
            {value === undefined ? (
              <span className={styles.none}>–</span>
            ) : (
              <button
                type="button"
                className={cx(styles.value, value.event === event && styles.current)}
                onClick={() => selectEvent(value.event)}
                title={`${value.value}, show its event`}
              >
                <span data-mono="" data-clip="">
                  {value.value}
                </span>
                <small>
                  <Time at={value.at} />
                </small>
              </button>
            )}
          </td>
        );
      })}
      <td>
        <ToneMark tone={field.agree ? (told > 1 ? 'fine' : 'neutral') : 'warning'}>
          {field.agree ? (told > 1 ? 'agree' : 'one source') : 'differ'}
        </ToneMark>
      </td>
    </tr>
  );
}
