import type { WireJourney, WireStateField } from '../../../../../src/api/wire.ts';
import { isStateField } from '../../../../../src/model/journey.ts';
import { cx } from '../../../ui/cx.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { useSystemColour } from '../../../ui/system-colour.tsx';
import { Time } from '../../../ui/time.tsx';
import { useSelection } from '../selection.ts';
import styles from './state-tab.module.css';

const ORDER = ['differ', 'own words', 'agree', 'one source'] as const;
type Verdict = (typeof ORDER)[number];

/** Systems have words of their own for a state: that two do not go together is for a finding to say. */
function verdictOf(field: WireStateField, journey: WireJourney): Verdict {
  if (field.agree) return new Set(field.values.map((value) => value.system)).size > 1 ? 'agree' : 'one source';
  if (!isStateField(field.field)) return 'differ';
  const disputed = journey.findings.filter((finding) => finding.kind === 'mismatch').flatMap((finding) => finding.evidence);
  return field.values.some((value) => disputed.some(({ event }) => event === value.event)) ? 'differ' : 'own words';
}

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
  const order = (field: WireStateField): number => ORDER.indexOf(verdictOf(field, journey));
  const fields = journey.state.toSorted((a, b) => order(a) - order(b) || a.field.localeCompare(b.field));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="State of the record in each system">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Verdict</th>
            {systems.map((system) => (
              <th key={system} scope="col">
                <span className={styles.system} style={{ '--system': colour(system) } as React.CSSProperties}>
                  {system}
                </span>
              </th>
            ))}
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
  const verdict = verdictOf(field, journey);
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
      <td className={styles.verdict}>
        <ToneMark tone={verdict === 'differ' ? 'warning' : verdict === 'agree' ? 'fine' : 'neutral'}>{verdict}</ToneMark>
      </td>
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
    </tr>
  );
}
