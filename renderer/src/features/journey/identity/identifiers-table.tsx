import type { WireRecordIdentifier } from '../../../../../src/api/wire.ts';
import { Button } from '../../../ui/button.tsx';
import { SystemList } from '../../../ui/chip.tsx';
import { CopyIcon } from '../../../ui/copy-button.tsx';
import { formatConfidence } from '../../../ui/format.ts';
import { EvidenceLinks } from './evidence-links.tsx';
import styles from './identity.module.css';

const RULES: Readonly<Record<WireRecordIdentifier['rule'], string>> = {
  key: 'Key',
  same: 'Same text',
  case: 'Upper and lower case',
  'urn-tail': 'Tail of a longer name',
  'zero-padding': 'Leading zeros',
  prefix: 'Letters in front',
  separators: 'Separators',
  'by-hand': 'By hand',
};

interface IdentifiersTableProps {
  readonly identifiers: readonly WireRecordIdentifier[];
  readonly busy: boolean;
  readonly onSplit: (identifier: WireRecordIdentifier) => void;
}

/** How a record is spelled: by which systems, by which rule that is known, and the entries that show it. */
export function IdentifiersTable({ identifiers, busy, onSplit }: IdentifiersTableProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Identifier</th>
          <th scope="col">Systems</th>
          <th scope="col">Why it is this record</th>
          <th scope="col">Entries</th>
          <th scope="col">
            <span data-visually-hidden="">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {identifiers.map((one) => (
          <tr key={`${one.type} ${one.value}`}>
            <th scope="row">
              <span className={styles.name} title={one.value}>
                <span data-mono="" data-clip="">
                  {one.value}
                </span>
                <CopyIcon label={`Copy ${one.value}`} text={() => one.value} />
              </span>
            </th>
            <td>
              <SystemList systems={one.systems} named={1} />
            </td>
            <td className={styles.why}>
              {RULES[one.rule]}
              {one.rule !== 'key' && <span className={styles.quiet}> {formatConfidence(one.confidence)}</span>}
              <small>{one.explanation}</small>
            </td>
            <td>
              <EvidenceLinks evidence={one.evidence} entries={one.entries} />
            </td>
            <td className={styles.action}>
              {!one.key && (
                <Button size="small" variant="ghost" disabled={busy} aria-label={`Split off ${one.value}`} onClick={() => onSplit(one)}>
                  Split off
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
