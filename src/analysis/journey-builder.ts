import type { IdentifierTable } from '../identity/types.ts';
import { buildJourney } from '../journey/index.ts';
import type { Event } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { dictionary } from '../workspace/analysis-reader.ts';
import { ColumnStore } from '../workspace/column-store.ts';
import { eventAt, type Words } from '../workspace/event-at.ts';
import { identifierTable } from '../workspace/identifier-values.ts';
import type { Db } from '../workspace/open.ts';
import type { JourneyMaterial } from './material.ts';
import { relatedIndex, type RelatedIndex } from './related.ts';

const MOST_REFS = 4096;
const NO_ALIASES: readonly string[] = Object.freeze([]);

/** Builds journeys of a workspace, in any thread that has the material and a connection of its own. */
export class JourneyBuilder {
  readonly #material: JourneyMaterial;
  readonly #store: ColumnStore;
  readonly #words: Words;
  readonly #identifiers: IdentifierTable;
  readonly #related: RelatedIndex;
  readonly #refs = new Map<number, RecordRef>();
  readonly #record = (id: number): RecordRef => this.record(id);

  constructor(db: Db, material: JourneyMaterial) {
    const { names, recordOf, sourceRanks, carriedBy } = material;
    const texts = dictionary(db, 'text');
    this.#material = material;
    this.#store = new ColumnStore(db);
    this.#identifiers = identifierTable(material.identifiers, names);
    this.#related = relatedIndex(material, this.#record);
    this.#words = {
      name: (id) => names[id] ?? '',
      text: (id) => texts[id] ?? '',
      recordOf: (identifier) => recordOf[identifier]!,
      sourceRank: (source) => sourceRanks.get(source) ?? 0,
      carriedBy: (source) => carriedBy.get(source),
    };
  }

  /** What a record is called. The names that were asked for lately are kept: a journey asks for each of its own many times. */
  record(id: number): RecordRef {
    let ref = this.#refs.get(id);
    if (ref === undefined) {
      const keeper = this.#material.keeper[id]!;
      ref = { type: this.#identifiers.type(keeper), key: this.#identifiers.value(keeper) };
      if (this.#refs.size >= MOST_REFS) this.#refs.clear();
      this.#refs.set(id, ref);
    }
    return ref;
  }

  /** Ids of the events of a root's journey, ascending. */
  eventsOf(root: number): Uint32Array {
    const { events, eventStart } = this.#material;
    return events.subarray(eventStart[root], eventStart[root + 1]);
  }

  build(root: number): Journey {
    return buildJourney({
      root: this.record(root),
      aliases: this.#material.aliases.get(root) ?? NO_ALIASES,
      events: Array.from(this.eventsOf(root), (id) => this.#event(id)),
      record: this.#record,
      execution: (id) => this.#identifiers.value(id),
      related: this.#related.of(root),
    });
  }

  #event(id: number): Event {
    const batch = this.#store.batchOf(id);
    if (batch === undefined) throw new Error(`event ${id} is in no batch`);
    return eventAt(batch, id - batch.firstEvent, this.#words);
  }
}
