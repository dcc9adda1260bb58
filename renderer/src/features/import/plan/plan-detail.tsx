import type { WirePlan, WirePlanPart } from '../../../../../src/api/wire.ts';
import { Empty } from '../../../ui/empty.tsx';
import { GroupDetail } from './group-detail.tsx';
import type { PlanRow } from './plan-rows.ts';
import type { PlanSession } from './plan-session.ts';
import styles from './plan-detail.module.css';
import type { Edits } from './use-edits.ts';

interface PlanDetailProps {
  readonly plan: WirePlan;
  readonly row: PlanRow | undefined;
  readonly folder: string;
  readonly session: PlanSession;
  readonly edits: Edits;
}

/** What belongs to the line that is marked: a group with its mapping, or files that will not be imported, with the reasons. */
export function PlanDetail({ plan, row, folder, session, edits }: PlanDetailProps) {
  if (row === undefined) return <Empty title="No file matches">Clear the filter to see all files.</Empty>;
  switch (row.kind) {
    case 'group':
      return (
        <GroupDetail
          key={row.id}
          plan={plan}
          group={row.group}
          part={row.group.parts[0]}
          single={false}
          folder={folder}
          session={session}
          edits={edits}
        />
      );
    case 'part':
      return row.group === undefined || row.part.mapping === null ? (
        <Reasons parts={[row.part]} folder={folder} />
      ) : (
        <GroupDetail
          key={row.group.id}
          plan={plan}
          group={row.group}
          part={row.part}
          single
          folder={folder}
          session={session}
          edits={edits}
        />
      );
    case 'section':
      return <Reasons parts={row.parts} folder={folder} />;
  }
}

/** More reasons than this are counted: the list on the left has them all. */
const MOST_REASONS = 200;

function Reasons({ parts, folder }: { readonly parts: readonly WirePlanPart[]; readonly folder: string }) {
  const known = parts[0]?.outcome === 'known';
  return (
    <section className={styles.reasons} aria-label={known ? 'Files imported already' : 'Files that cannot be read'} tabIndex={0}>
      <h2>{known ? 'Imported already' : 'Cannot be read'}</h2>
      <p className={styles.quiet}>
        {known
          ? 'The workspace holds the same content. Importing it again would change nothing, so it is left out.'
          : 'These files are left out of the import and listed in its summary.'}
      </p>
      <ul>
        {parts.slice(0, MOST_REASONS).map((part) => (
          <li key={part.id}>
            <b title={part.path}>{part.name.slice(folder.length)}</b>
            <span>{part.reason}</span>
          </li>
        ))}
      </ul>
      {parts.length > MOST_REASONS && <p className={styles.quiet}>and {parts.length - MOST_REASONS} more</p>}
    </section>
  );
}
