import type { Families } from './families.ts';
import type { PairTable } from './pair-table.ts';

/** How two families of one type behave where one entry names members of both. */
export interface Meeting {
  readonly left: number;
  readonly right: number;
  /** Members of both with the same core. */
  agree: number;
  /**
   * Members beside one with another core, although each family has the core of the other: as one family they would contradict each
   * other.
   */
  disagree: number;
  /** Members beside one with another core, whether the families have both or not. */
  apart: number;
  /** Entries that name one member of each, with different cores. */
  alone: number;
}

/** The members of one family that stand in one entry or execution. */
interface Group {
  readonly family: number;
  readonly cores: number[];
}

/**
 * Counts, for each two families of one type among `ids`, how many members agree in their core, and how many of the smaller side
 * found no partner.
 * @param spelled which families have which cores, see `SettledObservations.spelled`; asked for only where some found none
 */
export function meet(meetings: Map<number, Meeting>, families: Families, spelled: () => PairTable, ids: ArrayLike<number>): void {
  // At most `BATCH_SIZE` identifiers: looking through a list is faster than making sets.
  const groups: Group[] = [];
  for (let i = 0; i < ids.length; i++) {
    const family = families.familyOf[ids[i]!]!;
    const core = families.coreOf[ids[i]!]!;
    const group = groups.find((known) => known.family === family);
    if (group === undefined) groups.push({ family, cores: [core] });
    else if (!group.cores.includes(core)) group.cores.push(core);
  }
  groups.sort((a, b) => a.family - b.family);
  for (let a = 0; a < groups.length; a++) {
    for (let b = a + 1; b < groups.length; b++) {
      const left = groups[a]!;
      const right = groups[b]!;
      if (families.families[left.family]!.type !== families.families[right.family]!.type) continue;
      const key = left.family * families.families.length + right.family;
      let meeting = meetings.get(key);
      if (meeting === undefined) {
        meeting = { left: left.family, right: right.family, agree: 0, disagree: 0, apart: 0, alone: 0 };
        meetings.set(key, meeting);
      }
      let agree = 0;
      for (const core of left.cores) if (right.cores.includes(core)) agree++;
      const apart = Math.min(left.cores.length, right.cores.length) - agree;
      meeting.agree += agree;
      meeting.apart += apart;
      if (apart === 1 && left.cores.length === 1 && right.cores.length === 1) meeting.alone++;
      if (apart > 0) meeting.disagree += Math.min(alsoIn(left, right, spelled()), alsoIn(right, left, spelled()));
    }
  }
}

/** How many of the cores that found no partner in the other family here have one there. */
function alsoIn(group: Group, other: Group, spelled: PairTable): number {
  let count = 0;
  for (const core of group.cores) if (!other.cores.includes(core) && spelled.find(core + 1, other.family + 1) >= 0) count++;
  return count;
}
