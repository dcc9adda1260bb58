import { useState, type ReactNode } from 'react';
import type { WireIdentityDecision, WireJourney, WireRecordIdentity } from '../../../../../src/api/wire.ts';
import type { RecordRef } from '../../../../../src/model/record.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { Select } from '../../../ui/field.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Segments } from '../../../ui/segments.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { DecideDialog, type Wish } from './decide-dialog.tsx';
import { DecisionsList } from './decisions-list.tsx';
import { IdentifiersTable } from './identifiers-table.tsx';
import styles from './identity.module.css';
import { LinksTable } from './links-table.tsx';
import { useIdentity } from './use-identity.ts';

/** Who the record is: its spellings and links with what shows them, and what was decided by hand; to be changed here. */
export function IdentityTab({ journey }: { readonly journey: WireJourney }) {
  const parts = journey.related.filter(({ relation }) => relation === 'child');
  const records: readonly RecordRef[] = [journey.record, ...parts.map(({ type, key }) => ({ type, key }))];
  const [chosen, setChosen] = useState<string>();
  const record = records.find((one) => nameOf(one) === chosen) ?? journey.record;
  const identity = useEngineQuery<WireRecordIdentity>(['identity', record.type, record.key], (client, signal) =>
    client.identity.get({ id: record.key, type: record.type }, { signal }),
  );
  if (identity.isError) return <ErrorPanel error={identity.error} onRetry={() => void identity.refetch()} />;
  if (identity.data === undefined) return <div className={styles.scroll} aria-busy="true" />;
  return (
    <Loaded
      identity={identity.data}
      choice={
        records.length > 1 && (
          <Select aria-label="Record" className={styles.choice} value={nameOf(record)} onChange={(event) => setChosen(event.target.value)}>
            {records.map((one) => (
              <option key={nameOf(one)} value={nameOf(one)}>
                {nameOf(one)}
              </option>
            ))}
          </Select>
        )
      }
    />
  );
}

function Loaded({ identity, choice }: { readonly identity: WireRecordIdentity; readonly choice: ReactNode }) {
  const { record, identifiers, links, conflicts, decisions } = identity;
  const own = { type: record.type, value: record.key };
  const { decide, undo, busy } = useIdentity(record);
  const [wish, setWish] = useState<Wish>();
  const [scope, setScope] = useState<'record' | 'all'>('record');
  const all = useEngineQuery<WireIdentityDecision[]>(['identity-decisions'], (client, signal) =>
    client.identity.decisions(undefined, { signal }),
  );
  const shown = scope === 'record' ? decisions : (all.data ?? []);
  const ask = (next: Wish): void => {
    decide.reset();
    setWish(next);
  };
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Who this record is" aria-busy={busy}>
      <div className={styles.bar}>
        {choice}
        <Button size="small" disabled={busy} onClick={() => ask({ kind: 'merge', a: own })}>
          Merge with…
        </Button>
        <Button size="small" disabled={busy} onClick={() => ask({ kind: 'link', a: own })}>
          Link to…
        </Button>
        <span className={styles.quiet} role="status">
          {busy ? 'Analysing' : ''}
        </span>
        {undo.isError && <ToneMark tone="critical">{errorText(undo.error).message}</ToneMark>}
      </div>
      {conflicts.length > 0 && (
        <ul className={styles.conflicts} aria-label="Conflicts">
          {conflicts.map(({ text }) => (
            <li key={text}>
              <ToneMark tone="warning" title={text}>
                {text}
              </ToneMark>
            </li>
          ))}
        </ul>
      )}
      <Part title="Identifiers" count={identifiers.length}>
        <IdentifiersTable
          identifiers={identifiers}
          busy={busy}
          onSplit={({ type, value }) => ask({ kind: 'split', a: own, b: { type, value } })}
        />
      </Part>
      <Part title="Related records" count={links.length}>
        {links.length === 0 ? (
          <p className={styles.none}>No entry names another record beside this one.</p>
        ) : (
          <LinksTable
            links={links}
            busy={busy}
            onUnlink={({ record: other }) => ask({ kind: 'unlink', a: own, b: { type: other.type, value: other.key } })}
            onUndo={(decision) => undo.mutate(decision)}
          />
        )}
      </Part>
      <Part
        title="Decided by hand"
        count={shown.length}
        end={
          all.data !== undefined &&
          all.data.length > decisions.length && (
            <Segments
              label="Whose decisions"
              value={scope}
              onChange={setScope}
              choices={[
                { value: 'record', label: 'This record', count: decisions.length },
                { value: 'all', label: 'All', count: all.data.length },
              ]}
            />
          )
        }
      >
        {shown.length === 0 ? (
          <p className={styles.none}>Nothing. What is decided is kept by spelling, over any import and removal, and can be taken back.</p>
        ) : (
          <DecisionsList decisions={shown} busy={busy} onUndo={(decision) => undo.mutate(decision)} />
        )}
      </Part>
      <DecideDialog
        wish={wish}
        busy={busy}
        error={decide.error}
        onDecide={(request) => decide.mutate(request, { onSuccess: () => setWish(undefined) })}
        onClose={() => setWish(undefined)}
      />
    </div>
  );
}

function Part({
  title,
  count,
  end,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.heading}>
        <h2>
          {title} <small>{formatCount(count)}</small>
        </h2>
        {end}
      </div>
      {children}
    </section>
  );
}

function nameOf({ type, key }: RecordRef): string {
  return `${type} ${key}`;
}
