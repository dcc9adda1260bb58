import { spelled, type DecisionOutcome, type IdentityDecision } from '../../model/identity-decision.ts';
import { groupBy } from '../grouping.ts';
import { byParentAndChild, type Linked } from '../link-columns.ts';
import type { Owned } from '../ownership.ts';
import type { PairTable } from '../pair-table.ts';
import type { Resolved } from '../records.ts';
import type { Reused } from '../reused.ts';
import { shared32 } from '../shared.ts';
import type { TypeRelation } from '../types.ts';
import { LinkLedger } from './link-ledger.ts';
import type { HandRoots, HandRuns } from './seams.ts';

/** What the data says, before decisions. */
export interface Learned {
  readonly resolved: Resolved;
  readonly links: PairTable;
  readonly owned: readonly Owned[];
  /** Kinds that are hubs. */
  readonly hubs: ReadonlySet<number>;
  readonly reused: Reused;
}

/** A link or its opposite, with the records it is about. */
interface Known {
  readonly decision: IdentityDecision;
  readonly a: number;
  readonly b: number;
}

/** A link that somebody made, with what the entries say of the two. */
interface HandLink extends Known {
  entries: number;
  evidence: number;
}

type Say = (decision: number, state: DecisionOutcome['state'], reason: string) => void;

/** Links that were made and taken away by hand. */
export class HandLinks implements HandRoots, HandRuns {
  /** What was learned, with all links but those that somebody spoke about. */
  readonly owned: readonly Owned[];
  readonly #resolved: Resolved;
  readonly #links: PairTable;
  readonly #reused: Reused;
  readonly #made: HandLink[] = [];
  readonly #apart: Known[] = [];
  /** By `#key`. */
  readonly #spoken = new Map<number, HandLink | undefined>();

  constructor(known: readonly Known[], learned: Learned, say: Say) {
    this.#resolved = learned.resolved;
    this.#links = learned.links;
    this.#reused = learned.reused;
    const ledger = new LinkLedger<number>();
    for (const one of known) {
      const { kind, id } = one.decision;
      if (kind !== 'link' && kind !== 'unlink') continue;
      const reason = (kind === 'link' ? cannotLink(one, learned) : undefined) ?? ledger.admit(one.decision, one.a, one.b);
      say(id, reason === undefined ? 'applied' : 'refused', reason ?? '');
      if (reason !== undefined) continue;
      if (kind === 'unlink') this.#take(one);
      else this.#make(one);
    }
    this.owned = this.#withAllLinks(learned);
  }

  /** Whether somebody said who owns a record. */
  hasOwner(record: number): boolean {
    return this.#made.some(({ decision, b }) => decision.relation === 'owns' && b === record);
  }

  isApart(execution: number, record: number): boolean {
    return this.#apart.some(({ a, b }) => (a === execution && b === record) || (a === record && b === execution));
  }

  carry(rootOfExecution: Uint32Array, rootOf: Uint32Array): void {
    for (const { decision, a, b } of this.#made)
      if (decision.relation === 'owns' && this.#resolved.records.technical[b] === 1) rootOfExecution[b] = rootOf[a]!;
  }

  hang(parent: Uint32Array): void {
    const byHand = new Set<number>();
    for (const { decision, a, b } of this.#made) {
      if (decision.relation !== 'owns' || this.#resolved.records.technical[b] === 1) continue;
      const owner = this.#reused.has(a) ? this.#reused.at(a, this.#resolved.records.first[b]!) : a;
      if (owner === b) continue;
      if (isAbove(parent, b, owner)) {
        let cut = owner;
        while (cut !== b && byHand.has(cut)) cut = parent[cut]!;
        // Only where a number stands for several things can hands alone close a circle.
        if (cut === b) continue;
        parent[cut] = 0;
      }
      parent[b] = owner;
      byHand.add(b);
    }
    for (const { a, b } of this.#apart) {
      for (const [lower, upper] of [
        [a, b],
        [b, a],
      ] as const) {
        if (!isAbove(parent, upper, lower) || byHand.has(lower)) continue;
        parent[lower] = 0;
        parent[lower] =
          this.#ownersOf(lower).find(
            (owner) => owner !== upper && owner !== lower && !isAbove(parent, upper, owner) && !isAbove(parent, lower, owner),
          ) ?? 0;
      }
    }
  }

  /** Puts the links that were made by hand among the others, each under a relation of its own that names its decision. */
  among(linked: Linked): Linked {
    const { records } = this.#resolved;
    const { relations } = linked;
    const links = this.#withoutApart(linked.links);
    // A run that a record owns is part of its journey, and no record that anybody looks at.
    const rows = [...this.#spoken.values()].filter(
      (link) => link !== undefined && (link.decision.relation !== 'owns' || records.technical[link.b] === 0),
    ) as HandLink[];
    if (rows.length === 0) return { relations, links };
    const described = rows.map(({ decision, a, b }): TypeRelation => {
      const owner = decision.relation === 'owns' ? records.type(a) : undefined;
      return {
        from: records.type(a),
        to: records.type(b),
        cardinality: owner === undefined ? 'n:m' : '1:n',
        pairs: 1,
        partnersOfFrom: 1,
        partnersOfTo: 1,
        owner,
        reason: 'linked by hand',
        decision: decision.id,
      };
    });
    const column = (from: Uint32Array, added: (link: HandLink, at: number) => number): Uint32Array => {
      const all = new Uint32Array(links.count + rows.length);
      all.set(from);
      rows.forEach((link, at) => (all[links.count + at] = added(link, at)));
      return all;
    };
    const parent = column(links.parent, ({ a }) => a);
    const child = column(links.child, ({ b }) => b);
    const order = byParentAndChild(
      parent.length,
      records.count,
      (i) => parent[i]!,
      (i) => child[i]!,
    );
    const sorted = (values: Uint32Array): Uint32Array => {
      const result = shared32(values.length);
      for (let i = 0; i < values.length; i++) result[i] = values[order[i]!]!;
      return result;
    };
    return {
      relations: [...relations, ...described],
      links: {
        count: parent.length,
        parent: sorted(parent),
        child: sorted(child),
        relation: sorted(column(links.relation, (_, at) => relations.length + at)),
        entries: sorted(column(links.entries, ({ entries }) => entries)),
        evidence: sorted(column(links.evidence, ({ evidence }) => evidence)),
      },
    };
  }

  /** Without the executions that were unlinked from what they carry: all other links were left out before. */
  #withoutApart(links: Linked['links']): Linked['links'] {
    const { technical } = this.#resolved.records;
    if (!this.#apart.some(({ a, b }) => technical[a] === 1 || technical[b] === 1)) return links;
    const kept = Uint32Array.from({ length: links.count }, (_, i) => i).filter((i) => !this.isApart(links.parent[i]!, links.child[i]!));
    const only = (column: Uint32Array): Uint32Array => {
      const result = shared32(kept.length);
      kept.forEach((from, to) => (result[to] = column[from]!));
      return result;
    };
    const { parent, child, relation, entries, evidence } = links;
    return {
      count: kept.length,
      parent: only(parent),
      child: only(child),
      relation: only(relation),
      entries: only(entries),
      evidence: only(evidence),
    };
  }

  #make(known: Known): void {
    const link: HandLink = { ...known, entries: 0, evidence: 0 };
    this.#made.push(link);
    const before = this.#spoken.get(this.#key(known.a, known.b));
    // Of two links between the same records the one that says more is shown.
    if (before?.decision.relation !== 'owns') this.#spoken.set(this.#key(known.a, known.b), link);
  }

  #take(known: Known): void {
    this.#apart.push(known);
    this.#spoken.set(this.#key(known.a, known.b), undefined);
  }

