import type { Candidate } from './aliases.ts';
import { idsOf, typesOfSeveral } from './families.ts';
import { groupBy } from './grouping.ts';
import { meet } from './meetings.ts';
import type { Meeting } from './meetings.ts';
import { BATCH_SIZE } from './observations.ts';
import type { SettledObservations } from './observations.ts';

/** A core that more families than this share is looked at only through the first of them. */
const MOST_FAMILIES = 12;

/** Shared cores whose company is compared: a sample is enough for a share. */
const SAMPLE = 2000;

interface Draft {
  left: number;
  right: number;
  shared: number;
  /** Members of left and right with the same core, for the look at their company. */
  leftIds: number[];
  rightIds: number[];
}

/** All pairs of families of one type that share a core or were met together, with the evidence. */
export function findCandidates(seen: SettledObservations): readonly Candidate[] {
  const { families } = seen;
  const several = typesOfSeveral(families);
  if (several.every((value) => value === 0)) return [];
  const drafts = sharedCores(seen, several);
  const inExecutions = executionMeetings(seen, several);
  for (const meeting of [...seen.meetings.values(), ...inExecutions.values()])
    draftOf(drafts, families.families.length, meeting.left, meeting.right);
  const company = needsCompany(drafts) ? companyOf(seen) : undefined;
  return [...drafts].map(([key, draft]) => {
    const meeting = seen.meetings.get(key);
    const inExecution = inExecutions.get(key);
    return {
      left: draft.left,
      right: draft.right,
      shared: draft.shared,
      agree: meeting?.agree ?? 0,
      disagree: meeting?.disagree ?? 0,
      alone: meeting?.alone ?? 0,
      executionsAgree: inExecution?.agree ?? 0,
      executionsDisagree: inExecution?.disagree ?? 0,
      partners: company === undefined ? 0 : together(draft, company, 0),
      partnersByChance: company === undefined ? 0 : together(draft, company, 1),
    };
  });
}

function draftOf(drafts: Map<number, Draft>, families: number, a: number, b: number): Draft {
  const left = Math.min(a, b);
  const right = Math.max(a, b);
  const key = left * families + right;
  let draft = drafts.get(key);
  if (draft === undefined) drafts.set(key, (draft = { left, right, shared: 0, leftIds: [], rightIds: [] }));
  return draft;
}

/** @param several see `typesOfSeveral` */
function sharedCores(seen: SettledObservations, several: Uint8Array): Map<number, Draft> {
  const { families } = seen;
  const drafts = new Map<number, Draft>();
  const ids = idsOf(families, several);
  const byCore = groupBy(ids.length, families.cores, (item) => families.coreOf[ids[item]!]!);
  for (let core = 0; core < families.cores; core++) {
    const from = byCore.start[core]!;
    const to = byCore.start[core + 1]!;
    if (to - from < 2) continue;
    const distinct: number[] = [];
    const holder: number[] = [];
    for (let k = from; k < to && distinct.length < MOST_FAMILIES; k++) {
      const id = ids[byCore.items[k]!]!;
      const family = families.familyOf[id]!;
      if (distinct.includes(family)) continue;
      distinct.push(family);
      holder.push(id);
    }
    for (let a = 0; a < distinct.length; a++) {
      for (let b = a + 1; b < distinct.length; b++) {
        const draft = draftOf(drafts, families.families.length, distinct[a]!, distinct[b]!);
        draft.shared++;
        if (draft.leftIds.length >= SAMPLE) continue;
        const straight = distinct[a] === draft.left;
        draft.leftIds.push(holder[straight ? a : b]!);
        draft.rightIds.push(holder[straight ? b : a]!);
      }
    }
  }
  return drafts;
}

/** Meetings over executions that carry exactly one member of each of two families. */
function executionMeetings(seen: SettledObservations, several: Uint8Array): Map<number, Meeting> {
  const { families, carried } = seen;
  const meetings = new Map<number, Meeting>();
  const carries = new Uint32Array(families.typeOf.length);
  let count = 0;
  for (let pair = 0; pair < carried.size; pair++) {
    carries[carried.left(pair)]!++;
    count += several[families.typeOf[carried.right(pair)]!]!;
  }
  if (count < 2) return meetings;
  const pairs = new Uint32Array(count);
  for (let pair = 0, at = 0; pair < carried.size; pair++) if (several[families.typeOf[carried.right(pair)]!] === 1) pairs[at++] = pair;
  const byExecution = groupBy(count, families.typeOf.length, (item) => carried.left(pairs[item]!));
  const idAt = (k: number): number => carried.right(pairs[byExecution.items[k]!]!);
  const perFamily = new Uint32Array(families.families.length);
  const alone: number[] = [];
  for (let execution = 1; execution < families.typeOf.length; execution++) {
    const from = byExecution.start[execution]!;
    const to = byExecution.start[execution + 1]!;
    if (to - from < 2 || carries[execution]! > BATCH_SIZE) continue;
    for (let k = from; k < to; k++) perFamily[families.familyOf[idAt(k)]!]!++;
    alone.length = 0;
    for (let k = from; k < to; k++) if (perFamily[families.familyOf[idAt(k)]!] === 1) alone.push(idAt(k));
    for (let k = from; k < to; k++) perFamily[families.familyOf[idAt(k)]!] = 0;
    if (alone.length > 1) meet(meetings, families, () => seen.spelled(), alone);
  }
  return meetings;
}

function needsCompany(drafts: ReadonlyMap<number, Draft>): boolean {
  for (const draft of drafts.values()) if (draft.shared >= 3) return true;
  return false;
}

/** Identifier → the other identifiers and executions it was seen with, as sorted lists. */
type Company = (id: number) => ReadonlySet<number>;

function companyOf(seen: SettledObservations): Company {
  const { pairs, carried } = seen;
  const size = seen.families.typeOf.length;
  const asLeft = groupBy(pairs.size, size, (pair) => pairs.left(pair));
  const asRight = groupBy(pairs.size, size, (pair) => pairs.right(pair));
  const inExecutions = groupBy(carried.size, size, (pair) => carried.right(pair));
  return (id) => {
    const result = new Set<number>();
    for (let k = asLeft.start[id]!; k < asLeft.start[id + 1]!; k++) result.add(pairs.right(asLeft.items[k]!));
    for (let k = asRight.start[id]!; k < asRight.start[id + 1]!; k++) result.add(pairs.left(asRight.items[k]!));
    for (let k = inExecutions.start[id]!; k < inExecutions.start[id + 1]!; k++) result.add(carried.left(inExecutions.items[k]!));
    return result;
  };
}

/** How many of the shared cores have spellings that share company; with a shift, the same for spellings of different cores. */
function together(draft: Draft, company: Company, shift: number): number {
  const count = draft.leftIds.length;
  if (count < 3) return 0;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const left = company(draft.leftIds[i]!);
    const right = company(draft.rightIds[(i + shift) % count]!);
    for (const other of left) {
      if (!right.has(other)) continue;
      found++;
      break;
    }
  }
  return Math.round((found / count) * draft.shared);
}
