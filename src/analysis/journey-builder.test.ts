import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { STATUSES } from '../model/status.ts';
import { ColumnEncoder } from '../workspace/column-batch.ts';
import { readIdentifiers } from '../workspace/identifier-values.ts';
import { openWriter, type Db } from '../workspace/open.ts';
import { JourneyBuilder } from './journey-builder.ts';
import type { JourneyMaterial } from './material.ts';
import { linkRows } from './link-rows.ts';

/** One event in small numbers; 0 stands for what is not told. */
interface Told {
  readonly time: number;
  readonly took: number;
  readonly system: number;
  readonly flow: number;
  readonly step: number;
  readonly status: number;
  readonly statusRaw: number;
  readonly kind: number;
  readonly attempt: number;
  readonly execution: number;
  readonly parentExecution: number;
  readonly span: number;
  readonly parentSpan: number;
  readonly fingerprint: number;
  /** Numbers of records: 1 is the root. */
  readonly records: readonly number[];
  /** Name and value; small values are numbers, others texts. */
  readonly attributes: readonly (readonly [name: number, value: number])[];
}

/** Often `none`, so that journeys stay simple enough to share a shape. */
const seldom = (most: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: most }) });

const told: fc.Arbitrary<Told> = fc.record({
  time: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 1, arbitrary: fc.constant(0) }),
  took: seldom(4),
  system: fc.integer({ min: 1, max: 3 }),
  flow: seldom(2),
  step: fc.integer({ min: 0, max: 8 }),
  status: fc.oneof({ weight: 3, arbitrary: fc.constant(4) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: STATUSES.length - 1 }) }),
  statusRaw: seldom(2),
  kind: seldom(2),
  attempt: seldom(2),
  execution: fc.integer({ min: 0, max: 2 }),
  parentExecution: fc.integer({ min: 0, max: 2 }),
  span: seldom(4),
  parentSpan: seldom(4),
  fingerprint: seldom(3),
  records: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  attributes: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 })), {
    selector: ([name]) => name,
    maxLength: 3,
  }),
});

/** How another journey of the same shape differs: times, names and values, but not what comes first and what is the same. */
const change = fc.record({
  steps: fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 400 })), { minLength: 17, maxLength: 17 }),
  values: fc.boolean(),
  shift: fc.integer({ min: 0, max: 3 }),
});

/** One thing of one event that is told otherwise: mostly another shape. */
const slip = fc.tuple(fc.nat(), told, fc.nat());

const NAMES = ['', 'order', 'shipment', 'payment', 'customer', 'amount', 'status', 'orderStatus', 'note', 'ok', 'DONE', 'run'];
const TYPES = [0, 1, 2, 2, 3, 3, 4];
const RECORDS = 6;

const step = {
  took: 0,
  flow: 0,
  status: 4,
  statusRaw: 0,
  kind: 0,
  attempt: 0,
  execution: 0,
  parentExecution: 0,
  span: 0,
  parentSpan: 0,
  records: [1],
  attributes: [],
};

/** The pauses tell whether the last one is another try of the first: ranks do not say it. */
const series: Told[] = [
  { ...step, time: 1, system: 1, step: 1, fingerprint: 1 },
  { ...step, time: 2, system: 1, step: 1, fingerprint: 1 },
  { ...step, time: 3, system: 2, step: 2, fingerprint: 0 },
  { ...step, time: 4, system: 1, step: 1, fingerprint: 1 },
];

test('a journey that is filled into the shape of another one is the one that is built from its events', { timeout: 300000 }, () => {
  const db = openWriter(join(tempFolder(), 'w.waybill'));
  NAMES.forEach((name, id) => db.prepare('INSERT INTO name (id, value) VALUES (?, ?)').run(id + 1, name));
  ['a', 'b', 'paid', 'PAID', '7.0'].forEach((text) => db.prepare('INSERT INTO text (value) VALUES (?)').run(text));
  let shared = 0;
  fc.assert(
    fc.property(
      fc.array(told, { minLength: 1, maxLength: 9 }),
      change,
      fc.array(slip, { maxLength: 4 }),
      fc.boolean(),
      (events, other, slips, linked) => {
        const journeys = [events, events, changed(events, other), ...slips.map((one) => slipped(events, one))];
        const material = store(db, journeys, linked);
        const builder = new JourneyBuilder(db, material);
        for (const root of material.roots) {
          const anew = builder.buildAnew(root);
          const shape = builder.shape(root);
          if (shape !== undefined) shared++;
          expect(shape === undefined ? anew : builder.fill(shape)).toEqual(anew);
        }
      },
    ),
    { numRuns: 600, examples: [[series, { steps: [1, 1, 400, ...Array<number>(14).fill(1)], values: false, shift: 0 }, [], true]] },
  );
  // Else nothing was compared.
  expect(shared).toBeGreaterThan(300);
  db.close();
});

/** Ranks stay: every time and every end is the same rising function of what it was. */
function changed(events: readonly Told[], { steps, values, shift }: typeof change extends fc.Arbitrary<infer T> ? T : never): Told[] {
  const at = [1];
  for (const step of steps) at.push(at.at(-1)! + step);
  return events.map((event) => ({
    ...event,
    time: event.time === 0 ? 0 : at[event.time]!,
    took: event.time === 0 || event.took === 0 ? 0 : at[event.time + event.took]! - at[event.time]!,
    execution: moved(event.execution, shift),
    parentExecution: moved(event.parentExecution, shift),
    span: moved(event.span, shift),
    parentSpan: moved(event.parentSpan, shift),
    fingerprint: moved(event.fingerprint, shift),
    attributes: event.attributes.map(([name, value]) => [name, values ? ((value + shift) % 6) + 1 : value] as const),
  }));
}

