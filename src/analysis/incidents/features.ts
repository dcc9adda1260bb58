import { EVENT_KINDS } from '../../model/event.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import type { Db } from '../../workspace/open.ts';
import { hubLookup, wordLookup } from '../../workspace/readers/incidents.ts';

const STEP = EVENT_KINDS.indexOf('step');

interface Words {
  readonly field: string;
  readonly value: string;
}

/** Numbers by pairs of numbers. */
type Pairs = Map<number, Map<number, number>>;

/**
 * Numbers what a journey may have in common with others: a value of a field, a step that it passed before, a record that many share. Looked up by the ids
 * of the workspace alone, because all events may be asked for.
 */
export class Features {
  readonly #names: (id: number) => string;
  readonly #texts: (id: number) => string;
  readonly #hubOf: ReturnType<typeof hubLookup>;
  readonly #without: number;
  readonly #words: Words[] = [];
  #isClosed = false;
  #steps: Pairs = new Map();
  #textValues: Pairs = new Map();
  #numberValues: Pairs = new Map();
  #hubs = new Map<number, number>();
  /** By identifier: the feature of the hub that it names; undefined when it names none that is asked for. */
  readonly #byIdentifier = new Map<number, number | undefined>();

  /** @param without id of the name of a field that is left out; 0 for none */
  constructor(db: Db, without: number) {
    this.#without = without;
    this.#names = wordLookup(db, 'name');
    this.#texts = wordLookup(db, 'text');
    this.#hubOf = hubLookup(db);
  }

  words(feature: number): Words {
    return this.#words[feature]!;
  }

  /** From here on only these are told, and no others are numbered. */
  keepOnly(features: ReadonlySet<number>): void {
    const kept = (map: Map<number, number>): Map<number, number> => new Map([...map].filter(([, feature]) => features.has(feature)));
    const pairs = (map: Pairs): Pairs =>
      new Map([...map].map(([key, inner]) => [key, kept(inner)] as const).filter(([, inner]) => inner.size > 0));
    this.#steps = pairs(this.#steps);
    this.#textValues = pairs(this.#textValues);
    this.#numberValues = pairs(this.#numberValues);
    this.#hubs = kept(this.#hubs);
    this.#byIdentifier.clear();
    this.#isClosed = true;
  }

  /** Calls back with what event `i` of a batch tells; its step only when it came `before` the place in question. */
  visit(batch: ColumnBatch, i: number, before: boolean, use: (feature: number) => void): void {
    if (before && batch.kind[i] === STEP) {
      const [system, step] = [batch.system[i]!, batch.step[i]!];
      const feature = this.#of(this.#steps, system, step, () => ({
        field: 'earlier step',
        value: `${this.#names(system)} ${this.#names(step)}`,
      }));
      if (feature !== undefined) use(feature);
    }
    for (let k = batch.attrStart[i]!; k < batch.attrStart[i + 1]!; k++) {
      const [name, text, number] = [batch.attrName[k]!, batch.attrText[k]!, batch.attrNumber[k]!];
      if (name === this.#without) continue;
      const feature =
        text === 0
          ? this.#of(this.#numberValues, name, number, () => ({ field: this.#names(name), value: String(number) }))
          : this.#of(this.#textValues, name, text, () => ({ field: this.#names(name), value: this.#texts(text) }));
      if (feature !== undefined) use(feature);
    }
    if (this.#isClosed && this.#hubs.size === 0) return;
    for (let k = batch.idStart[i]!; k < batch.idStart[i + 1]!; k++) {
      const feature = this.#ofHub(batch.identifier[k]!);
      if (feature !== undefined) use(feature);
    }
  }

  #of(pairs: Pairs, a: number, b: number, words: () => Words): number | undefined {
    let inner = pairs.get(a);
    if (inner === undefined) {
      if (this.#isClosed) return undefined;
      pairs.set(a, (inner = new Map()));
    }
    let feature = inner.get(b);
    if (feature === undefined && !this.#isClosed) inner.set(b, (feature = this.#words.push(words()) - 1));
    return feature;
  }

  #ofHub(identifier: number): number | undefined {
    if (this.#byIdentifier.has(identifier)) return this.#byIdentifier.get(identifier);
    const hub = this.#hubOf(identifier);
    let feature = hub === undefined ? undefined : this.#hubs.get(hub.id);
    if (hub !== undefined && feature === undefined && !this.#isClosed)
      this.#hubs.set(hub.id, (feature = this.#words.push({ field: hub.type, value: hub.key }) - 1));
    this.#byIdentifier.set(identifier, feature);
    return feature;
  }
}
