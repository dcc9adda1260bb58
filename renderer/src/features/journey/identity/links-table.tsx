import type { WireRecordLink } from '../../../../../src/api/wire.ts';
import { Button } from '../../../ui/button.tsx';
import { TypeChip } from '../../../ui/chip.tsx';
import { formatConfidence } from '../../../ui/format.ts';
import { JourneyLink } from '../parts/journey-link.tsx';
import { EvidenceLinks } from './evidence-links.tsx';
import styles from './identity.module.css';

const RELATIONS: Readonly<Record<WireRecordLink['relation'], string>> = {
  child: 'part of it',
  parent: 'it is part of',
  peer: 'belongs together',
  context: 'context',
};

interface LinksTableProps {
  readonly links: readonly WireRecordLink[];
  readonly busy: boolean;
  readonly onUnlink: (link: WireRecordLink) => void;
  readonly onUndo: (decision: number) => void;
}

/** What a record is linked with: why, and the entries that show it. */
export function LinksTable({ links, busy, onUnlink, onUndo }: LinksTableProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Record</th>
          <th scope="col">Is</th>
          <th scope="col">Why</th>
          <th scope="col">Entries</th>
          <th scope="col">
            <span data-visually-hidden="">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {links.map((link) => {
          const { record, decision } = link;
          return (
            <tr key={`${record.type} ${record.key} ${link.relation}`}>
              <th scope="row">
                <span className={styles.name} title={`${record.type} ${record.key}`}>
                  <TypeChip type={record.type} />
                  <span data-mono="" data-clip="">
                    <JourneyLink type={record.type} id={record.key}>
                      {record.key}
                    </JourneyLink>
                  </span>
                </span>
              </th>
              <td>{RELATIONS[link.relation]}</td>
              <td className={styles.why}>
                {decision === null ? link.cardinality : 'By hand'}
                {decision === null && <span className={styles.quiet}> {formatConfidence(link.confidence)}</span>}
                <small>{decision === null ? link.reason : `decision ${decision}`}</small>
              </td>
              <td>
                <EvidenceLinks evidence={link.evidence} entries={link.entries} />
              </td>
              <td className={styles.action}>
                {decision === null ? (
                  <Button size="small" variant="ghost" disabled={busy} aria-label={`Unlink ${record.key}`} onClick={() => onUnlink(link)}>
                    Unlink
                  </Button>
                ) : (
                  <Button
                    size="small"
                    variant="ghost"
                    disabled={busy}
                    aria-label={`Take back decision ${decision}`}
                    onClick={() => onUndo(decision)}
                  >
                    Take back
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
