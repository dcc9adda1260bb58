import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { WireBacktest } from '../../../../src/api/wire.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { Table } from '../../ui/table.tsx';
import { totalRows } from './backtest-rows.ts';
import styles from './flows.module.css';
import type { BacktestState } from './use-backtest.ts';

interface BacktestViewProps {
  readonly state: BacktestState;
  /** The text as it is now: a result of another one is old. */
  readonly yaml: string;
  readonly onCancel: () => void;
}

/** What would be found with a passport, beside what is found now. */
export function BacktestView({ state, yaml, onCancel }: BacktestViewProps) {
  return (
    <section className={styles.side} aria-label="Back-test">
      <h2>Back-test</h2>
      {state.kind === 'idle' && (
        <p className={styles.note}>
          Shows per week what would be found with this text, beside what is found now, before anything is saved.
        </p>
      )}
      {state.kind === 'running' && (
        <div className={styles.running}>
          <Progress share={state.total === 0 ? undefined : state.done / state.total} label="Back-test" />
          <span className={styles.quiet}>
            {formatCount(state.done)} of {plural(state.total, 'journey')}
          </span>
          <Button size="small" onClick={onCancel}>
            Stop
          </Button>
        </div>
      )}
      {state.kind === 'failed' && <ErrorPanel error={state.error} />}
      {state.kind === 'done' && <Result result={state.result} isOld={state.yaml !== yaml} />}
    </section>
  );
}

function Result({ result, isOld }: { readonly result: WireBacktest; readonly isOld: boolean }) {
  const [all, setAll] = useState(false);
  const { weeks, changed, journeys, record, differing } = result;
  const totals = totalRows(weeks);
  const shown = weeks.filter(({ before, after }) => all || before !== after);
  return (
    <>
      <p className={styles.note} role="status">
        {changed === 0
          ? `Nothing would change: all ${plural(journeys, 'journey')} of ${record} are judged as now.`
          : `${plural(changed, 'journey')} of ${formatCount(journeys)} of ${record} would be judged otherwise.`}
        {isOld && ' The text has changed since.'}
      </p>
      <Table className={styles.weeks} aria-label="Findings per week">
        <thead>
          <tr>
            <th>Week of</th>
            <th>Kind</th>
            <th data-number="">Now</th>
            <th data-number="">With it</th>
            <th data-number="">Difference</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((row) => (
            <WeekLine key={row.kind} row={row} isTotal />
          ))}
          {shown.map((row) => (
            <WeekLine key={`${row.week} ${row.kind}`} row={row} />
          ))}
        </tbody>
      </Table>
      {weeks.length > weeks.filter(({ before, after }) => before !== after).length && (
        <Button variant="ghost" size="small" onClick={() => setAll(!all)} aria-pressed={all}>
          {all ? 'Only what differs' : 'All weeks and kinds'}
        </Button>
      )}
      {differing.length > 0 && (
        <>
          <h3>Journeys that differ{changed > differing.length ? `, the first ${differing.length}` : ''}</h3>
          <ul className={styles.differing}>
            {differing.map(({ record: ref, appeared, gone }) => (
              <li key={`${ref.type} ${ref.key}`}>
                <Link to="/journey/$type/$key" params={ref} data-mono="">
                  {ref.key}
                </Link>
                <ul>
                  {appeared.map(({ kind, title }) => (
                    <li key={`${kind} ${title}`} title={kind}>
                      <span className={styles.sign}>+</span> {title}
                    </li>
                  ))}
                  {gone.map(({ kind, title }) => (
                    <li key={`${kind} ${title}`} title={kind} className={styles.quiet}>
                      <span className={styles.sign}>−</span> <s>{title}</s>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function WeekLine({
  row: { week, kind, before, after },
  isTotal = false,
}: {
  readonly row: WireBacktest['weeks'][number];
  readonly isTotal?: boolean;
}) {
  const difference = after - before;
  return (
    <tr className={isTotal ? styles.total : undefined}>
      <td>{isTotal ? 'All weeks' : week === '' ? 'no time' : week}</td>
      <td>{kind}</td>
      <td data-number="">{formatCount(before)}</td>
      <td data-number="">{formatCount(after)}</td>
      <td data-number="">{difference === 0 ? '' : difference > 0 ? `+${formatCount(difference)}` : `−${formatCount(-difference)}`}</td>
    </tr>
  );
}
