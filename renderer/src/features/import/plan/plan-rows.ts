import type { WirePlanPart } from '../../../../../src/api/wire.ts';
import type { GroupedPlan, PartGroup } from './plan-groups.ts';

/** A line of the plan's list. */
export type PlanRow =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly group: PartGroup;
      readonly expanded: boolean;
      readonly at: number;
      readonly of: number;
    }
  /** A part: of a group, alone, or one that will not be imported (`group` is then undefined). */
  | {
      readonly kind: 'part';
      readonly id: string;
      readonly part: WirePlanPart;
      readonly group: PartGroup | undefined;
      readonly level: 1 | 2;
      readonly at: number;
      readonly of: number;
    }
  | {
      readonly kind: 'section';
      readonly id: 'known' | 'refused';
      readonly parts: readonly WirePlanPart[];
      readonly expanded: boolean;
      readonly at: number;
      readonly of: number;
    };

/** Id of a part's line. */
export function partRow(part: string): string {
  return `part ${part}`;
}

/**
 * The lines of the list: groups (with their parts when expanded), parts that are alone, then what is known already and what cannot be
 * read. `filter` keeps the parts whose name contains it, whatever their case, and shows them.
 */
export function planRows(plan: GroupedPlan, expanded: ReadonlySet<string>, filter: string): readonly PlanRow[] {
  const wanted = filter.trim().toLowerCase();
  const matches = (part: WirePlanPart): boolean => wanted === '' || part.name.toLowerCase().includes(wanted);
  const groups = plan.groups.flatMap((group) => {
    const parts = group.parts.filter(matches);
    return parts.length === 0 ? [] : [{ group, parts }];
  });
  const sections = (['known', 'refused'] as const).flatMap((id) => {
    const parts = plan[id].filter(matches);
    return parts.length === 0 ? [] : [{ id, parts }];
  });
  const of = groups.length + sections.length;
  const rows: PlanRow[] = [];
  const add = (parts: readonly WirePlanPart[], group: PartGroup | undefined): void => {
    for (const [at, part] of parts.entries())
      rows.push({ kind: 'part', id: partRow(part.id), part, group, level: 2, at: at + 1, of: parts.length });
  };
  for (const [index, { group, parts }] of groups.entries()) {
    const [first] = group.parts;
    if (group.parts.length === 1) {
      rows.push({ kind: 'part', id: partRow(first.id), part: first, group, level: 1, at: index + 1, of });
      continue;
    }
    const open = wanted !== '' || expanded.has(group.id);
    rows.push({ kind: 'group', id: group.id, group, expanded: open, at: index + 1, of });
    if (open) add(parts, group);
  }
  for (const [index, { id, parts }] of sections.entries()) {
    const open = wanted !== '' || expanded.has(id);
    rows.push({ kind: 'section', id, parts, expanded: open, at: groups.length + index + 1, of });
    if (open) add(parts, undefined);
  }
  return rows;
}

/** The parts that a line stands for. */
export function partsOf(row: PlanRow): readonly WirePlanPart[] {
  switch (row.kind) {
    case 'group':
      return row.group.parts;
    case 'part':
      return [row.part];
    case 'section':
      return row.parts;
  }
}
