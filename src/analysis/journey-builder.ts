import type { Identity } from '../identity/types.ts';
import { buildJourney } from '../journey/index.ts';
import type { Event } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { ColumnStore } from '../workspace/column-store.ts';
import { eventAt, type Words } from '../workspace/event-at.ts';
import type { Db } from '../workspace/open.ts';
import type { AnalysisHooks } from './hooks.ts';
import type { JourneyPairs } from './journey-groups.ts';
import type { RelatedIndex } from './related.ts';

/** What every journey is built from beside its events. */
export interface JourneyMaterial {
  readonly words: Words;
  readonly related: RelatedIndex;
  readonly aliases: (record: number) => readonly string[];
  /** Text of an identifier. */
  readonly identifier: (id: number) => string;
  readonly pairs: JourneyPairs;
  readonly hooks: AnalysisHooks;
}

/** Builds all journeys of a workspace, one after the other, as often as it is asked to. */
export class JourneyBuilder {
  readonly #identity: Identity;
  readonly #material: JourneyMaterial;
  readonly #store: ColumnStore;
  readonly #roots: Uint32Array;
  readonly #eventsOf: (root: number) => number[];

  constructor(db: Db, identity: Identity, material: JourneyMaterial) {
    this.#identity = identity;
    this.#material = material;
    this.#store = new ColumnStore(db);
    this.#roots = material.pairs.rootsByFirstEvent();
    this.#eventsOf = material.pairs.eventsByRoot();
  }

  /** Ids of the records that have a journey, by the first of their events. */
  get roots(): Uint32Array {
    return this.#roots;
  }

  /** Calls back with every wanted journey and the ids of its events, reporting progress and stopping when the user cancelled. */
  eachJourney(
    stage: string,
    use: (root: number, journey: Journey, events: readonly number[]) => void,
    wanted: (root: number) => boolean = () => true,
  ): void {
    const { hooks } = this.#material;
    for (let i = 0; i < this.#roots.length; i++) {
      const root = this.#roots[i]!;
      if (wanted(root)) {
        const events = this.#eventsOf(root);
        use(root, this.#build(root, events), events);
      }
      if (i % 1000 === 0) {
        hooks.check();
        hooks.progress(stage, i, this.#roots.length);
      }
    }
  }

  #build(root: number, events: readonly number[]): Journey {
    return buildJourney({
      root: this.#record(root),
      aliases: this.#material.aliases(root),
      events: events.map((id) => this.#event(id)),
      record: (id) => this.#record(id),
      execution: this.#material.identifier,
      related: this.#material.related.of(root),
    });
  }

  #event(id: number): Event {
    const batch = this.#store.batchOf(id);
    if (batch === undefined) throw new Error(`event ${id} is in no batch`);
    return eventAt(batch, id - batch.firstEvent, this.#material.words);
  }

  #record(id: number): RecordRef {
    const { records } = this.#identity;
    return { type: records.type[id]!, key: records.key[id]! };
  }
}
