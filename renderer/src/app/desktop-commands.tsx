import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { desktop } from './host.ts';
import { useAddFiles } from './intake.ts';

/** Does what the desktop's menus, links and double clicks ask for. Renders nothing, and is idle in a browser. */
export function DesktopCommands(): undefined {
  const { history } = useRouter();
  const { addGrants } = useAddFiles();
  useEffect(
    () =>
      desktop()?.onCommand((command) => {
        switch (command.kind) {
          case 'go':
            history.push(command.route);
            return;
          case 'import':
            void addGrants(command.grants);
        }
      }),
    [history, addGrants],
  );
  return undefined;
}
