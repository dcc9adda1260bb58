import { ArrowDownRight, ArrowUpRight } from 'lucide-react';
import type { WireJourney, WireRelated } from '../../../../src/api/wire.ts';
import { TECHNICAL_TYPES } from '../../../../src/model/record.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Chip, TypeChip } from '../../ui/chip.tsx';
import { formatSpan, plural } from '../../ui/format.ts';
import { Popover } from '../../ui/popover.tsx';
import { JourneyStatusBadge } from '../../ui/status-badge.tsx';
import { Duration } from '../../ui/time.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './journey-head.module.css';
import { coverageHints } from './model/coverage.ts';
import { journeyCounts, summaryText } from './model/summary.ts';
import { CopyButton, CopyIcon } from '../../ui/copy-button.tsx';
import { CompletenessNote } from './parts/completeness-note.tsx';
import { ConflictNotes } from './parts/conflict-notes.tsx';
import { ClockNotes } from './parts/clock-notes.tsx';
import { JourneyLink } from './parts/journey-link.tsx';

const SHOWN_ALIASES = 2;
const SHOWN_RELATED = 3;

/** Which record this is, how it went, when and where, and what belongs to it. */
export function JourneyHead({ journey }: { readonly journey: WireJourney }) {
  const zone = useZone();
  const { record } = journey;
  const counts = journeyCounts(journey);
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <span className={styles.type}>
          <TypeChip type={record.type} />
        </span>
        <h1 title={record.key}>{record.key}</h1>
        <CopyIcon label={`Copy ${record.key}`} text={() => record.key} />
        <div className={styles.aliases}>
          {record.aliases.slice(0, SHOWN_ALIASES).map((alias) => (
            <Chip key={alias} mono title={`also known as ${alias}`}>
              {alias}
            </Chip>
          ))}
          {record.aliases.length > SHOWN_ALIASES && <MoreAliases aliases={record.aliases} />}
        </div>
        <div className={styles.actions}>
          <CopyButton label="Copy as text" text={() => summaryText(journey, zone)} />
          <CopyButton label="Copy link" text={() => window.location.href} />
        </div>
      </div>
      <div className={styles.facts}>
        <JourneyStatusBadge status={journey.status} reason={journey.statusReason.replace(/\.$/, '')} />
        {journey.startedAt === null ? (
          <span>no times in the sources</span>
        ) : (
          <span className={styles.when}>{formatSpan(journey.startedAt, journey.endedAt, zone)}</span>
        )}
        {journey.durationMs !== null && (
          <b>
            <Duration ms={journey.durationMs} />
          </b>
        )}
        <span>{plural(journey.systems.length, 'system')}</span>
        <span>
          {plural(counts.steps, 'step')}, {plural(counts.attempts, 'attempt')}
        </span>
        <CompletenessNote journey={journey} />
        {journey.related.length > 0 && <Related related={journey.related} />}
        <ConflictNotes conflicts={journey.conflicts} />
        {journey.clocks.length > 0 && <ClockNotes clocks={journey.clocks} />}
        {coverageHints(journey, zone).map((hint) => (
          <span key={hint} className={styles.hint}>
            {hint}
          </span>
        ))}
      </div>
    </header>
  );
}

function MoreAliases({ aliases }: { readonly aliases: readonly string[] }) {
  return (
    <Popover
      label="All identifiers of this record"
      trigger={
        <button type="button" className={buttonClass('ghost', 'small')}>
          {aliases.length - SHOWN_ALIASES} more
        </button>
      }
    >
      <ul className={styles.list}>
        {aliases.map((alias) => (
          <li key={alias}>
            <span data-mono="" data-clip="">
              {alias}
            </span>
            <CopyIcon label={`Copy ${alias}`} text={() => alias} />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function RelatedLink({ related }: { readonly related: WireRelated }) {
  const Icon = related.relation === 'child' ? ArrowDownRight : related.relation === 'parent' ? ArrowUpRight : undefined;
  return (
    <span
      className={styles.related}
      title={related.relation === 'context' ? `${related.type}, named by its events` : `${related.relation} record`}
    >
      {Icon !== undefined && <Icon size={12} aria-hidden="true" />}
      {related.type}{' '}
      <JourneyLink type={related.type} id={related.key}>
        {related.key}
      </JourneyLink>
    </span>
  );
}

function Related({ related }: { readonly related: readonly WireRelated[] }) {
  const sorted = related.toSorted((a, b) => Number(TECHNICAL_TYPES.has(a.type)) - Number(TECHNICAL_TYPES.has(b.type)));
  return (
    <>
      {sorted.slice(0, SHOWN_RELATED).map((one) => (
        <RelatedLink key={`${one.type} ${one.key}`} related={one} />
      ))}
      {related.length > SHOWN_RELATED && (
        <Popover
          label="All related records"
          trigger={
            <button type="button" className={buttonClass('ghost', 'small')}>
              {related.length - SHOWN_RELATED} more related
            </button>
          }
        >
          <ul className={styles.list}>
            {sorted.map((one) => (
              <li key={`${one.type} ${one.key}`}>
                <RelatedLink related={one} />
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </>
  );
}
