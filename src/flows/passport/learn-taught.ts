import type { FieldExpectation, StepExpectation } from '../types.ts';

/** A threshold that somebody raised by calling a finding a false alarm: up to `value` it was none. Durations in microseconds. */
export interface TaughtValue {
  readonly kind: string;
  readonly subkind: string;
  readonly type: string;
  readonly system: string | undefined;
  readonly flow: string | undefined;
  readonly step: string | undefined;
  /** The field it is about. */
  readonly facet: string | undefined;
  readonly parameter: 'duration' | 'lag' | 'attempts' | 'difference';
  readonly value: number;
}

/**
 * What false alarms taught of one record type, to be written into a passport: each value is asked for at the rule that can declare it, and
 * what none could is left over.
 */
export class TaughtValues {
  readonly #values: readonly TaughtValue[];
  readonly #written = new Set<TaughtValue>();

  /** @param flow only what is about steps of this flow, and fields. */
  constructor(record: string, values: readonly TaughtValue[], flow?: string) {
    this.#values = values.filter(
      (value) => value.type === record && (flow === undefined || value.flow === undefined || value.flow === flow),
    );
  }

  /** How long a step may run (µs). */
  run(step: StepExpectation): number | undefined {
    return this.#most((value) => value.kind === 'delay' && value.subkind === 'step' && isOf(value, step));
  }

  /** How long the way to a step may take (µs). */
  way(step: StepExpectation): number | undefined {
    return this.#most((value) => value.kind === 'delay' && value.subkind === 'hop' && isOf(value, step));
  }

  /** By how much two systems may differ in a field. */
  difference(field: FieldExpectation): number | undefined {
    return this.#most((value) => value.parameter === 'difference' && isAbout(value, field));
  }

  /** How long one system may be behind the other with a field (µs). */
  lag(field: FieldExpectation): number | undefined {
    return this.#most((value) => value.parameter === 'lag' && isAbout(value, field));
  }

  /** What no rule can declare. */
  get left(): readonly TaughtValue[] {
    return this.#values.filter((value) => !this.#written.has(value));
  }

  #most(isMeant: (value: TaughtValue) => boolean): number | undefined {
    const meant = this.#values.filter(isMeant);
    for (const value of meant) this.#written.add(value);
    return meant.length === 0 ? undefined : Math.max(...meant.map(({ value }) => value));
  }
}

function isOf(value: TaughtValue, { system, flow, step }: StepExpectation): boolean {
  return value.system === system && value.flow === flow && value.step === step;
}

function isAbout({ facet, system }: TaughtValue, { field, systemA, systemB }: FieldExpectation): boolean {
  return facet === field && (system === systemA || system === systemB);
}
