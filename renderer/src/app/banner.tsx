import { X } from 'lucide-react';
import { Button, IconButton } from '../ui/button.tsx';
import { Spinner } from '../ui/progress.tsx';
import { ToneMark } from '../ui/severity-mark.tsx';
import { useWorkspaceInfo } from './api.ts';
import { useConnection } from './connection.ts';
import { dismissIntake, useIntake } from './intake.ts';
import styles from './shell.module.css';

/** Tries after which a host that never answered is said to be gone. */
const PATIENCE = 3;

/** The one notice at the foot of the page: a lost connection, or files being taken in. */
export function Banner() {
  const connection = useConnection((slice) => slice.state);
  const intake = useIntake((slice) => slice.state);
  const loaded = useWorkspaceInfo().data !== undefined;
  if (connection.kind === 'refused') {
    // Without any data the whole page says so already.
    if (!loaded) return undefined;
    return (
      <div className={styles.banner} role="alert">
        <ToneMark tone="critical" />
        <span>{connection.message}</span>
        <Button size="small" onClick={() => window.location.reload()}>
          Try again
        </Button>
      </div>
    );
  }
  if (connection.kind === 'lost') {
    return (
      <div className={styles.banner} role="status">
        <Spinner label="Connecting" />
        <span>
          {connection.attempt > PATIENCE
            ? 'Waybill does not answer. Start it again and open the link it prints.'
            : 'The connection was lost. Connecting again.'}
        </span>
      </div>
    );
  }
  switch (intake.kind) {
    case 'idle':
      return undefined;
    case 'handing-over':
      return (
        <div className={styles.banner} role="status">
          <Spinner label="Reading" />
          <span data-clip="" title={intake.name}>
            Reading {intake.name}
            {intake.total > 1 && ` (${intake.index + 1} of ${intake.total})`}
          </span>
        </div>
      );
    case 'looking':
      return (
        <div className={styles.banner} role="status">
          <Spinner label="Looking" />
          <span>Looking at what is in {intake.total === 1 ? 'it' : `${intake.total} files`}</span>
        </div>
      );
    case 'failed':
      return (
        <div className={styles.banner} role="alert">
          <ToneMark tone="critical" />
          <span>{intake.message}</span>
          <IconButton label="Dismiss" size="small" onClick={dismissIntake}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      );
  }
}
