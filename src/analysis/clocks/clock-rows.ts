import { oneClock, type ClockEvent, type ClockJourney, type ClockStep } from '../../journey/clock/index.ts';
import { EVENT_KINDS } from '../../model/event.ts';
import { STATUSES } from '../../model/status.ts';
import { PRECISIONS, type Precision } from '../../model/time.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import type { ClockTable } from './clock-table.ts';

/** How far a time may be from what it stands for, in microseconds; a day says nothing about an order within it. */
const RESOLUTIONS: Record<Precision, number> = {
  day: Infinity,
  minute: 60_000_000,
  second: 1_000_000,
  millisecond: 1_000,
  microsecond: 1,
  nanosecond: 1,
};
const RESOLUTION_OF = PRECISIONS.map((precision) => RESOLUTIONS[precision]);
const SECOND = RESOLUTIONS.second;

const NOTE = EVENT_KINDS.indexOf('note');
const SNAPSHOT = EVENT_KINDS.indexOf('snapshot');
const STARTED: ReadonlySet<number> = new Set([STATUSES.indexOf('started'), STATUSES.indexOf('running')]);

/** Longer journeys say nothing more about clocks. */
const MOST_EVENTS = 400;

type Row = { -readonly [K in keyof ClockEvent]: ClockEvent[K] };

/** Collects, from the columns, what of the events of some journeys matters for clocks. */
export class ClockRows {
  readonly #table: ClockTable;
  readonly #names: readonly string[];
  readonly #byRoot = new Map<number, Row[]>();
  #steps: ClockStep[] = [];
  readonly #stepNumbers = new Map<number, Map<number, number>>();
  /** Whether a clock ever told less than a second, whatever form its times have. */
  readonly #fine: boolean[] = [];
  readonly #coarsest = new Map<number, number>();
  #batch: ColumnBatch | undefined;
  #clocks: ReadonlyMap<number, number> | undefined;

  constructor(table: ClockTable, names: readonly string[]) {
    this.#table = table;
    this.#names = names;
  }

  add(root: number, batch: ColumnBatch, i: number): void {
    if (batch !== this.#batch) {
      this.#batch = batch;
      this.#clocks = this.#table.of(batch.source);
    }
    const kind = batch.kind[i]!;
    const resolution = RESOLUTION_OF[batch.precision[i]!] ?? SECOND;
    const clock = this.#clocks?.get(batch.system[i]!);
    if (clock === undefined || kind === NOTE || kind === SNAPSHOT || resolution === Infinity || Number.isNaN(batch.time[i]!)) return;
    let rows = this.#byRoot.get(root);
    if (rows === undefined) this.#byRoot.set(root, (rows = []));
    if (rows.length > MOST_EVENTS) return;
    const [time, end] = [batch.time[i]!, batch.end[i]!];
    if (time % SECOND !== 0) this.#fine[clock] = true;
    if (resolution > (this.#coarsest.get(clock) ?? 0)) this.#coarsest.set(clock, resolution);
    rows.push({
      id: batch.firstEvent + i,
      clock,
      step: this.#stepOf(clock, batch.flow[i]!, batch.step[i]!),
      time,
      end,
      resolution,
      execution: batch.execution[i]!,
      parentExecution: batch.parentExecution[i]!,
      span: batch.span[i]! || 0,
      parentSpan: batch.parentSpan[i]! || 0,
      isStart: end > time || STARTED.has(batch.status[i]!),
    });
  }

  /** Clock → how coarse its times are; of those that told of a step. */
  get resolutions(): ReadonlyMap<number, number> {
    return new Map(
      [...this.#coarsest].map(([clock, resolution]) => [clock, this.#fine[clock] === true ? resolution : Math.max(resolution, SECOND)]),
    );
  }

  get steps(): readonly ClockStep[] {
    return this.#steps;
  }

  /** The journeys. `typeOf` and `hashOf` say what they are about. */
  journeys(typeOf: (root: number) => number, hashOf: (root: number) => number): readonly ClockJourney[] {
    const journeys: ClockJourney[] = [];
    for (const [root, rows] of this.#byRoot) {
      if (rows.length > MOST_EVENTS) continue;
      for (const row of rows) if (this.#fine[row.clock] !== true) row.resolution = Math.max(row.resolution, SECOND);
      rows.sort((a, b) => a.time - b.time || a.id - b.id);
      journeys.push({ type: typeOf(root), hash: hashOf(root), events: rows });
    }
    return journeys;
  }

  /** Takes the kinds of files that one clock stamped for one. The result is the number of the clock that each is one with. */
  unite(journeys: readonly ClockJourney[]): readonly number[] {
    const systems = this.#table.clocks.map(({ system }) => system);
    const one = oneClock(
      journeys,
      systems.map((system) => systems.indexOf(system)),
    );
    for (const rows of this.#byRoot.values()) for (const row of rows) row.clock = one[row.clock]!;
    this.#steps = this.#steps.map(({ clock, name }) => ({ clock: one[clock]!, name }));
    return one;
  }

  #stepOf(clock: number, flow: number, step: number): number {
    let ofClock = this.#stepNumbers.get(clock);
    if (ofClock === undefined) this.#stepNumbers.set(clock, (ofClock = new Map()));
    const key = flow * 2 ** 26 + step;
    let number = ofClock.get(key);
    if (number === undefined) {
      ofClock.set(key, (number = this.#steps.length));
      const { system, teller } = this.#table.clocks[clock]!;
      const name = [system, this.#names[flow] ?? '', this.#names[step] ?? '', teller].join(' · ');
      this.#steps.push({ clock, name });
    }
    return number;
  }
}
