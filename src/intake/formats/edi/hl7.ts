import type { Json } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { Hl7Reader } from './hl7-reader.ts';
import { asBuffer } from '../shared.ts';
import { Hl7Trees } from './hl7-tree.ts';

/** HL7 version 2 in its encoding with delimiters: entries are messages (MSH and what follows), their batch and file headers are the context. */
export const hl7: Format = {
  id: 'hl7',
  title: 'HL7 v2',
  extensions: ['hl7'],

  sniff(head: Head): Detection | undefined {
    // Frames of the transport, blank lines and a byte that marks nothing may stand before.
    // oxlint-disable-next-line no-control-regex
    const text = head.text.slice(0, 4096).replace(/^[\x00-\x20\x7f]+/, '');
    const match = /^(MSH|FHS|BHS)([^A-Za-z0-9\s])[^A-Za-z0-9\s]{1,5}\2/.exec(text);
    if (match === null) return undefined;
    return { confidence: 0.99, reason: `begins with a header of HL7 v2: ${text.slice(0, 40).replace(/\s+/g, ' ')}`, options: {} };
  },

  async read(chunks, _options, sink) {
    const reader = new Hl7Reader(sink);
    for await (const chunk of chunks) reader.push(chunk);
    reader.end();
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    return new Hl7Trees().message(asBuffer(bytes)).value;
  },
};
