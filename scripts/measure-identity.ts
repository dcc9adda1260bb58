/**
 * Prints how long identity takes over synthetic events: `node scripts/measure-identity.ts [EVENTS]` (default 1,000,000). Reading and
 * making the events is not counted.
 */
import { createIdentityBuilder } from '../src/identity/index.ts';
import type { IdentifierTable, MentionChunk } from '../src/identity/index.ts';

const CHUNK = 65_536;
const EVENTS_PER_ORDER = 10;

interface Synthetic {
  readonly table: IdentifierTable;
  readonly chunks: readonly MentionChunk[];
}

/** Orders of ten events in five systems: two spellings, a payment, one or two shipments, a customer, one execution an order. */
function synthesise(events: number): Synthetic {
  const types = [''];
  const values = [''];
  const id = (type: string, value: string): number => {
    types.push(type);
    return values.push(value) - 1;
  };
  const orders = Math.ceil(events / EVENTS_PER_ORDER);
  const customers = Array.from({ length: Math.ceil(orders / 8) }, (_, i) => id('customer', `C-${50_000 + i}`));
  const chunks: MentionChunk[] = [];
  let chunk = new Chunk(1);
  let seed = 1;
  for (let order = 0; order < orders; order++) {
    const shop = id('order', `SO-${100_000 + order}`);
    const erp = id('order', String(100_000 + order).padStart(10, '0'));
    const payment = id('payment', `PAY-${700_000 + order}`);
    const shipments = [id('shipment', `SHP-${300_000 + order * 2}`)];
    if (order % 4 === 0) shipments.push(id('shipment', `SHP-${300_001 + order * 2}`));
    const execution = id('execution', `execution-${order.toString(16)}`);
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const customer = customers[seed % customers.length]!;
    const start = order * 1_000_000;
    const plan: readonly (readonly number[])[] = [
      [shop, customer],
      [shop, payment],
      [payment],
      [shop],
      [erp],
      [erp, customer],
      [shop, shipments[0]!],
      [shipments.at(-1)!, shop],
      [],
      [shop],
    ];
    plan.forEach((ids, step) => {
      chunk.add(start + step * 60_000_000, 1 + (step % 5), step > 2 && step < 9 ? execution : 0, ids);
      if (chunk.count === CHUNK) {
        chunks.push(chunk.take());
        chunk = new Chunk(1 + chunks.length * CHUNK);
      }
    });
  }
  chunks.push(chunk.take());
  return { table: { count: values.length - 1, type: (i) => types[i]!, value: (i) => values[i]! }, chunks };
}

class Chunk {
  count = 0;
  readonly #firstEvent: number;
  readonly #time = new Float64Array(CHUNK);
  readonly #system = new Uint32Array(CHUNK);
  readonly #execution = new Uint32Array(CHUNK);
  readonly #parentExecution = new Uint32Array(CHUNK);
  readonly #idStart = new Uint32Array(CHUNK + 1);
  readonly #identifier = new Uint32Array(CHUNK * 3);
  readonly #idPath = new Uint32Array(CHUNK * 3);

  constructor(firstEvent: number) {
    this.#firstEvent = firstEvent;
  }

  add(time: number, system: number, execution: number, ids: readonly number[]): void {
    const i = this.count++;
    this.#time[i] = time;
    this.#system[i] = system;
    this.#execution[i] = execution;
    let at = this.#idStart[i]!;
    for (const value of ids) this.#identifier[at++] = value;
    this.#idStart[i + 1] = at;
  }

  take(): MentionChunk {
    return {
      count: this.count,
      firstEvent: this.#firstEvent,
      time: this.#time,
      system: this.#system,
      execution: this.#execution,
      parentExecution: this.#parentExecution,
      idStart: this.#idStart,
      identifier: this.#identifier,
      idPath: this.#idPath,
    };
  }
}

function measure(events: number): void {
  const { table, chunks } = synthesise(events);
  const times: number[] = [performance.now()];
  const mark = (): number => times.push(performance.now());
  const builder = createIdentityBuilder();
  for (let id = 1; id <= table.count; id++) builder.identifier(table.type(id), table.value(id));
  mark();
  for (const chunk of chunks) builder.observe(chunk);
  mark();
  const identity = builder.finish(table);
  mark();
  const out = new Uint32Array(16);
  let placed = 0;
  for (const chunk of chunks) for (let i = 0; i < chunk.count; i++) placed += identity.journeysOf(chunk, i, out) > 0 ? 1 : 0;
  mark();
  const [identifiers, observe, finish, journeys] = times.slice(1).map((time, i) => Math.round(time - times[i]!));
  let roots = 0;
  for (let record = 1; record <= identity.records.count; record++) if (identity.rootOf[record] === record) roots++;
  const what = `${events} events, ${table.count} identifiers, ${identity.records.count} records, ${identity.links.count} links, ${roots} roots, ${placed} events placed`;
  process.stdout.write(
    `${what}\nidentifiers ${identifiers} ms, observe ${observe} ms, finish ${finish} ms, journeysOf all ${journeys} ms\n`,
  );
  for (const relation of identity.relations) {
    process.stdout.write(
      `  ${relation.from} ${relation.cardinality} ${relation.to}, owner ${relation.owner ?? 'none'}: ${relation.reason}\n`,
    );
  }
  for (const hub of identity.hubs) process.stdout.write(`  hub ${hub.type}: ${hub.reason}\n`);
  for (const rule of identity.rules) process.stdout.write(`  rule ${rule.id} ${rule.confidence}: ${rule.explanation}\n`);
}

measure(Number(process.argv[2] ?? 1_000_000));
