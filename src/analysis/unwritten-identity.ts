import type { Identity } from '../identity/types.ts';
import type { DerivedWriter } from '../workspace/derived-writer.ts';

/**
 * An identity until it is written. What journeys need of it stands in their material; the rest, some 30 bytes a record, is let go of when
 * it is written, while journeys are still to be judged.
 */
export class UnwrittenIdentity {
  #identity: Identity | undefined;

  constructor(identity: Identity) {
    this.#identity = identity;
  }

  /** Writes it, once. Returns how many records of their own it has. */
  write(writer: DerivedWriter): number {
    if (this.#identity === undefined) throw new Error('the identity was written before');
    writer.identity(this.#identity);
    const records = countRecords(this.#identity);
    this.#identity = undefined;
    return records;
  }
}

function countRecords({ records, rootOf }: Identity): number {
  let count = 0;
  for (let id = 1; id <= records.count; id++) if (records.technical[id] === 0 || rootOf[id] === id) count++;
  return count;
}
