import { mergeFamilies } from './aliases.ts';
import { findConflicts } from './conflicts.ts';
import { Hand } from './by-hand/hand.ts';
import type { IdentityDecision } from '../model/identity-decision.ts';
import { assign, journeyReader } from './assign.ts';
import { findCandidates } from './candidates.ts';
import { findHubs, HubMemory } from './hubs.ts';
import type { Hub } from './hubs.ts';
import { linkColumns } from './link-columns.ts';
import { addExecutionLinks, carriedRecords, entryLinks } from './links.ts';
import type { OwnerSide, Sides } from './links.ts';
import { Observations } from './observations.ts';
import type { SettledObservations } from './observations.ts';
import { decideOwners } from './ownership.ts';
import type { Owned } from './ownership.ts';
import type { PairTable } from './pair-table.ts';
import { resolveRecords } from './records.ts';
import { findReused } from './reused.ts';
import type { Resolved } from './records.ts';
import { measureRelations } from './relations.ts';
import type { Measured, Relation } from './relations.ts';
import { findRoots } from './roots.ts';
import type { HubType, Identity, IdentifierTable, MentionChunk } from './types.ts';

export type { Identity, IdentifierTable, MentionChunk } from './types.ts';

/** Learns who is who from a workspace's events. */
export interface IdentityBuilder {
  /** Takes the next identifier of the workspace; the first one has the id 1. */
  identifier(type: string, value: string): void;
  /** Takes every chunk of the workspace once, in any order and any chunking, when its identifiers have been told. */
  observe(chunk: MentionChunk): void;
  /** Decides. Call once, after the last chunk; `identifiers` are the ones that were told; `decisions` what people said of them, the earliest first. */
  finish(identifiers: IdentifierTable, decisions?: readonly IdentityDecision[]): Identity;
}

/** Starts identity. Memory grows with identifiers and with distinct pairs of them, not with events. */
export function createIdentityBuilder(): IdentityBuilder {
  const seen = new Observations();
  return {
    identifier: (type, value) => seen.identifier(type, value),
    observe: (chunk) => seen.observe(chunk),
    finish: (identifiers, decisions = []) => decide(identifiers, seen.settle(identifiers), decisions),
  };
}

function decide(identifiers: IdentifierTable, seen: SettledObservations, decisions: readonly IdentityDecision[]): Identity {
  const hand = decisions.length === 0 ? undefined : new Hand(decisions, identifiers, seen);
  const merges = mergeFamilies(findCandidates(seen), seen.families);
  const resolved = resolveRecords(identifiers, seen, merges, hand);
  const carried = carriedRecords(seen, resolved);
  const links = entryLinks(seen, resolved);
  seen.forgetIdentifiers();
  const memory = new HubMemory();
  const byEntries = decideTypes(links, resolved, memory);
  const measured: Measured = { relations: byEntries.relations, links: links.size };
  const learn = (): Sides => sidesOf(decideTypes(links, resolved, memory, measured), resolved);
  const more = addExecutionLinks(links, carried, resolved, sidesOf(byEntries, resolved), learn);
  const { owned: learned, hubs } = more ? decideTypes(links, resolved, memory, measured) : byEntries;
  const hubTypes = kindsOf(hubs);
  const reused = findReused(learned, hubs, links, resolved);
  const byHand = hand?.link({ resolved, links, owned: learned, hubs: hubTypes, reused });
  const owned = byHand?.owned ?? learned;
  const assignment = assign(seen, resolved, carried, hubTypes, findRoots(owned, links, resolved, reused, byHand), reused, byHand);
  const fromData = linkColumns(owned, links, carried, assignment, resolved);
  const linked = byHand?.among(fromData) ?? fromData;
  const { recordOf, records } = resolved;
  const aside = new Uint8Array(records.count + 1);
  for (let record = 0; record <= records.count; record++)
    aside[record] = hubTypes.has(resolved.typeOf[record]!) || reused.has(record) ? 1 : records.technical[record]!;
  return {
    records,
    recordOf,
    ruleOf: resolved.ruleOf,
    rules: resolved.rules,
    relations: linked.relations,
    hubs: hubs.map(({ type, reason }): HubType => ({ type, reason })),
    links: linked.links,
    rootOf: assignment.rootOf,
    conflicts: findConflicts(owned, links, resolved, reused, byHand),
    decided: hand?.outcomes ?? [],
    journeysOf: journeyReader(recordOf, aside, assignment, reused),
  };
}

interface TypeDecision {
  readonly owned: readonly Owned[];
  readonly hubs: readonly Hub[];
  readonly relations: readonly Relation[];
}

/** @param known relations measured before, on fewer links: most are as they were */
function decideTypes(links: PairTable, resolved: Resolved, memory: HubMemory, known?: Measured): TypeDecision {
  const relations = measureRelations(links, resolved, known);
  const hubs = findHubs(relations, links, resolved, memory);
  return { relations, owned: decideOwners(relations, links, resolved, kindsOf(hubs)), hubs };
}

function kindsOf(hubs: readonly Hub[]): ReadonlySet<number> {
  return new Set(hubs.map((hub) => hub.kind));
}

/** Who owns whom, by the indexes of the types. What is known to be a hub is neither, also where nothing is known of the two. */
function sidesOf({ owned, hubs }: TypeDecision, resolved: Resolved): Sides {
  const size = resolved.types.length;
  const hubTypes = kindsOf(hubs);
  const sides = new Map<number, OwnerSide>();
  for (const { relation, owner } of owned) {
    sides.set(relation.left * size + relation.right, owner === undefined ? 'neither' : owner === relation.left ? 'left' : 'right');
  }
  return (left, right) => sides.get(left * size + right) ?? (hubTypes.has(left) || hubTypes.has(right) ? 'neither' : 'unknown');
}
