import type { IdentifierTable } from '../../identity/types.ts';
import type { CarrierId } from '../../model/carrier.ts';
import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import type { Candidate, KnownIds } from './choose.ts';

/** A shorter id is one of an execution only where something says that it is called so. */
const LEAST_UNNAMED = 8;

/**
 * Looks candidates up among the executions and spans that events name. Reads `batches` only if the dictionary knows one of them, or one may be
 * the id of a span; they must be as they were imported, or one guess would prove another.
 */
export function lookUp(candidates: readonly Candidate[], identifiers: IdentifierTable, batches: () => Iterable<ColumnBatch>): KnownIds {
  const values = new Set(candidates.map(({ value }) => folded(value)));
  const spelled = new Map<string, number[]>();
  for (let id = 1; id <= identifiers.count && values.size > 0; id++) {
    if (!TECHNICAL_TYPES.has(identifiers.type(id))) continue;
    const value = folded(identifiers.value(id));
    if (!values.has(value)) continue;
    const known = spelled.get(value);
    if (known === undefined) spelled.set(value, [id]);
    else known.push(id);
  }
  const hashes = new Set(candidates.flatMap(({ hash }) => (hash === 0 ? [] : [hash])));
  const { told, spans } = seenIn(batches, new Set([...spelled.values()].flat()), hashes);
  return {
    executions: (id) => {
      const named = (spelled.get(folded(id.value)) ?? []).filter((one) => told.has(one) && fits(id, identifiers.type(one)));
      // One text can be the id of a trace and of a run: what it is called beside the document decides.
      const called = named.filter((one) => identifiers.type(one) === id.type);
      return called.length > 0 ? called : named.length > 0 ? named : [...(spans.get(id.hash) ?? [])];
    },
    asserted: (id) =>
      spelled
        .get(folded(id.value))
        ?.find((one) => identifiers.type(one) === (id.type ?? 'execution') && identifiers.value(one) === id.value),
    type: (id) => identifiers.type(id),
  };
}

function fits(id: CarrierId, type: string): boolean {
  return id.value.length >= LEAST_UNNAMED || id.type === type;
}

/** Hexadecimal ids are the same in either case. */
function folded(value: string): string {
  return /^[0-9a-f-]{16,}$/i.test(value) ? value.toLowerCase() : value;
}

function seenIn(
  batches: () => Iterable<ColumnBatch>,
  executions: ReadonlySet<number>,
  hashes: ReadonlySet<number>,
): { readonly told: ReadonlySet<number>; readonly spans: ReadonlyMap<number, ReadonlySet<number>> } {
  const told = new Set<number>();
  const spans = new Map<number, Set<number>>();
  if (executions.size === 0 && hashes.size === 0) return { told, spans };
  for (const { count, execution, span } of batches()) {
    for (let i = 0; i < count; i++) {
      const run = execution[i]!;
      if (run === 0) continue;
      if (executions.has(run)) told.add(run);
      if (!hashes.has(span[i]!)) continue;
      const known = spans.get(span[i]!);
      if (known === undefined) spans.set(span[i]!, new Set([run]));
      else known.add(run);
    }
  }
  return { told, spans };
}
