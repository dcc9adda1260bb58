import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { Mapper, PlatformProfile, SourceContext } from '../../mapper.ts';
import { compileZone, type ZoneResolver } from '../../time/zone.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { type FieldNote, fieldsRead } from '../payloads/put.ts';
import { type EdiMessage, messageOf } from './message.ts';

/** A field that is read from a message, for the preview. */
export type EdiNote = Omit<FieldNote, 'read'> & { readonly read: (message: EdiMessage) => string | undefined };

/** What is a standard's own. */
interface EdiDefinition {
  readonly id: string;
  /** `X12 transaction set`: what one document is called. */
  readonly document: string;
  /** `interchange`: what is sent at once, and names its sender. */
  readonly sending: string;
  /** Segments that a document begins with. */
  readonly heads: readonly string[];
  readonly zoneReason: string;
  readonly notes: readonly EdiNote[];
  /**
   * Reads one document into events: resets the draft before each. Undefined when it was understood, else the reason why not.
   * @param system for documents of which no sender is named.
   */
  readonly read: (message: EdiMessage, draft: Draft, emit: () => void, system: string, resolve: ZoneResolver) => string | undefined;
}

/** Makes a profile of a standard of EDI, whose entries are documents within what was sent. */
export function defineEdi({ id, document, sending, heads, zoneReason, notes, read }: EdiDefinition): PlatformProfile {
  const compile = (system: string, zone: string, notices: SourceContext['notices']): Mapper => {
    const resolve = compileZone(zone, notices?.onAmbiguous);
    return (entry, draft, emit) => {
      const message = messageOf(entry, heads);
      return message === undefined ? `the entry is no ${document}` : read(message, draft, emit, system, resolve);
    };
  };
  const fieldNotes = notes.map((note): FieldNote => ({
    ...note,
    read: (entry: Entry) => {
      const message = messageOf(entry, heads);
      return message === undefined ? undefined : note.read(message);
    },
  }));
  return defineProfile({
    id,
    title: `EDI ${document}s`,
    formatId: id,
    byFormat: true,
    matches: (entry) => messageOf(entry, heads) !== undefined,
    shape: `${document}s`,
    system: fallbackSystem(`each ${sending} names its sender`),
    zoneReason,
    kind: 'step',
    fields: (entries) => fieldsRead(entries, compile('', 'UTC', undefined), fieldNotes),
    compile: (source, mapping) => compile(mapping.system, mapping.zone, source.notices),
  });
}
