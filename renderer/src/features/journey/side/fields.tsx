import type { ReactNode } from 'react';
import type { WireEventDetail } from '../../../../../src/api/wire.ts';
import { formatTime } from '../../../ui/format.ts';
import { StepStatusMark } from '../../../ui/status-badge.tsx';
import { useZone } from '../../../ui/zone.ts';
import { CopyIcon } from '../../../ui/copy-button.tsx';
import styles from './fields.module.css';

function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt title={name}>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What Waybill understood of one entry. */
export function Fields({ event }: { readonly event: WireEventDetail }) {
  const zone = useZone();
  return (
    <>
      <dl className={styles.fields}>
        <Pair name="Time">
          {event.at === null ? 'none in the source' : formatTime(event.at, zone, 'full')}
          <small>
            {' '}
            {event.precision} precision{event.zone === null ? '' : `, source zone ${event.zone}`}
          </small>
        </Pair>
        {event.endedAt !== null && event.endedAt !== event.at && <Pair name="Ended">{formatTime(event.endedAt, zone, 'full')}</Pair>}
        <Pair name="Status">
          <StepStatusMark status={event.status} raw={event.statusRaw} />
          {event.statusRaw !== null && <small> written {event.statusRaw}</small>}
        </Pair>
        {event.error !== null && (
          <Pair name="Error">
            <span className={styles.error}>{event.error}</span>
          </Pair>
        )}
        <Pair name="Kind">{event.kind}</Pair>
        {event.execution !== null && (
          <Pair name="Execution">
            <span data-mono="">{event.execution}</span>
            {event.carriedBy !== null && event.carriedBy.via !== 'content' && <small> {event.carriedBy.why}</small>}
          </Pair>
        )}
        {event.attempt !== null && <Pair name="Attempt">{event.attempt}</Pair>}
      </dl>
      {event.identifiers.length > 0 && (
        <>
          <h3>Identifiers</h3>
          <ul className={styles.identifiers}>
            {event.identifiers.map((one) => (
              <li key={`${one.path} ${one.value}`}>
                <span className={styles.type}>{one.type}</span>
                <span
                  data-mono=""
                  className={styles.value}
                  title={one.value === one.key ? one.value : `${one.value} is ${one.type} ${one.key}`}
                >
                  {one.value}
                  <span className={styles.path}>{one.path}</span>
                </span>
                <CopyIcon label={`Copy ${one.value}`} text={() => one.value} />
              </li>
            ))}
          </ul>
        </>
      )}
      {event.attributes.length > 0 && (
        <>
          <h3>Attributes</h3>
          <dl className={styles.fields}>
            {event.attributes.map((one) => (
              <Pair key={one.name} name={one.name}>
                <span data-mono="">{one.value}</span>
              </Pair>
            ))}
          </dl>
        </>
      )}
      <p className={styles.place} data-mono="">
        {event.source} : {event.line.toLocaleString('en-GB')}
      </p>
    </>
  );
}
