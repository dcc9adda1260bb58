import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { useZoneStore } from '../ui/zone.ts';
import { currentCommands, useCommands } from './commands.ts';
import type { Command } from './commands.ts';
import { matchStroke, strokeName } from './keys.ts';
import { useOverlay } from './overlays.ts';
import { useTheme } from './theme.ts';

/** How long a first stroke waits for its second, in milliseconds. */
const SEQUENCE_MS = 1000;

/** The commands that exist on every page, and the one listener for all shortcuts. Renders nothing. */
export function AppCommands(): undefined {
  const navigate = useNavigate();
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'go-start', title: 'Start', group: 'Go to', keys: 'g h', run: () => void navigate({ to: '/' }) },
      { id: 'go-records', title: 'Records', group: 'Go to', keys: 'g r', run: () => void navigate({ to: '/records' }) },
      { id: 'go-findings', title: 'Findings', group: 'Go to', keys: 'g f', run: () => void navigate({ to: '/findings' }) },
      { id: 'go-incidents', title: 'Incidents', group: 'Go to', keys: 'g n', run: () => void navigate({ to: '/incidents' }) },
      { id: 'go-flows', title: 'Flows', group: 'Go to', keys: 'g l', run: () => void navigate({ to: '/flows' }) },
      { id: 'go-sources', title: 'Sources', group: 'Go to', keys: 'g s', run: () => void navigate({ to: '/sources' }) },
      {
        id: 'go-rejected',
        title: 'Rejected entries',
        group: 'Go to',
        run: () => void navigate({ to: '/sources', search: { view: 'rejected' } }),
      },
      {
        id: 'go-folders',
        title: 'Watched folders',
        group: 'Go to',
        run: () => void navigate({ to: '/sources', search: { view: 'folders' } }),
      },
      { id: 'go-import', title: 'Import', group: 'Go to', keys: 'g i', run: () => void navigate({ to: '/import' }) },
      { id: 'go-sql', title: 'SQL', group: 'Go to', keys: 'g q', run: () => void navigate({ to: '/sql' }) },
      {
        id: 'palette',
        title: 'Find an identifier or a command',
        group: 'Do',
        keys: 'mod+k',
        run: () => useOverlay.getState().show('palette'),
      },
      { id: 'keys', title: 'Show keys', group: 'View', keys: '?', run: () => useOverlay.getState().show('keys') },
      { id: 'zone', title: 'Switch between UTC and local time', group: 'View', keys: 'z', run: switchZone },
      { id: 'theme-light', title: 'Light theme', group: 'View', run: () => useTheme.getState().setTheme('light') },
      { id: 'theme-dark', title: 'Dark theme', group: 'View', run: () => useTheme.getState().setTheme('dark') },
      { id: 'theme-system', title: 'Theme of the system', group: 'View', run: () => useTheme.getState().setTheme('system') },
    ],
    [navigate],
  );
  useCommands(commands);
  useShortcuts();
  return undefined;
}

function switchZone(): void {
  const { zone, setZone } = useZoneStore.getState();
  setZone(zone === 'utc' ? 'local' : 'utc');
}

function useShortcuts(): void {
  const prefix = useRef<string | undefined>(undefined);
  useEffect(() => {
    let timer: number | undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const name = strokeName(event);
      if (name === undefined) return;
      // Letters belong to the text field or the dialog that has the focus; strokes with Ctrl or Cmd do not.
      if (!name.startsWith('mod+') && (isTyping(event.target) || useOverlay.getState().overlay !== 'none')) return;
      window.clearTimeout(timer);
      const match = matchStroke(currentCommands(), prefix.current, name);
      prefix.current = undefined;
      if (match.kind === 'pending') {
        prefix.current = match.prefix;
        timer = window.setTimeout(() => (prefix.current = undefined), SEQUENCE_MS);
      }
      if (match.kind === 'run') {
        event.preventDefault();
        match.command.run();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input, textarea, select, [role="textbox"], [role="menu"], [role="menu"] *, [role="dialog"] *'))
  );
}
