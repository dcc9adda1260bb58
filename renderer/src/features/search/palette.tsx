import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { WireSearchHit } from '../../../../src/api/wire.ts';
import { useClient, useEngineQuery } from '../../app/api.ts';
import { useAllCommands } from '../../app/commands.ts';
import { keyCaps } from '../../app/keys.ts';
import { useOverlay } from '../../app/overlays.ts';
import { isMac } from '../../app/platform.ts';
import { TypeChip } from '../../ui/chip.tsx';
import dialogStyles from '../../ui/dialog.module.css';
import { errorText } from '../../ui/error-text.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { JourneyStatusMark } from '../../ui/status-badge.tsx';
import { groupsFor, itemText } from './palette-items.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';
import styles from './palette.module.css';

/** Ctrl/Cmd K: finds any identifier, and every command. */
export function Palette() {
  const { overlay, show } = useOverlay();
  return (
    <Dialog.Root open={overlay === 'palette'} onOpenChange={(open) => show(open ? 'palette' : 'none')}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogStyles.scrim} />
        <Dialog.Popup className={styles.popup} aria-label="Find an identifier or a command">
          <PaletteBody close={() => show('none')} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Mounted anew with every opening, so it always starts empty. */
function PaletteBody({ close }: { readonly close: () => void }) {
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const client = useClient();
  const navigate = useNavigate();
  const commands = useAllCommands();
  const hits = useEngineQuery<WireSearchHit[]>(
    ['search', text],
    (client, signal) => client.records.search({ text, limit: 12 }, { signal }),
    { enabled: text !== '' },
  );
  const groups = useMemo(() => groupsFor(text, text === '' ? [] : (hits.data ?? []), commands), [text, hits.data, commands]);

  const run = (item: PaletteItem): void => {
    close();
    switch (item.kind) {
      case 'command':
        item.command.run();
        return;
      case 'hit': {
        const { type, key } = item.hit.journey ?? item.hit;
        void navigate({ to: '/journey/$type/$key', params: { type, key } });
        return;
      }
      case 'records':
        void navigate({ to: '/records', search: { q: item.text } });
    }
  };

  // Enter right after pasting comes before the answer: wait for it, and open the first hit unless more was typed meanwhile.
  const latest = useRef('');
  const openFirst = async (wanted: string): Promise<void> => {
    const first = groupsFor(wanted, await client.records.search({ text: wanted, limit: 1 }), commands)[0]?.items[0];
    if (first !== undefined && latest.current === wanted) run(first);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || text === '' || !(hits.isFetching || hits.isPlaceholderData)) return;
    event.preventDefault();
    event.stopPropagation();
    // When it fails, the list says so: it asks the same.
    openFirst(text).catch(() => setTyped(text));
  };

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={typed}
      onValueChange={(next) => {
        setTyped(next);
        latest.current = next.trim();
      }}
      autoHighlight="always"
      itemToStringValue={itemText}
    >
      <div className={styles.field} onKeyDownCapture={onKeyDown}>
        <Search size={16} aria-hidden="true" />
        <Autocomplete.Input
          className={styles.input}
          aria-label="Identifier or command"
          placeholder="Order number, payment, trace id, or a command"
          spellCheck={false}
        />
        {hits.isFetching && <Spinner label="Searching" />}
      </div>
      <Autocomplete.Empty>
        {groups.length === 0 && (
          <div className={styles.empty}>
            {hits.isError ? errorText(hits.error).message : 'Nothing has this identifier. Try a part of it.'}
          </div>
        )}
      </Autocomplete.Empty>
      <Autocomplete.List className={styles.list}>
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.label} items={group.items}>
            <Autocomplete.GroupLabel className={styles.label}>{group.label}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => (
                <Autocomplete.Item key={item.id} value={item} className={styles.item} onClick={() => run(item)}>
                  <ItemContent item={item} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <div className={styles.foot}>
        <span>
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> move
        </span>
        <span>
          <Kbd>Enter</Kbd> open
        </span>
        <span>
          <Kbd>Esc</Kbd> close
        </span>
      </div>
    </Autocomplete.Root>
  );
}

function ItemContent({ item }: { readonly item: PaletteItem }) {
  switch (item.kind) {
    case 'command':
      return (
        <>
          <span>{item.command.title}</span>
          {item.command.keys !== undefined && (
            <span className={styles.end}>
              {keyCaps(item.command.keys, isMac()).map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </span>
          )}
        </>
      );
    case 'hit':
      return <HitContent hit={item.hit} />;
    case 'records':
      return <span>All records with “{item.text}”</span>;
  }
}

function HitContent({ hit }: { readonly hit: WireSearchHit }) {
  const elsewhere = hit.journey !== null && (hit.journey.type !== hit.type || hit.journey.key !== hit.key);
  return (
    <>
      <span className={styles.mark}>
        {hit.severity !== null && <ToneMark tone={hit.severity} title={`worst finding: ${hit.severity}`} />}
      </span>
      <span className={styles.type}>
        <TypeChip type={hit.type} />
      </span>
      <span className={styles.key} data-mono="">
        {hit.key}
      </span>
      {hit.matched !== hit.key && (
        <span className={styles.matched} data-mono="">
          {hit.matched}
        </span>
      )}
      {elsewhere && (
        <span className={styles.matched}>
          in {hit.journey?.type} {hit.journey?.key}
        </span>
      )}
      <span className={styles.end}>{hit.status !== null && <JourneyStatusMark status={hit.status} />}</span>
    </>
  );
}
