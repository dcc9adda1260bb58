import { useMemo, useState } from 'react';
import { FINDING_STATUSES, type FindingStatus } from '../../../../src/model/finding.ts';
import { useCommands } from '../../app/commands.ts';
import type { Command } from '../../app/commands.ts';
import { Button } from '../../ui/button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { TextInput } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import styles from './findings.module.css';
import { useDecide } from './use-decide.ts';

interface PickBarProps {
  readonly picked: ReadonlySet<string>;
  readonly onDone: () => void;
}

const VERBS: Readonly<Record<FindingStatus, { readonly label: string; readonly keys: string }>> = {
  open: { label: 'Open again', keys: 'm o' },
  acknowledged: { label: 'Acknowledge', keys: 'm a' },
  resolved: { label: 'Resolve', keys: 'm r' },
  'false-alarm': { label: 'False alarm', keys: 'm f' },
};
const ORDER = [...FINDING_STATUSES.slice(1), FINDING_STATUSES[0]];

/** What can be said of the findings that are picked. It stands where the filters do, so that nothing moves. */
export function PickBar({ picked, onDone }: PickBarProps) {
  const decide = useDecide();
  const [note, setNote] = useState('');
  const { mutate } = decide;
  const commands = useMemo<readonly Command[]>(
    () =>
      ORDER.map((status) => ({
        id: `decide-${status}`,
        title: `${VERBS[status].label}: selected findings`,
        group: 'Do',
        keys: VERBS[status].keys,
        run: () => mutate({ findings: [...picked], status, note: note.trim() === '' ? undefined : note.trim() }, { onSuccess: onDone }),
      })),
    [picked, note, mutate, onDone],
  );
  useCommands(commands);
  return (
    <div className={styles.pickBar} role="group" aria-label="Selected findings">
      <b>{plural(picked.size, 'finding')} selected</b>
      <TextInput
        aria-label="Note"
        placeholder="Note, optional"
        className={styles.note}
        value={note}
        maxLength={4000}
        onChange={(event) => setNote(event.target.value)}
      />
      {commands.map((command, at) => (
        <Button key={command.id} size="small" disabled={decide.isPending} onClick={command.run}>
          {VERBS[ORDER[at] ?? 'open'].label}
        </Button>
      ))}
      <Button variant="ghost" size="small" onClick={onDone}>
        Clear selection
      </Button>
      {decide.isError && <ToneMark tone="critical">{errorText(decide.error).message}</ToneMark>}
    </div>
  );
}
