import { Link } from '@tanstack/react-router';
import { RotateCcw, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WireRejectionGroup, WireSource } from '../../../../../src/api/wire.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { SystemChip } from '../../../ui/chip.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { formatBytes, formatCount, formatSpan } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { Time } from '../../../ui/time.tsx';
import { useZone } from '../../../ui/zone.ts';
import { reasonLabel } from '../rejected/reasons.ts';
import { useReadAgain } from '../use-read-again.ts';
import styles from './source-detail.module.css';

interface SourceDetailProps {
  readonly source: WireSource;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

/** One source: what it is, what came of it, what was odd, and what can be done with it. */
export function SourceDetail({ source, onClose, onRemove }: SourceDetailProps) {
  const zone = useZone();
  const again = useReadAgain();
  const notices = source.notices.filter((text) => source.unknownStatuses.length === 0 || !text.startsWith('status words'));
  return (
    <aside className={styles.detail} aria-label={source.name} tabIndex={0}>
      <header className={styles.head}>
        <h2 title={source.path}>{source.name}</h2>
        <IconButton label="Close the details" size="small" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={styles.actions}>
        <Button size="small" disabled={again.isPending} onClick={() => again.mutate({ source: source.id, rejected: false })}>
          <RotateCcw size={12} aria-hidden="true" />
          See the mapping, read again
        </Button>
        <Button size="small" variant="danger" onClick={onRemove}>
          <Trash2 size={12} aria-hidden="true" />
          Remove
        </Button>
      </div>
      {again.isError && <ToneMark tone="critical">{errorText(again.error).message}</ToneMark>}
      <Facts
        facts={[
          ['Events', formatCount(source.events)],
          ['Known', source.duplicates === 0 ? '0' : `${formatCount(source.duplicates)}, told by other sources before`],
          ['Updated', source.updated === 0 ? '0' : `${formatCount(source.updated)}, tell how a run ended`],
          ['Time', formatSpan(source.coverage?.from, source.coverage?.to, zone)],
          ['Systems', source.systems.map((system) => <SystemChip key={system} system={system} />)],
        ]}
      />
      <Facts
        facts={[
          ['Path', <Mono key="path" text={source.path} />],
          ['Format', source.format],
          ['Profile', source.profile],
          ['Zone', source.zone ?? '–'],
          ['Encoding', source.encoding],
          ['Size', formatBytes(source.bytes)],
          ['SHA-256', <Mono key="sha" text={source.sha256} />],
          ['Imported', <Time key="at" at={source.importedAt} />],
        ]}
      />
      {source.unknownStatuses.length > 0 && (
        <Section title="Status words that nobody knows">
          <ul className={styles.words}>
            {source.unknownStatuses.map(({ word, count }) => (
              <li key={word}>
                <code>{word}</code>
                <span>{formatCount(count)}</span>
              </li>
            ))}
          </ul>
          <p className={styles.quiet}>They count as neither success nor failure. Read the source again to say what they mean.</p>
        </Section>
      )}
      {notices.length > 0 && (
        <Section title="Notices">
          <ul className={styles.notices}>
            {notices.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Section>
      )}
      {source.rejected > 0 && <RejectedOf source={source} />}
    </aside>
  );
}

function RejectedOf({ source }: { readonly source: WireSource }) {
  const groups = useEngineQuery<WireRejectionGroup[]>(['reject-groups', source.id], (client, signal) =>
    client.rejects.groups({ source: source.id }, { signal }),
  );
  return (
    <Section title="Rejected entries">
      {groups.isError && <ToneMark tone="critical">{errorText(groups.error).message}</ToneMark>}
      <ul className={styles.words}>
        {groups.data?.map((group) => (
          <li key={group.code}>
            <Link to="/sources" search={{ view: 'rejected', source: source.id, reason: group.code }}>
              {reasonLabel(group.code)}
            </Link>
            <span>{formatCount(group.count)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Mono({ text }: { readonly text: string }) {
  return <code className={styles.mono}>{text}</code>;
}