function slipped(events: readonly Told[], [which, other, field]: typeof slip extends fc.Arbitrary<infer T> ? T : never): Told[] {
  const names = Object.keys(other) as (keyof Told)[];
  const name = names[field % names.length]!;
  return events.with(which % events.length, { ...events[which % events.length]!, [name]: other[name] });
}

function moved(number: number, by: number): number {
  return number === 0 ? 0 : number + 7 * by;
}

/** Stores journeys, each with records of its own, and says what they are built from. */
function store(db: Db, journeys: readonly (readonly Told[])[], linked: boolean): JourneyMaterial {
  db.exec('DELETE FROM column_batch; DELETE FROM identifier');
  const insert = db.prepare('INSERT INTO identifier (id, type_id, value) VALUES (?, ?, ?)');
  const records = journeys.length * RECORDS;
  for (let id = 1; id <= records; id++) insert.run(id, 1 + TYPES[((id - 1) % RECORDS) + 1]!, `R-${id}`);
  const events = journeys.flatMap((list, journey) => list.map((event) => ({ ...event, first: journey * RECORDS })));
  storeEvents(db, events);
  const eventStart = new Uint32Array(records + 2);
  journeys.forEach((list, journey) => eventStart.fill((eventStart[journey * RECORDS + 1] ?? 0) + list.length, journey * RECORDS + 2));
  const ids = Uint32Array.from({ length: records + 1 }, (_, id) => id);
  const roots = Uint32Array.from(journeys, (_, journey) => journey * RECORDS + 1);
  const rootOf = ids.map((id) => (id === 0 ? 0 : id - ((id - 1) % RECORDS)));
  // The root owns its second and fourth record, and knows the last one; of every other journey, if at all.
  const pairs = [...roots]
    .filter((_, journey) => linked && journey % 2 === 0)
    .flatMap((root) => [1, 3, 5].map((other) => [root, root + other] as const));
  const links = {
    count: pairs.length,
    parent: Uint32Array.from(pairs, ([root]) => root),
    child: Uint32Array.from(pairs, ([, other]) => other),
    relation: Uint32Array.from(pairs, (_, i) => (i % 3 === 2 ? 1 : 0)),
    entries: Uint32Array.from(pairs, () => 1),
    evidence: Uint32Array.from(pairs, () => 1),
  };
  return {
    passports: [],
    names: ['', ...NAMES],
    identifiers: readIdentifiers(db),
    recordOf: ids,
    keeper: ids,
    rootOf,
    roots,
    eventStart,
    events: Uint32Array.from(events, (_, i) => i + 1),
    links,
    relations: ['order', undefined].map((owner) => ({
      from: 'order',
      to: 'shipment',
      cardinality: '1:n',
      pairs: 1,
      partnersOfFrom: 1,
      partnersOfTo: 1,
      owner,
      reason: '',
    })),
    aliases: { records: Uint32Array.of(roots[0]!), start: Uint32Array.of(0, 1), identifiers: Uint32Array.of(2) },
    linkRows: linkRows(links, records),
    sourceRanks: new Map([[1, 0]]),
    coverage: [],
    carriedBy: new Map(),
    corrections: new Map(),
  };
}

function storeEvents(db: Db, events: readonly (Told & { readonly first: number })[]): void {
  const doubles = (value: (event: Told) => number): Float64Array => Float64Array.from(events, value);
  const words = (value: (event: Told) => number): Uint32Array => Uint32Array.from(events, value);
  const named = (base: number) => (value: number) => (value === 0 ? 0 : base + value);
  const starts = (size: (event: Told) => number): Uint32Array => {
    const start = new Uint32Array(events.length + 1);
    events.forEach((event, i) => (start[i + 1] = start[i]! + size(event)));
    return start;
  };
  const attributes = events.flatMap((event) => event.attributes);
  const body = new ColumnEncoder().encode({
    count: events.length,
    firstEvent: 1,
    source: 1,
    time: doubles(({ time }) => (time === 0 ? Number.NaN : time)),
    end: doubles(({ time, took }) => (time === 0 || took === 0 ? Number.NaN : time + took)),
    span: doubles(({ span }) => span),
    parentSpan: doubles(({ parentSpan }) => parentSpan),
    fingerprint: doubles(({ fingerprint }) => fingerprint),
    offset: doubles(() => 0),
    attrNumber: Float64Array.from(attributes, ([, value]) => (value <= 2 ? value : Number.NaN)),
    entry: Uint32Array.from(events, (_, i) => i),
    line: words(() => 1),
    length: words(() => 1),
    system: words(({ system }) => named(4)(system)),
    flow: words(({ flow }) => named(7)(flow)),
    step: words(({ step }) => named(4)(step)),
    statusRaw: words(({ statusRaw }) => named(9)(statusRaw)),
    execution: words(({ execution }) => execution),
    parentExecution: words(({ parentExecution }) => parentExecution),
    error: words(() => 0),
    idStart: starts(({ records }) => records.length),
    identifier: Uint32Array.from(events.flatMap(({ records, first }) => records.map((record) => first + record))),
    idPath: Uint32Array.from(events.flatMap(({ records }) => records)),
    attrStart: starts((event) => event.attributes.length),
    attrName: Uint32Array.from(attributes, ([name]) => 5 + name),
    attrText: Uint32Array.from(attributes, ([, value]) => (value <= 2 ? 0 : value - 1)),
    attempt: Uint16Array.from(events, ({ attempt }) => attempt),
    status: Uint8Array.from(events, ({ status }) => status),
    kind: Uint8Array.from(events, ({ kind }) => kind),
    precision: Uint8Array.from(events, () => 3),
  });
  db.prepare('INSERT INTO column_batch (first_event, count, source_id, body) VALUES (1, ?, 1, ?)').run(events.length, body);
}
