import type { FindingStatus } from '../../../../src/model/finding.ts';
import { Chip } from '../../ui/chip.tsx';

export const STATUS_WORDS: Readonly<Record<FindingStatus, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  'false-alarm': 'False alarm',
};

/** How a finding stands, as a word in a frame. */
export function FindingStatusChip({ status, taught = false }: { readonly status: FindingStatus; readonly taught?: boolean }) {
  return (
    <Chip title={taught ? 'Silenced by a threshold that another false alarm raised' : STATUS_WORDS[status]}>
      {taught ? 'Taught' : STATUS_WORDS[status]}
    </Chip>
  );
}
