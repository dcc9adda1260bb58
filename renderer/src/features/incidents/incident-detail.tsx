import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import type { WireIncidentDetail } from '../../../../src/api/wire.ts';
import { incidentTicket } from '../../../../src/model/ticket.ts';
import { useEngineQuery } from '../../app/api.ts';
import { useCommands } from '../../app/commands.ts';
import type { Command } from '../../app/commands.ts';
import { IconButton, buttonClass } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, formatMs, plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { Time } from '../../ui/time.tsx';
import { IncidentState } from './incident-state.tsx';
import styles from './incidents.module.css';
import { Timeline } from './timeline.tsx';

interface IncidentDetailProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Everything about one incident. What its records have in common is counted when it is opened. */
export function IncidentDetail({ id, onClose }: IncidentDetailProps) {
  const answer = useEngineQuery<WireIncidentDetail>(['incident', id], (client, signal) => client.incidents.get({ id }, { signal }), {
    keep: false,
  });
  const commands = useMemo<readonly Command[]>(
    () => [{ id: 'incident-close', title: 'Close the incident', group: 'View', keys: 'Escape', run: onClose }],
    [onClose],
  );
  useCommands(commands);
  const incident = answer.data;
  return (
    <aside className={styles.detail} aria-label="Incident" tabIndex={0}>
      <header className={styles.head}>
        {incident === undefined ? <Skeleton width="60%" /> : <h2>{incident.title}</h2>}
        <IconButton label="Close" size="small" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </header>
      {answer.isError && <ErrorPanel error={answer.error} onRetry={() => void answer.refetch()} />}
      {incident !== undefined && <Body incident={incident} />}
    </aside>
  );
}

function Body({ incident }: { readonly incident: WireIncidentDetail }) {
  return (
    <>
      <p className={styles.marks}>
        <ToneMark tone={incident.severity}>{incident.severity}</ToneMark>
        <IncidentState incident={incident} />
        <span>{incident.burst ? 'one burst' : 'scattered'}</span>
      </p>
      <p className={styles.text}>{incident.explanation}</p>
      <p className={styles.actions}>
        <Link to="/findings" search={{ incident: incident.id, status: 'all' }} className={buttonClass()}>
          {plural(incident.findings, 'finding')}
        </Link>
        <CopyButton label="Copy for ticket" text={() => incidentTicket(incident)} />
      </p>
      {incident.timeline !== null && <Timeline timeline={incident.timeline} severity={incident.severity} />}
      <dl className={styles.pairs}>
        <dt>Where</dt>
        <dd>{[incident.system, incident.flow, incident.step].filter((part) => part !== null && part !== '').join(' / ')}</dd>
        <dt>First</dt>
        <dd>
          <Time at={incident.from} />
        </dd>
        <dt>Last</dt>
        <dd>
          <Time at={incident.to} />
        </dd>
        <dt>Usual gap</dt>
        <dd>{formatMs(incident.usualGapMs)}</dd>
        {incident.signature !== null && (
          <>
            <dt>Error</dt>
            <dd data-mono="" className={styles.signature}>
              {incident.signature}
            </dd>
          </>
        )}
        <dt>Findings</dt>
        <dd>
          {incident.kinds.map(({ kind, subkind, count }) => `${formatCount(count)} ${kind} ${subkind.replaceAll('-', ' ')}`).join(', ')}
          {incident.settled > 0 && `; ${formatCount(incident.settled)} settled`}
        </dd>
      </dl>
      <Common incident={incident} />
      <Related incident={incident} />
      <section aria-label="Affected records">
        <h3>
          Affected records <span className={styles.quiet}>{formatCount(incident.records)}</span>
        </h3>
        <ul className={styles.links}>
          {incident.examples.map(({ type, key }) => (
            <li key={`${type} ${key}`}>
              <Link to="/journey/$type/$key" params={{ type, key }} search={{}} data-mono="">
                {key}
              </Link>
            </li>
          ))}
          {incident.records > incident.examples.length && (
            <li>
              <Link to="/findings" search={{ incident: incident.id, status: 'all' }}>
                {formatCount(incident.records - incident.examples.length)} more
              </Link>
            </li>
          )}
        </ul>
      </section>
    </>
  );
}

function Common({ incident }: { readonly incident: WireIncidentDetail }) {
  return (
    <section aria-label="What they have in common">
      <h3>In common</h3>
      {incident.common.length === 0 ? (
        <p className={styles.quiet}>
          {incident.comparedWith === 0
            ? 'No other record passed this step, so there is nothing to compare with.'
            : `Nothing that sets them apart from the ${formatCount(incident.comparedWith)} others that passed this step.`}
        </p>
      ) : (
        <table className={styles.common}>
          <thead>
            <tr>
              <th>Field and value</th>
              <th>Affected</th>
              <th>Others</th>
            </tr>
          </thead>
          <tbody>
            {incident.common.map(({ field, value, affected, affectedOf, others, othersOf, lift }) => (
              <tr key={`${field} ${value}`}>
                <td title={`${field} = ${value}`}>
                  <span className={styles.quiet}>{field}</span> <b>{value}</b>
                </td>
                <td title={`${Math.round(lift * 10) / 10} times as frequent as among all that passed this step`}>
                  {formatCount(affected)} of {formatCount(affectedOf)}
                </td>
                <td>
                  {formatCount(others)} of {formatCount(othersOf)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Customers and other records that several of the affected share. */
function Related({ incident }: { readonly incident: WireIncidentDetail }) {
  const { customers, customerTotal } = incident;
  if (customerTotal === 0) return undefined;
  const several = customers.filter(({ records }) => records > 1);
  return (
    <section aria-label="Customers and the like">
      <h3>
        Customers and the like <span className={styles.quiet}>{formatCount(customerTotal)}</span>
      </h3>
      {several.length === 0 ? (
        <p className={styles.quiet}>Each affected record has another one.</p>
      ) : (
        <ul className={styles.links}>
          {several.map(({ type, key, records }) => (
            <li key={`${type} ${key}`} title={`${type} ${key}`}>
              <span data-mono="">{key}</span> <span className={styles.quiet}>{plural(records, 'record')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