  #key(a: number, b: number): number {
    return Math.min(a, b) * (this.#resolved.records.count + 1) + Math.max(a, b);
  }

  /** The relations with all their links, also those of records that taught nothing, but for what was spoken about and what hubs would own. */
  #withAllLinks({ owned, links, resolved, hubs }: Learned): readonly Owned[] {
    const { typeOf, types, records } = resolved;
    const size = types.length;
    const spokenOf = new Uint8Array(records.count + 1);
    for (const { a, b } of [...this.#made, ...this.#apart]) spokenOf[a] = spokenOf[b] = 1;
    const all = groupBy(links.size, size * size, (link) => {
      const [left, right] = [typeOf[links.left(link)]!, typeOf[links.right(link)]!];
      return Math.min(left, right) * size + Math.max(left, right);
    });
    return owned.map((one) => {
      const { left, right } = one.relation;
      const isHub = hubs.has(left) || hubs.has(right);
      const kept = all.items.subarray(all.start[left * size + right], all.start[left * size + right + 1]).filter((link) => {
        const [a, b] = [links.left(link), links.right(link)];
        // A record that became a hub by hand stands on the other side of its pairs.
        if (!isHub && (typeOf[a] !== left || typeOf[b] !== right)) return false;
        if (spokenOf[a] === 0 || spokenOf[b] === 0 || !this.#spoken.has(this.#key(a, b))) return true;
        const made = this.#spoken.get(this.#key(a, b));
        if (made !== undefined) {
          made.entries += links.count(link);
          made.evidence = links.evidence(link);
        }
        return false;
      });
      return { ...one, relation: { ...one.relation, links: kept } };
    });
  }

  /** What could own a record by the data: the one with most entries first, then the first by name. */
  #ownersOf(record: number): readonly number[] {
    const { typeOf, records } = this.#resolved;
    const found: { readonly owner: number; readonly entries: number }[] = [];
    for (const { relation, owner } of this.owned) {
      if (owner === undefined || typeOf[record] !== (owner === relation.left ? relation.right : relation.left)) continue;
      for (const link of relation.links) {
        const [left, right] = [this.#links.left(link), this.#links.right(link)];
        const [owning, owns] = owner === relation.left ? [left, right] : [right, left];
        if (owns === record) found.push({ owner: owning, entries: this.#links.count(link) });
      }
    }
    const name = (one: number): string => `${records.type(one)} ${records.key(one)}`;
    return found.toSorted((x, y) => y.entries - x.entries || (name(x.owner) < name(y.owner) ? -1 : 1)).map(({ owner }) => owner);
  }
}

/** Whether one gets to `above` by going up from `record`. */
function isAbove(parent: Uint32Array, above: number, record: number): boolean {
  for (let at = parent[record]!; at !== 0; at = parent[at]!) if (at === above) return true;
  return false;
}

/** Why two records cannot be linked, whatever else was said. */
function cannotLink({ decision, a, b }: Known, { resolved, hubs, reused }: Learned): string | undefined {
  if (decision.relation !== 'owns') return undefined;
  if (hubs.has(resolved.typeOf[a]!)) return `${spelled(decision.a)} touches many records: it gives context and owns none`;
  if (hubs.has(resolved.typeOf[b]!)) return `${spelled(decision.b)} touches many records: it is part of no journey`;
  if (reused.has(b)) return `${spelled(decision.b)} stands for several records`;
  return undefined;
}
