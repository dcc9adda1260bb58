import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WireWatch } from '../../../../../src/api/wire.ts';
import { formatCount, plural } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import type { Tone } from '../../../ui/severity.ts';
import { Time } from '../../../ui/time.tsx';
import styles from './folders.module.css';

const STATES: Readonly<Record<WireWatch['state'], { readonly tone: Tone; readonly word: string }>> = {
  waiting: { tone: 'fine', word: 'Watching' },
  importing: { tone: 'info', word: 'Importing' },
  missing: { tone: 'warning', word: 'Not there' },
};

/** One watched folder: its line, and below it the last failure. */
export function FolderRow({ watch, remove }: { readonly watch: WireWatch; readonly remove: ReactNode }) {
  const { tone, word } = STATES[watch.state];
  const { lastImport, lastError } = watch;
  const options = Object.entries(watch.options).filter(([, value]) => value !== undefined && value !== '');
  return (
    <>
      <tr data-open={lastError !== null}>
        <td title={watch.path}>
          <code>{watch.path}</code>
          {options.length > 0 && <span className={styles.quiet}> {options.map(([name, value]) => `${name} ${value}`).join(' · ')}</span>}
        </td>
        <td>
          {watch.job === null ? (
            <ToneMark tone={tone}>{word}</ToneMark>
          ) : (
            <Link to="/import" search={{ job: watch.job }}>
              <ToneMark tone={tone}>{word}</ToneMark>
            </Link>
          )}
        </td>
        <td data-number="">{formatCount(watch.taken)}</td>
        <td data-number="">{formatCount(watch.known)}</td>
        <td data-number="">{watch.failed === 0 ? '0' : <ToneMark tone="warning">{formatCount(watch.failed)}</ToneMark>}</td>
        <td>
          {lastImport === null ? (
            <span className={styles.quiet}>none yet</span>
          ) : (
            <>
              <Time at={lastImport.at} />
              <span className={styles.quiet}>
                {plural(lastImport.files, 'file')}, {plural(lastImport.events, 'event')}
                {lastImport.rejected > 0 && `, ${formatCount(lastImport.rejected)} rejected`}
              </span>
            </>
          )}
        </td>
        <td>{remove}</td>
      </tr>
      {lastError !== null && (
        <tr className={styles.failure}>
          <td colSpan={7}>
            <span className={styles.line}>
              <Time at={lastError.at} />
              <ToneMark tone="warning" title={lastError.message}>
                {lastError.message}
              </ToneMark>
              <span className={styles.quiet}>Tried again when the file changes</span>
            </span>
          </td>
        </tr>
      )}
    </>
  );
}
