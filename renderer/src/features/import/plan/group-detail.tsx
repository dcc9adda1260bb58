import { Undo2 } from 'lucide-react';
import type { WirePlan, WirePlanPart } from '../../../../../src/api/wire.ts';
import { Button } from '../../../ui/button.tsx';
import { formatBytes, plural } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { attention } from './attention.ts';
import { countChanges } from './changes.ts';
import { ConfidenceBar } from './confidence-bar.tsx';
import { FieldsTable } from './fields-table.tsx';
import styles from './plan-detail.module.css';
import { bytesOf, commonName, groupKey } from './plan-groups.ts';
import type { PartGroup } from './plan-groups.ts';
import { changeSession, withValues } from './plan-session.ts';
import type { PlanSession } from './plan-session.ts';
import { PreviewTable } from './preview-table.tsx';
import { Remembered } from './remembered.tsx';
import { SaveProfile } from './save-profile.tsx';
import { Settings } from './settings.tsx';
import { StatusWords } from './status-words-table.tsx';
import { statusWords } from './status-words.ts';
import type { Edits } from './use-edits.ts';

interface GroupDetailProps {
  readonly plan: WirePlan;
  readonly group: PartGroup;
  /** The part of the group whose first entries are shown. */
  readonly part: WirePlanPart;
  /** Whether the part was chosen by itself, and not the group. */
  readonly single: boolean;
  readonly folder: string;
  readonly session: PlanSession;
  readonly edits: Edits;
}

/** How the files of a group are read, and what the first entries of one of them would become. A change is made to all of them. */
export function GroupDetail({ plan, group, part, single, folder, session, edits }: GroupDetailProps) {
  const { mapping } = part;
  const { parts } = group;
  if (mapping === null) return undefined;
  const changes = countChanges(parts, session.original);
  const names = parts.map((one) => one.name.slice(folder.length));
  const bytes = bytesOf(parts);
  const words = statusWords(parts);
  // Words that ask for a decision stand before the fields, and stay there once it is made.
  const wordsFirst = words.some((word) => word.status === 'unknown' || word.said !== undefined);
  const undoAll = (): void => edits.apply(parts, ({ id }, now) => session.original.get(id) ?? now);
  return (
    <section className={styles.detail} aria-label={part.name}>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2
            title={parts
              .map((one) => one.path)
              .slice(0, 20)
              .join('\n')}
          >
            {commonName(names) ?? mapping.title}
          </h2>
          {parts.length > 1 && <span className={styles.once}>{plural(parts.length, 'file')}, mapped once</span>}
          <span className={styles.headActions}>
            {changes > 0 && (
              <Button size="small" onClick={undoAll}>
                <Undo2 size={12} aria-hidden="true" />
                Undo {plural(changes, 'change')}
              </Button>
            )}
            {single && <ApartButton plan={plan} group={group} part={part} edits={edits} />}
            <SaveProfile plan={plan.id} part={part.id} />
          </span>
        </div>
        <p className={styles.summary}>
          <span title={part.formatReason}>{part.format}</span>
          <span>{mapping.title}</span>
          <ConfidenceBar confidence={mapping.confidence} reason={mapping.reason} />
          <span data-clip="" title={mapping.reason}>
            {mapping.reason}
          </span>
          {bytes !== undefined && <span className={styles.size}>{formatBytes(bytes)}</span>}
        </p>
      </header>
      <div className={styles.mapping} role="region" aria-label="How it is read" tabIndex={0}>
        <Says part={part} />
        <Settings group={group} mapping={mapping} original={session.original} edits={edits} />
        {wordsFirst && <StatusWords group={group} words={words} edits={edits} />}
        <FieldsTable group={group} part={part} mapping={mapping} original={session.original} edits={edits} />
        {!wordsFirst && <StatusWords group={group} words={words} edits={edits} />}
      </div>
      <PreviewTable part={part} name={part.name.slice(folder.length)} pending={edits.pending} />
    </section>
  );
}

/** What there is to say before the fields: where the mapping comes from, what is odd. */
function Says({ part }: { readonly part: WirePlanPart }) {
  const why = attention(part);
  // Unknown words are listed with a choice of what they mean: not said twice.
  const notices = part.notices.filter((text) => part.unknownStatuses.length === 0 || !text.startsWith('status words'));
  if (part.remembered === null && why === undefined && notices.length === 0) return undefined;
  return (
    <div className={styles.says}>
      {part.remembered !== null && <Remembered key={part.remembered} mapping={part.remembered} />}
      {why !== undefined && <ToneMark tone="warning">{`${why.charAt(0).toUpperCase()}${why.slice(1)}`}</ToneMark>}
      {notices.map((text) => (
        <ToneMark key={text} tone="info">
          {text}
        </ToneMark>
      ))}
    </div>
  );
}

/** Takes a part out of its group, so that it is mapped on its own, and back. */
function ApartButton({
  plan,
  group,
  part,
  edits,
}: {
  readonly plan: WirePlan;
  readonly group: PartGroup;
  readonly part: WirePlanPart;
  readonly edits: Edits;
}) {
  const set = (isApart: boolean): void => changeSession(plan.id, ({ apart }) => ({ apart: withValues(apart, [part.id], isApart) }));
  if (group.apart) {
    const key = groupKey(part);
    const kin = plan.parts.find((one) => one.id !== part.id && one.outcome === 'ready' && groupKey(one) === key);
    if (kin === undefined) return undefined;
    return (
      <Button
        size="small"
        onClick={() => {
          // Back in the group it is read as the others are.
          edits.apply([part], (_part, now) => kin.mapping ?? now);
          set(false);
        }}
      >
        Map with its group
      </Button>
    );
  }
  if (group.parts.length === 1) return undefined;
  return (
    <Button size="small" onClick={() => set(true)} title={`Map ${part.name} apart from the others`}>
      Map this file on its own
    </Button>
  );
}
