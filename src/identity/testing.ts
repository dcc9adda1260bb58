import { createIdentityBuilder } from './index.ts';
import type { IdentityDecision } from '../model/identity-decision.ts';
import type { Identity, IdentifierTable, MentionChunk } from './types.ts';

/** An event for tests: identifiers as `type:value`. */
export interface Told {
  /** Microseconds. */
  readonly at?: number;
  readonly system?: string;
  readonly execution?: string;
  /** The execution that called this one. */
  readonly parent?: string;
  readonly ids?: readonly string[];
  /** The field each of them stands in; one of its type's name unless told. */
  readonly fields?: readonly string[];
}

/** Identity over told events, with everything by name instead of by number. */
export interface Story {
  readonly identity: Identity;
  /** `type key` of the record an identifier (`type:value`) became. */
  record(identifier: string): string;
  /** `type key` of the root of an identifier's record, or `none`. */
  root(identifier: string): string;
  /** The journeys of an event, sorted. */
  journeys(event: number): readonly string[];
  relation(from: string, to: string): { readonly cardinality: string; readonly owner: string | undefined } | undefined;
  readonly hubs: readonly string[];
  /** `parent > child` with the entries that mention both. */
  readonly links: ReadonlyMap<string, number>;
}

export interface Telling {
  /** Order in which the chunks are observed; default as told. */
  readonly order?: (chunks: readonly MentionChunk[]) => readonly MentionChunk[];
  readonly chunkSize?: number;
  /** What people said, the earliest first. */
  readonly decisions?: readonly IdentityDecision[];
}

/** Decisions as `link-owns`, `link-relates`, `unlink`, `merge` or `split` with two identifiers (`type:value`). */
export function said(...wishes: readonly (readonly [what: string, a: string, b: string])[]): IdentityDecision[] {
  const identifier = (text: string) => ({ type: text.slice(0, text.indexOf(':')), value: text.slice(text.indexOf(':') + 1) });
  return wishes.map(([what, a, b], at) => {
    const [kind, relation] = what.split('-') as [IdentityDecision['kind'], IdentityDecision['relation']];
    return { id: at + 1, kind, relation, a: identifier(a), b: identifier(b), note: '', at: `2026-01-01T00:00:0${at % 10}Z` };
  });
}

/** Runs identity over events. Identifier ids are given in the order of first mention. */
export function tell(events: readonly Told[], telling: Telling = {}): Story {
  const ids = new Map<string, number>();
  const systems = new Map<string, number>();
  for (const event of events) {
    const executions = [event.execution, event.parent].flatMap((value) => (value === undefined ? [] : [`execution:${value}`]));
    for (const id of [...executions, ...(event.ids ?? [])]) {
      if (!ids.has(id)) ids.set(id, ids.size + 1);
    }
    const system = event.system ?? 'shop';
    if (!systems.has(system)) systems.set(system, systems.size + 1);
  }
  const names = ['', ...ids.keys()];
  const colon = (id: number): number => names[id]!.indexOf(':');
  const table: IdentifierTable = {
    count: ids.size,
    type: (id) => names[id]!.slice(0, colon(id)),
    value: (id) => names[id]!.slice(colon(id) + 1),
  };
  const fields = new Map<string, number>();
  const size = telling.chunkSize ?? 1000;
  const chunks: MentionChunk[] = [];
  for (let at = 0; at < events.length; at += size) chunks.push(chunkOf(events.slice(at, at + size), at + 1, ids, systems, fields));
  const builder = createIdentityBuilder();
  for (let id = 1; id <= table.count; id++) builder.identifier(table.type(id), table.value(id));
  for (const chunk of telling.order?.(chunks) ?? chunks) builder.observe(chunk);
  return storyOf(builder.finish(table, telling.decisions), ids, chunks, size);
}

function chunkOf(
  events: readonly Told[],
  firstEvent: number,
  ids: ReadonlyMap<string, number>,
  systems: ReadonlyMap<string, number>,
  fields: Map<string, number>,
): MentionChunk {
  const idStart = new Uint32Array(events.length + 1);
  const identifier: number[] = [];
  const idPath: number[] = [];
  events.forEach((event, i) => {
    event.ids?.forEach((id, k) => {
      identifier.push(ids.get(id)!);
      const field = event.fields?.[k] ?? id.slice(0, id.indexOf(':'));
      if (!fields.has(field)) fields.set(field, fields.size + 1);
      idPath.push(fields.get(field)!);
    });
    idStart[i + 1] = identifier.length;
  });
  return {
    count: events.length,
    firstEvent,
    time: Float64Array.from(events, (event) => event.at ?? Number.NaN),
    system: Uint32Array.from(events, (event) => systems.get(event.system ?? 'shop')!),
    execution: Uint32Array.from(events, (event) => (event.execution === undefined ? 0 : ids.get(`execution:${event.execution}`)!)),
    parentExecution: Uint32Array.from(events, (event) => (event.parent === undefined ? 0 : ids.get(`execution:${event.parent}`)!)),
    idStart,
    identifier: Uint32Array.from(identifier),
    idPath: Uint32Array.from(idPath),
  };
}

function storyOf(identity: Identity, ids: ReadonlyMap<string, number>, chunks: readonly MentionChunk[], size: number): Story {
  const { records, links, relations } = identity;
  const name = (record: number): string => (record === 0 ? 'none' : `${records.type(record)} ${records.key(record)}`);
  const recordOf = (identifier: string): number => {
    const id = ids.get(identifier);
    if (id === undefined) throw new Error(`no event told of ${identifier}`);
    return identity.recordOf[id]!;
  };
  const linked = new Map<string, number>();
  for (let link = 0; link < links.count; link++)
    linked.set(`${name(links.parent[link]!)} > ${name(links.child[link]!)}`, links.entries[link]!);
  return {
    identity,
    record: (identifier) => name(recordOf(identifier)),
    root: (identifier) => name(identity.rootOf[recordOf(identifier)]!),
    journeys: (event) => {
      const out = new Uint32Array(64);
      const count = identity.journeysOf(chunks[Math.floor(event / size)]!, event % size, out);
      return [...out.subarray(0, count)].map(name).toSorted();
    },
    relation: (from, to) => relations.find((relation) => relation.from === from && relation.to === to),
    hubs: identity.hubs.map((hub) => hub.type),
    links: linked,
  };
}
