import { Link } from '@tanstack/react-router';
import type { WireUsualFlow, WireUsualStep } from '../../../../src/api/wire.ts';
import { Chip, SystemChip } from '../../ui/chip.tsx';
import { formatCount, formatMs, formatShare, plural } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';
import styles from './flows.module.css';
import { pathRows } from './path.ts';
import type { PathRow } from './path.ts';

/** With fewer observations a number is shown as not enough to judge by. */
const ENOUGH = 30;
/** Fields that agree in fewer journeys than this are other fields of the same name. */
const RELATED_SHARE = 0.5;

/** What is usual in the journeys of one type: the path with its probabilities and times, and the fields that agree. */
export function UsualFlow({ flow }: { readonly flow: WireUsualFlow }) {
  const fields = flow.fields.filter(({ agreed, journeys }) => journeys >= ENOUGH && agreed >= RELATED_SHARE * journeys);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={`What is usual for ${flow.type}`}>
      <section className={styles.section}>
        <h2>Usual path</h2>
        <p className={styles.note}>
          Learned from {plural(flow.journeys, 'journey')}. A step stands below what leads to it; shares count the journeys that had the time
          to go on. Numbers in grey rest on fewer than {ENOUGH} journeys.
        </p>
        <Table className={styles.path} aria-label="Usual path">
          <thead>
            <tr>
              <th>Step</th>
              <th data-number="">In journeys</th>
              <th data-number="">Follows</th>
              <th data-number="">Usually after</th>
              <th data-number="">99 % within</th>
              <th data-number="">Runs for</th>
              <th data-number="">Ends here</th>
              <th>Declared</th>
            </tr>
          </thead>
          <tbody>
            {pathRows(flow.steps).map((row, place) => (
              <PathLine key={place} row={row} journeys={flow.journeys} />
            ))}
          </tbody>
        </Table>
      </section>
      {fields.length > 0 && (
        <section className={styles.section}>
          <h2>Fields that agree</h2>
          <Table className={styles.fields} aria-label="Fields that agree">
            <thead>
              <tr>
                <th>Field</th>
                <th>Told by</th>
                <th>and by</th>
                <th data-number="">Agree in</th>
                <th data-number="">Journeys</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ field, a, b, agreed, journeys }) => (
                <tr key={`${field} ${a} ${b}`}>
                  <td data-mono="">{field}</td>
                  <td title={a}>{a}</td>
                  <td title={b}>{b}</td>
                  <td data-number="">{formatShare(agreed / journeys)}</td>
                  <td data-number="">{formatCount(journeys)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </div>
  );
}

function PathLine({ row: { step, lane, from, flow }, journeys }: { readonly row: PathRow; readonly journeys: number }) {
  const share = journeys === 0 ? 0 : step.journeys / journeys;
  const name = `${step.system} ${step.step}`;
  return (
    <tr>
      <td title={step.flow === null ? name : `${name} · ${step.flow}`}>
        <span className={styles.step} style={{ paddingLeft: lane * 16 }}>
          <SystemChip system={step.system} />
          <span data-clip="">{step.step === '' ? 'documents' : step.step}</span>
          {flow !== undefined && <Chip title="the flow">{flow}</Chip>}
          {from !== undefined && (
            <span className={styles.quiet} data-clip="">
              after {from.system} {from.step}
            </span>
          )}
        </span>
      </td>
      <td data-number="" title={`${formatCount(step.journeys)} of ${plural(journeys, 'journey')}`}>
        <span className={styles.share}>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${Math.round(share * 100)}%` }} />
          </span>
          {step.journeys === 0 ? '–' : formatShare(share)}
        </span>
      </td>
      <Number text={step.eligible === 0 ? '–' : formatShare(step.followed / step.eligible)} n={step.eligible} title={followsTitle(step)} />
      <Number
        text={formatMs(step.latency?.medianMs)}
        n={step.latency?.observations ?? 0}
        title={`median of ${plural(step.latency?.observations ?? 0, 'observation')}`}
      />
      <Number
        text={formatMs(step.latency?.p99Ms)}
        n={step.latency?.observations ?? 0}
        title={`of ${plural(step.latency?.observations ?? 0, 'observation')}`}
      />
      <Number
        text={formatMs(step.duration?.medianMs)}
        n={step.duration?.observations ?? 0}
        title={`median of ${plural(step.duration?.observations ?? 0, 'observation')}`}
      />
      <Number
        text={step.ends === 0 ? '–' : formatShare(step.ends / step.endsOf)}
        n={step.endsOf}
        title={`${formatCount(step.ends)} of ${plural(step.endsOf, 'journey')} with it`}
      />
      <td>
        {step.declared.map((rule) => (
          <Link
            key={`${rule.passport} ${rule.line}`}
            to="/flows"
            search={{ passport: rule.passport }}
            title={`${rule.window ?? 'must come'} after ${rule.after}: ${rule.passport}, line ${rule.line}`}
          >
            {rule.window ?? (rule.required ? 'required' : 'optional')}
          </Link>
        ))}
      </td>
    </tr>
  );
}

function followsTitle({ followed, eligible, unless }: WireUsualStep): string {
  const counts = `${formatCount(followed)} of ${plural(eligible, 'journey')} that had the time`;
  return unless.length === 0 ? counts : `${counts}, those with ${unless.join(' or ')} left out`;
}

function Number({ text, n, title }: { readonly text: string; readonly n: number; readonly title: string }) {
  return (
    <td data-number="" title={text === '–' ? undefined : title} className={n < ENOUGH ? styles.quiet : undefined}>
      {text}
    </td>
  );
}
