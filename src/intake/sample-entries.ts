import { UserError } from '../model/errors.ts';
import type { Part } from './containers/types.ts';
import type { Entry, EntrySink } from './entry.ts';
import type { Again, Format, FormatOptions, Head } from './format.ts';

/** Most entries that are looked at. */
const SAMPLE_ENTRIES = 400;
/** With fewer in the head, reading goes on: entries can be large, and a document is complete only at its end. */
const FEW_ENTRIES = 10;
/** Standard input keeps a little more than this of its beginning. */
const MOST_BYTES = 16 * 1024 * 1024;

class Enough extends Error {}

/**
 * The first entries of a part: those of its head, or of as much of it as holds a few, at most 16 MiB. What is damaged, or cut where reading ends,
 * is left out; it is told when the whole part is read. Throws `UserError` when the part cannot be read and no entry came before.
 */
export async function sampleEntries(part: Part, format: Format, options: FormatOptions, head: Head): Promise<Entry[]> {
  const entries: Entry[] = [];
  const sink: EntrySink = {
    entry: (entry) => {
      entries.push(entry);
      if (entries.length >= SAMPLE_ENTRIES) throw new Enough();
    },
    reject: () => undefined,
  };
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield head.bytes;
    if (head.complete || entries.length >= FEW_ENTRIES) return;
    for await (const chunk of beyond(part, head.bytes.length)) {
      yield chunk;
      if (entries.length >= FEW_ENTRIES) return;
    }
  };
  const again: Again | undefined = head.complete
    ? chunks
    : part.path === '-'
      ? undefined
      : (to) => (to === 'end' ? part.open() : beyond(part, 0));
  try {
    await format.read(chunks(), options, sink, again);
  } catch (error) {
    if (!(error instanceof Enough) && !(error instanceof UserError && entries.length > 0)) throw error;
  }
  return entries;
}

/** The bytes of a part from an offset on, as far as a sample goes. */
async function* beyond(part: Part, from: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of part.open()) {
    const begin = Math.max(0, from - at);
    const end = Math.min(chunk.length, MOST_BYTES - at);
    at += chunk.length;
    if (end > begin) yield chunk.subarray(begin, end);
    if (at >= MOST_BYTES) return;
  }
}
