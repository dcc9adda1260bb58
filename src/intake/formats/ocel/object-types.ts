import type { Json, JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';

/** Most objects whose types are kept: about 400 MB. */
const MOST_OBJECTS = 4_000_000;

/**
 * Which type each object of a log has. Relations name objects by id only, and the objects may stand behind the events, so they are read first where
 * the stream can be read twice; else types are known as far as the reader has come.
 */
export class ObjectTypes {
  readonly #types = new Map<string, string>();
  #complete = false;

  add(entry: JsonObject | undefined): void {
    const id = entry?.['object'];
    const type = entry?.['type'];
    if (typeof id === 'string' && typeof type === 'string' && this.#types.size < MOST_OBJECTS) this.#types.set(id, type);
  }

  /** Says that all objects have been seen: from now on an unknown one does not exist. */
  finish(): void {
    this.#complete = this.#types.size < MOST_OBJECTS;
  }

  /** The types of the objects that an entry relates to, as its context: `{ objects: { id: type } }`, null for one that does not exist. */
  contextOf(entry: JsonObject): JsonObject | undefined {
    const relationships = entry['relationships'];
    if (!Array.isArray(relationships) || relationships.length === 0) return undefined;
    const objects: JsonObject = {};
    for (const relation of relationships) {
      const id = (relation as { readonly [key: string]: Json })['object'];
      if (typeof id !== 'string') continue;
      const type = this.#types.get(id);
      if (type !== undefined) setMember(objects, id, type);
      else if (this.#complete) setMember(objects, id, null);
    }
    return { objects };
  }
}
