import type { IdentifierTable } from '../../identity/types.ts';
import type { CarriedBy } from '../../model/carrier.ts';
import { columnBatches } from '../../workspace/analysis-reader.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import { executionAt, type Carrying } from '../../workspace/event-at.ts';
import type { Db } from '../../workspace/open.ts';
import { carrierRows, type CarrierRow } from '../../workspace/readers/carriers.ts';
import type { AnalysisHooks } from '../hooks.ts';
import { chooseExecution, type Candidate, type Chosen } from './choose.ts';
import { lookUp } from './known-ids.ts';

/** Which executions carried the documents that do not name one themselves. The same whatever the order of imports. */
export interface Carried {
  /** Source → the execution that carried its documents. */
  readonly carrying: ReadonlyMap<number, Carrying>;
  readonly how: ReadonlyMap<number, CarriedBy>;
  /** Sidecar → the document beside it, which it is used up by. */
  readonly sidecars: ReadonlyMap<number, number>;
  /** Sources of which nothing counts: sidecars with a document, and copies of a document that say less than another or the same. */
  readonly leftOut: ReadonlySet<number>;
  /** The sources that are copies of each other, in the order of their rank. */
  readonly copies: readonly (readonly number[])[];
}

/**
 * Decides for each document which execution carried it, by the ids in its sidecar, its name and its folders. An id that nothing says is one counts
 * only if other sources tell of an execution of that id: so this is settled when all sources are there.
 */
export function resolveCarried(db: Db, identifiers: IdentifierTable, rank: ReadonlyMap<number, number>, hooks: AnalysisHooks): Carried {
  const rows = carrierRows(db).toSorted((a, b) => rank.get(a.source)! - rank.get(b.source)!);
  const documents = rows.filter(({ carrier }) => carrier.names.length > 0);
  const { sidecars, beside } = pairs(rows, documents);
  const candidates = new Map(documents.map((row) => [row.source, candidatesOf(row, beside.get(row.source) ?? [])]));
  const known = lookUp([...candidates.values()].flat(), identifiers, function* () {
    for (const batch of columnBatches(db, { wanted: (source) => !sidecars.has(source) })) {
      hooks.check();
      yield batch;
    }
  });
  const chosen = new Map<number, Chosen>();
  for (const [source, ids] of candidates) {
    const execution = chooseExecution(ids, known);
    if (execution !== undefined) chosen.set(source, execution);
  }
  const copies = copiesOf(documents);
  const executionOf = new Map([...chosen].map(([source, { execution }]) => [source, execution]));
  const replaces = ownNumbers(db, executionOf, identifiers, hooks);
  return {
    carrying: new Map([...executionOf].map(([source, execution]) => [source, { execution, replaces: replaces.get(source) ?? NONE }])),
    how: new Map([...chosen].map(([source, { how }]) => [source, how])),
    sidecars,
    leftOut: new Set([...sidecars.keys(), ...copies.flatMap((group) => repeats(group, executionOf))]),
    copies,
  };
}

/** A batch in which documents that name no execution have the one that carried them. The batch itself where there are none. */
export function withCarried(batch: ColumnBatch, carrying: ReadonlyMap<number, Carrying>): ColumnBatch {
  if (!carrying.has(batch.source)) return batch;
  const words = { carriedBy: (source: number) => carrying.get(source) };
  return { ...batch, execution: batch.execution.map((_, i) => executionAt(batch, i, words)) };
}

/** What a message is called in itself; the run that carried it is another thing. */
const OWN_TYPES: ReadonlySet<string> = new Set(['message', 'correlation']);
const NONE: ReadonlySet<number> = new Set();

/**
 * Source → the numbers that its documents have as messages and that no other source names. A document is tied to others by such a number only where
 * others name it; else the run that carried it says more.
 */
function ownNumbers(
  db: Db,
  executionOf: ReadonlyMap<number, number>,
  identifiers: IdentifierTable,
  hooks: AnalysisHooks,
): ReadonlyMap<number, ReadonlySet<number>> {
  const owner = new Map<number, number>();
  const numbers = (batch: ColumnBatch, visit: (number: number) => void): void => {
    for (let i = 0; i < batch.count; i++) if (batch.execution[i] !== 0) visit(batch.execution[i]!);
  };
  for (const batch of columnBatches(db, { wanted: (source) => executionOf.has(source) })) {
    numbers(batch, (number) => {
      if (OWN_TYPES.has(identifiers.type(number))) owner.set(number, batch.source);
    });
  }
  if (owner.size === 0) return new Map();
  for (const batch of columnBatches(db)) {
    hooks.check();
    numbers(batch, (number) => {
      if (owner.has(number) && owner.get(number) !== batch.source) owner.set(number, 0);
    });
  }
  const replaces = new Map<number, Set<number>>();
  for (const [number, source] of owner) {
    if (source === 0 || number === executionOf.get(source)) continue;
    const known = replaces.get(source);
    if (known === undefined) replaces.set(source, new Set([number]));
    else known.add(number);
  }
  return replaces;
}

function pairs(rows: readonly CarrierRow[], documents: readonly CarrierRow[]) {
  const byName = new Map<string, CarrierRow[]>();
  for (const row of documents) {
    for (const name of row.carrier.names) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [row]);
      else known.push(row);
    }
  }
  const sidecars = new Map<number, number>();
  const beside = new Map<number, CarrierRow[]>();
  for (const row of rows) {
    for (const { source } of documentsOf(row, byName)) {
      if (!sidecars.has(row.source)) sidecars.set(row.source, source);
      const known = beside.get(source);
      if (known === undefined) beside.set(source, [row]);
      else known.push(row);
    }
  }
  return { sidecars, beside };
}

/**
 * The documents beside a sidecar. Files that a browser sent have no folder: of two that are called alike it is not known which one was meant.
 */
function documentsOf({ carrier }: CarrierRow, byName: ReadonlyMap<string, readonly CarrierRow[]>): readonly CarrierRow[] {
  const found = [...new Set(carrier.sidecarOf.flatMap((name) => byName.get(name) ?? []))];
  const isAlone = (row: CarrierRow): boolean => found.every((other) => other === row || other.carrier.names[0] !== row.carrier.names[0]);
  return carrier.citation.lastIndexOf('/') === 0 ? found.filter(isAlone) : found;
}

function candidatesOf({ carrier }: CarrierRow, sidecars: readonly CarrierRow[]): readonly Candidate[] {
  return [...sidecars.flatMap((row) => row.carrier.ids.map((id) => ({ ...id, sidecar: row.name }))), ...carrier.ids];
}

/** Groups of documents with the same text. */
function copiesOf(documents: readonly CarrierRow[]): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (const { content, source } of documents) {
    const known = groups.get(content);
    if (known === undefined) groups.set(content, [source]);
    else known.push(source);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The copies that say nothing more: one stays for each execution, and one that has none only where none has. */
function repeats(group: readonly number[], executionOf: ReadonlyMap<number, number>): readonly number[] {
  const carriedSomewhere = group.some((source) => executionOf.has(source));
  const seen = new Set<number | undefined>(carriedSomewhere ? [undefined] : []);
  return group.filter((source) => {
    const execution = executionOf.get(source);
    const again = seen.has(execution);
    seen.add(execution);
    return again;
  });
}
