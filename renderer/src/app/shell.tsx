import { Outlet } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { SystemColours } from '../ui/system-colour.tsx';
import { useWorkspaceInfo } from './api.ts';
import { AppCommands } from './app-commands.tsx';
import { Banner } from './banner.tsx';
import { useConnection } from './connection.ts';
import { Crumb } from './crumb.tsx';
import { DesktopCommands } from './desktop-commands.tsx';
import { DropTarget } from './drop-target.tsx';
import { JobChip } from './job-chip.tsx';
import { KeysHelp } from './keys-help.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { keyCaps } from './keys.ts';
import { LiveData } from './live-data.tsx';
import { useOverlay } from './overlays.ts';
import { Page } from './page.tsx';
import { isMac } from './platform.ts';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { StatusBar } from './status-bar.tsx';
import { ZoneSwitch } from './zone-switch.tsx';
import { Palette } from '../features/search/palette.tsx';

/** The frame around every page: rail, top bar, page, status bar, and what may lie over them. */
export function Shell() {
  const workspace = useWorkspaceInfo();
  const info = workspace.data;
  const refused = useConnection((slice) => slice.state.kind === 'refused');
  const show = useOverlay((state) => state.show);
  useKeptFocus();
  return (
    <SystemColours systems={info?.coverage.map((coverage) => coverage.system) ?? []}>
      <LiveData />
      <AppCommands />
      <DesktopCommands />
      <a className={styles.skip} href="#main" onClick={skipToMain}>
        Skip to the page
      </a>
      <div className={styles.shell}>
        <Rail />
        <header className={styles.top}>
          <Crumb />
          <button type="button" className={styles.find} onClick={() => show('palette')}>
            <Search size={14} aria-hidden="true" />
            <span data-clip="">Find any identifier or command</span>
            <Kbd>{keyCaps('mod+k', isMac()).join(' ')}</Kbd>
          </button>
          <div className={styles.right}>
            <JobChip />
            <ZoneSwitch />
          </div>
        </header>
        <main id="main" className={styles.main} tabIndex={-1}>
          {workspace.isError && info === undefined ? (
            <Page title={refused ? 'Not connected' : 'The workspace cannot be read'}>
              <ErrorPanel error={workspace.error} onRetry={refused ? undefined : () => void workspace.refetch()} />
            </Page>
          ) : (
            <Outlet />
          )}
          <Banner />
        </main>
        <StatusBar />
      </div>
      <DropTarget />
      <Palette />
      <KeysHelp />
    </SystemColours>
  );
}

/** The hash is the address of the page, so the link must not follow it. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
