import { Link } from '@tanstack/react-router';
import type { WirePassport, WireUsualFlow } from '../../../../src/api/wire.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { NEW_PASSPORT } from './drafts.ts';
import styles from './flows.module.css';

interface FlowsNavProps {
  readonly flows: readonly WireUsualFlow[];
  readonly passports: readonly WirePassport[];
  /** What is shown: a type, or a passport. */
  readonly type: string | undefined;
  readonly passport: string | undefined;
  /** Whether a new passport is being written. */
  readonly hasNew: boolean;
}

/** The types of record with what is usual, and the passports. */
export function FlowsNav({ flows, passports, type, passport, hasNew }: FlowsNavProps) {
  return (
    <nav className={styles.nav} aria-label="Flows">
      <h2>What is usual</h2>
      {flows.map((flow) => (
        <Link
          key={flow.type}
          to="/flows"
          search={{ type: flow.type }}
          replace
          className={styles.entry}
          aria-current={passport === undefined && type === flow.type ? 'page' : undefined}
          activeProps={{}}
        >
          <span data-clip="">{flow.type}</span>
          <span className={styles.count} title={plural(flow.journeys, 'journey')}>
            {formatCount(flow.journeys)}
          </span>
        </Link>
      ))}
      <h2>Passports</h2>
      {passports.map(({ name, complaints, record }) => (
        <Link
          key={name}
          to="/flows"
          search={{ passport: name }}
          replace
          className={styles.entry}
          aria-current={passport === name ? 'page' : undefined}
          activeProps={{}}
          title={`of ${record}`}
        >
          <span data-clip="">{name}</span>
          {complaints.length > 0 && (
            <ToneMark
              tone={complaints.some(({ level }) => level === 'error') ? 'critical' : 'warning'}
              title={plural(complaints.length, 'complaint')}
            />
          )}
        </Link>
      ))}
      <Link
        to="/flows"
        search={{ passport: NEW_PASSPORT }}
        replace
        className={styles.entry}
        aria-current={passport === NEW_PASSPORT ? 'page' : undefined}
        activeProps={{}}
      >
        <span className={styles.quiet}>{hasNew ? 'New passport, not saved' : 'New passport'}</span>
      </Link>
    </nav>
  );
}
