import type { WireRejection, WireRejectionGroup } from '../../../../../src/api/wire.ts';
import { humanise } from '../../../ui/format.ts';

/** Short names of the reasons (`src/intake/entry.ts`, `src/model/errors.ts`); others are shown by their code. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['malformed', 'Damaged'],
  ['too-many-cells', 'Too many cells'],
  ['too-few-cells', 'Too few cells'],
  ['truncated', 'Cut off'],
  ['bad-encoding', 'Not in its encoding'],
  ['too-long', 'Too long'],
  ['too-deep', 'Nested too deep'],
  ['no-time-no-order', 'Not understood'],
  ['unsupported', 'Not supported'],
  ['container', 'Archive or compression'],
  ['format-unknown', 'Format not known'],
  ['file-empty', 'Empty file'],
  ['file-unreadable', 'File cannot be read'],
]);

/** The name of a reason. */
export function reasonLabel(code: string): string {
  return LABELS.get(code) ?? humanise(code);
}

/** A reason with the sources it applies to. */
export interface ReasonGroup {
  readonly code: string;
  readonly count: number;
  /** By number, the most first. */
  readonly sources: readonly WireRejectionGroup[];
}

/** What was rejected by reason, and within a reason by source; the most frequent first. */
export function groupByReason(groups: readonly WireRejectionGroup[]): readonly ReasonGroup[] {
  const byCode = new Map<string, WireRejectionGroup[]>();
  for (const group of groups) {
    const same = byCode.get(group.code);
    if (same === undefined) byCode.set(group.code, [group]);
    else same.push(group);
  }
  return [...byCode]
    .map(([code, sources]) => ({
      code,
      count: sources.reduce((sum, group) => sum + group.count, 0),
      sources: sources.toSorted((a, b) => b.count - a.count || (a.source < b.source ? -1 : 1)),
    }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The reason without the file and the line it begins with: they stand in columns of their own. */
export function withoutPlace({ reason, source }: Pick<WireRejection, 'reason' | 'source'>): string {
  const end = source !== '' && reason.startsWith(source) ? reason.indexOf(': ') : -1;
  return end < 0 ? reason : reason.slice(end + 2);
}
