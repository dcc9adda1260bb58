import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { WireFinding, WireIncident } from '../../../../src/api/wire.ts';
import { FINDING_STATUSES, type FindingStatus } from '../../../../src/model/finding.ts';
import { findingTicket } from '../../../../src/model/ticket.ts';
import { useEngineQuery } from '../../app/api.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { STATUS_WORDS } from './finding-status.tsx';
import styles from './standing.module.css';
import { useDecide } from './use-decide.ts';

/** How one finding stands: its status and note to be changed, the incident it is part of, its text for a ticket. */
export function Standing({ finding }: { readonly finding: WireFinding }) {
  const decide = useDecide();
  const incident = useEngineQuery<WireIncident | null>(['incident-of', finding.id], (client, signal) =>
    client.incidents.ofFinding({ finding: finding.id }, { signal }),
  );
  const say = (status: FindingStatus, note?: string): void => decide.mutate({ findings: [finding.id], status, note });
  return (
    <div className={styles.standing}>
      <label className={styles.pair}>
        <span>Status</span>
        <Select
          value={finding.status}
          disabled={decide.isPending}
          onChange={(event) => {
            const status = FINDING_STATUSES.find((one) => one === event.target.value);
            if (status !== undefined) say(status);
          }}
        >
          {FINDING_STATUSES.map((status) => (
            <option key={status} value={status}>
              {STATUS_WORDS[status]}
            </option>
          ))}
        </Select>
      </label>
      <NoteField key={`${finding.id} ${finding.note ?? ''}`} note={finding.note ?? ''} onSave={(note) => say(finding.status, note)} />
      {finding.taughtBy !== null && <p className={styles.hint}>Silenced by a threshold that another false alarm raised.</p>}
      {finding.status === 'false-alarm' && finding.taughtBy === null && (
        <p className={styles.hint}>{'Of its kind, what is no worse than this is silent at this step; open it again to take that back.'}</p>
      )}
      {decide.isError && <ToneMark tone="critical">{errorText(decide.error).message}</ToneMark>}
      {incident.data !== undefined && incident.data !== null && (
        <p className={styles.incident}>
          Part of{' '}
          <Link to="/incidents" search={{ incident: incident.data.id }} title={incident.data.title}>
            an incident of {plural(incident.data.records, 'record')}
          </Link>
        </p>
      )}
      <CopyButton label="Copy for ticket" text={() => findingTicket(finding)} />
    </div>
  );
}

/** Saves what was typed on Enter and when the field is left. */
function NoteField({ note, onSave }: { readonly note: string; readonly onSave: (note: string) => void }) {
  const id = useId();
  const [draft, setDraft] = useState(note);
  const save = (): void => {
    if (draft.trim() !== note) onSave(draft.trim());
  };
  return (
    <div className={styles.pair}>
      <label htmlFor={id}>Note</label>
      <TextInput
        id={id}
        value={draft}
        maxLength={4000}
        placeholder="why, or who looks after it"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setDraft(note);
          }
        }}
      />
    </div>
  );
}
