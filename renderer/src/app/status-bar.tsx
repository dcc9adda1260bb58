import { formatTime, plural } from '../ui/format.ts';
import { useZone } from '../ui/zone.ts';
import { useWorkspaceInfo } from './api.ts';
import { describeCoverage } from './coverage-text.ts';
import { useOverlay } from './overlays.ts';
import styles from './shell.module.css';

/** So many systems that end early are named in the line, the others counted. */
const NAMED = 2;

/** The bottom line: how much there is, over which time, and which systems were not logged to the end. */
export function StatusBar() {
  const info = useWorkspaceInfo().data;
  const zone = useZone();
  const format = (at: string): string => formatTime(at, zone);
  const show = useOverlay((state) => state.show);
  return (
    <footer className={styles.bar}>
      {info !== undefined && info.events > 0 && (
        <>
          <span>
            {plural(info.events, 'event')} · {plural(info.journeys, 'journey')}
          </span>
          <span>
            {formatTime(info.from, zone)} → {formatTime(info.to, zone)}
          </span>
          <span className={styles.coverage} title={describeCoverage(info.coverage, info.to, format)}>
            {describeCoverage(info.coverage, info.to, format, NAMED)}
          </span>
        </>
      )}
      {info !== undefined && info.events === 0 && <span>Nothing imported yet</span>}
      <button type="button" onClick={() => show('keys')}>
        ? keys
      </button>
    </footer>
  );
}
