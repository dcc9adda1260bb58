import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useAllCommands } from './commands.ts';
import { keyCaps } from './keys.ts';
import styles from './keys-help.module.css';
import { useOverlay } from './overlays.ts';
import { isMac } from './platform.ts';

/** Keys that belong to a part of a page and are handled there. */
const LOCAL_KEYS: readonly { readonly title: string; readonly caps: readonly string[] }[] = [
  { title: 'Move in a list or in the graph', caps: ['↑', '↓', '←', '→'] },
  { title: 'Open what is marked', caps: ['Enter'] },
  { title: 'Next finding of a journey', caps: ['F'] },
  { title: 'Zoom the graph in, out, to fit', caps: ['+', '−', '0'] },
  { title: 'Close, or clear the selection', caps: ['Esc'] },
];

/** All keys, from the one command registry. */
export function KeysHelp() {
  const { overlay, show } = useOverlay();
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  const mac = isMac();
  return (
    <Dialog open={overlay === 'keys'} onOpenChange={(open) => show(open ? 'keys' : 'none')} title="Keys">
      <dl className={styles.keys}>
        {commands.map((command) => (
          <Row
            key={command.id}
            title={command.group === 'Go to' ? `Go to ${command.title}` : command.title}
            caps={keyCaps(command.keys ?? '', mac)}
          />
        ))}
        {LOCAL_KEYS.map((row) => (
          <Row key={row.title} {...row} />
        ))}
      </dl>
    </Dialog>
  );
}

function Row({ title, caps }: { readonly title: string; readonly caps: readonly string[] }) {
  return (
    <div className={styles.row}>
      <dt>{title}</dt>
      <dd>
        {caps.map((cap) => (
          <Kbd key={cap}>{cap}</Kbd>
        ))}
      </dd>
    </div>
  );
}
