import type { IdentifierTable } from '../identity/types.ts';
import { buildJourney, fillShape, shapeOf, type Particulars, type Shape } from '../journey/index.ts';
import type { Event } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { dictionary } from '../workspace/analysis-reader.ts';
import { withClocks } from '../workspace/clocks.ts';
import { ColumnStore } from '../workspace/column-store.ts';
import { eventAt, type Words } from '../workspace/event-at.ts';
import { identifierTable } from '../workspace/identifier-values.ts';
import type { Db } from '../workspace/open.ts';
import { aliasesOf } from './alias-index.ts';
import { withCarried } from './carried/resolve.ts';
import { CodeTable } from './code-table.ts';
import { JourneyReading } from './journey-reading.ts';
import type { JourneyMaterial } from './material.ts';
import { relatedIndex, type RelatedIndex } from './related.ts';

const MOST_REFS = 4096;

/** What is known of the journeys of one key: one was seen, they have a shape, or they share none. */
type Known = 'once' | 'none' | Shape;

/** After this many journeys it is known whether looking for shapes is worth it: whether this share of them had one. */
const TRIALS = 4096;
const WORTH_IT = 0.2;

/**
 * Builds journeys of a workspace, in any thread that has the material and a connection of its own. Most journeys of a company have one of a few
 * hundred shapes; those are not built but filled in, or only looked at.
 */
export class JourneyBuilder {
  readonly #material: JourneyMaterial;
  readonly #store: ColumnStore;
  readonly #words: Words;
  readonly #identifiers: IdentifierTable;
  readonly #related: RelatedIndex;
  readonly #refs = new Map<number, RecordRef>();
  readonly #record = (id: number): RecordRef => this.record(id);
  readonly #reading: JourneyReading;
  readonly #known = new CodeTable<Known>();
  #tried = 0;
  #found = 0;
  #root = 0;
  /** What makes the journey that `shape` was asked of last. */
  readonly particulars: Particulars;

  constructor(db: Db, material: JourneyMaterial) {
    const { names, recordOf, sourceRanks, identifiers, carriedBy, corrections } = material;
    const texts = dictionary(db, 'text');
    this.#material = material;
    this.#store = new ColumnStore(db, (batch) => withClocks(withCarried(batch, carriedBy), corrections));
    this.#identifiers = identifierTable(identifiers, names);
    this.#related = relatedIndex(material, this.#record);
    this.#words = {
      name: (id) => names[id] ?? '',
      text: (id) => texts[id] ?? '',
      recordOf: (identifier) => recordOf[identifier]!,
      sourceRank: (source) => sourceRanks.get(source) ?? 0,
      carriedBy: (source) => carriedBy.get(source),
    };
    this.#reading = new JourneyReading(
      this.#store,
      this.#words,
      (record) => this.typeOf(record),
      (root, record) => this.#related.relationTo(root, record),
    );
    this.particulars = this.#particularsOf(this.#reading);
  }

  /** What a record is called. The names that were asked for lately are kept: a journey asks for each of its own many times. */
  record(id: number): RecordRef {
    let ref = this.#refs.get(id);
    if (ref === undefined) {
      ref = { type: this.#identifiers.type(this.#material.keeper[id]!), key: this.keyOf(id) };
      if (this.#refs.size >= MOST_REFS) this.#refs.clear();
      this.#refs.set(id, ref);
    }
    return ref;
  }

  /** The type of a record, as a number of its own. */
  typeOf(id: number): number {
    return this.#material.identifiers.types[this.#material.keeper[id]!]!;
  }

  keyOf(id: number): string {
    return this.#identifiers.value(this.#material.keeper[id]!);
  }

  /** Ids of the events of a root's journey, ascending. */
  eventsOf(root: number): Uint32Array {
    const { events, eventStart } = this.#material;
    return events.subarray(eventStart[root], eventStart[root + 1]);
  }

  build(root: number): Journey {
    const shape = this.shape(root);
    return shape === undefined ? this.buildAnew(root) : this.fill(shape);
  }

  /**
   * The shape of a root's journey, where others have it as well; `particulars` is then what makes this one, until the next is asked for.
   * The first journey of a shape has none: many have no other, and making a shape takes longer than building the journey.
   */
  shape(root: number): Shape | undefined {
    if (this.#tried >= TRIALS && this.#found < WORTH_IT * this.#tried) return undefined;
    this.#tried++;
    if (!this.#reading.read(root, this.eventsOf(root))) return undefined;
    this.#root = root;
    const entry = this.#known.entry(this.#reading.codes);
    if (entry === undefined) return undefined;
    if (entry.value === undefined) {
      entry.value = 'once';
      return undefined;
    }
    if (entry.value === 'once') entry.value = shapeOf(this.#reading.input(root)) ?? 'none';
    if (entry.value === 'none') return undefined;
    this.#found++;
    return entry.value;
  }

  /** The journey whose shape was just asked for. */
  fill(shape: Shape): Journey {
    return fillShape(shape, this.particulars);
  }

  /** Builds a journey from its events, whether or not its shape is known. */
  buildAnew(root: number): Journey {
    return buildJourney({
      root: this.record(root),
      aliases: this.#aliasesOf(root),
      events: Array.from(this.eventsOf(root), (id) => this.#event(id)),
      record: this.#record,
      execution: (id) => this.#identifiers.value(id),
      related: this.#related.of(root),
    });
  }

  #aliasesOf(root: number): readonly string[] {
    return aliasesOf(this.#material.aliases, root, this.#identifiers);
  }

  #event(id: number): Event {
    const batch = this.#store.batchOf(id);
    if (batch === undefined) throw new Error(`event ${id} is in no batch`);
    return eventAt(batch, id - batch.firstEvent, this.#words);
  }

  #particularsOf(reading: JourneyReading): Particulars {
    const root = (): number => this.#root;
    return {
      root: () => this.record(root()),
      aliases: () => this.#aliasesOf(root()),
      related: () => this.#related.of(root()),
      time: (rank) => reading.time(rank),
      event: (place) => reading.event(place),
      record: (number) => this.record(reading.record(number)),
      execution: (number) => reading.execution(number),
      fingerprint: (number) => reading.fingerprint(number),
      attribute: (place, index) => reading.attribute(place, index),
      isSame: (place, index, otherPlace, otherIndex) => reading.isSame(place, index, otherPlace, otherIndex),
    };
  }
}
