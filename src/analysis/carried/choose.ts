import { CARRIER_TYPES_BY_RANK, type CarriedBy, type CarrierId, type CarrierType } from '../../model/carrier.ts';

/** An id that may be that of the execution which carried a document; from its sidecar, or from its name. */
export interface Candidate extends CarrierId {
  /** Name of the sidecar. */
  readonly sidecar?: string | undefined;
}

/** What the workspace knows of ids. */
export interface KnownIds {
  /** The executions that events name by this id, or that have a span of this id. Identifier ids. */
  executions(id: CarrierId): readonly number[];
  /** The identifier that an id which is sure to be one was given, even if no event names it. */
  asserted(id: CarrierId): number | undefined;
  type(identifier: number): string;
}

export interface Chosen {
  readonly execution: number;
  readonly how: CarriedBy;
}

/**
 * The execution that carried a document: the one that other sources tell of, named nearest to the document; else what is sure to be the id of one.
 * Undefined where nothing says it, or where what stands equally near says several.
 */
export function chooseExecution(candidates: readonly Candidate[], known: KnownIds): Chosen | undefined {
  const ranks = [...new Set(candidates.map(({ rank }) => rank))].toSorted((a, b) => a - b);
  for (const rank of ranks) {
    const here = candidates.filter((one) => one.rank === rank);
    const told = here.flatMap((id) => known.executions(id).map((execution) => ({ id, execution })));
    if (told.length > 0) return chosen(best(told, known), true);
  }
  for (const rank of ranks) {
    const sure = candidates.flatMap((id) => {
      const execution = id.rank === rank && id.sure ? known.asserted(id) : undefined;
      return execution === undefined ? [] : [{ id, execution }];
    });
    if (sure.length > 0) return chosen(best(sure, known), false);
  }
  return undefined;
}

interface Match {
  readonly id: Candidate;
  readonly execution: number;
}

/** Of ids that stand equally near: the most specific kind, then what is not a part of another one. Undefined where several executions remain. */
function best(matches: readonly Match[], known: KnownIds): Match | undefined {
  const kind = ({ id, execution }: Match): number => {
    const at = CARRIER_TYPES_BY_RANK.indexOf((id.type ?? known.type(execution)) as CarrierType);
    return at < 0 ? CARRIER_TYPES_BY_RANK.length : at;
  };
  const whole = matches.filter(
    ({ id }) => !matches.some((other) => other.id.value.length > id.value.length && other.id.value.includes(id.value)),
  );
  const least = Math.min(...whole.map(kind));
  const left = whole.filter((match) => kind(match) === least);
  return new Set(left.map(({ execution }) => execution)).size === 1 ? left[0] : undefined;
}

function chosen(match: Match | undefined, isKnown: boolean): Chosen | undefined {
  if (match === undefined) return undefined;
  const { id, execution } = match;
  const via = id.sidecar === undefined ? 'file-name' : 'sidecar';
  return { execution, how: { via, id: id.value, place: id.place, folder: id.rank > 1, sidecar: id.sidecar, known: isKnown } };
}
