import type { EntrySink, Json } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { readLines } from '../lines.ts';
import { flagOption } from '../shared.ts';
import { CONTROL, fieldsOf } from './idoc-layout.ts';
import { IdocAssembler, IdocLines, IdocStream, MAX_RECORD_BYTES } from './idoc-reader.ts';

/**
 * SAP IDocs as flat files: a control record (`EDI_DC40`), then a record of fixed width for each segment (`EDI_DD40`), any number of IDocs after one another; or
 * status records (`EDI_DS40`). Widths are in characters. An entry is one IDoc, as the tree that its XML would be. Options: `lines`, whether each record is a
 * line; else records have their full width and nothing between them.
 */
export const idoc: Format = {
  id: 'idoc',
  title: 'SAP IDoc, flat file',
  extensions: ['idoc'],

  sniff(head: Head): Detection | undefined {
    const text = head.text.trimStart();
    if (!/^EDI_D[CS](?:40| {2})  [A-Z0-9 ]{3}[A-Z0-9 ]{16}/.test(text)) return undefined;
    const feed = text.indexOf('\n');
    // A control record that is longer than its fields is only padded where a line ends after it.
    const lines = feed >= 0 && text.slice(CONTROL.width, feed).trim() === '';
    const unknown = new Set<string>();
    readText(text, lines, { entry: () => undefined, reject: () => undefined }, (name) => unknown.add(name));
    const type = fieldsOf(text, 0, CONTROL)['IDOCTYP'] ?? 'status records';
    const named = [...unknown].slice(0, 4).join(', ');
    return {
      confidence: 0.99,
      reason: `begins with a record of an IDoc (${type}), ${lines ? 'one record a line' : 'without line breaks'}${named === '' ? '' : `; fields of ${named} are not known`}`,
      options: { lines },
    };
  },

  async read(chunks, options, sink) {
    const assembler = new IdocAssembler(sink);
    if (flagOption(options, 'lines')) {
      await readLines(chunks, new IdocLines(assembler), MAX_RECORD_BYTES);
      assembler.finish();
      return;
    }
    const stream = new IdocStream(assembler);
    for await (const chunk of chunks) stream.push(chunk);
    stream.end();
  },

  header() {
    return undefined;
  },

  parse(bytes, options): Json {
    let value: Json | undefined;
    let problem = 'there is no IDoc';
    readText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), flagOption(options, 'lines'), {
      entry: (entry) => (value ??= entry.kind === 'tree' ? entry.value : undefined),
      reject: ({ reason }) => (problem = reason),
    });
    if (value === undefined) throw new Error(problem);
    return value;
  },
};

function readText(text: string, lines: boolean, sink: EntrySink, unknown?: (name: string) => void): void {
  const assembler = new IdocAssembler(sink, unknown);
  if (!lines) {
    const stream = new IdocStream(assembler);
    stream.push(Buffer.from(text));
    stream.end();
    return;
  }
  for (const line of text.split('\n')) if (line.trim() !== '') assembler.record(line.trimEnd(), 0, 0, 1, false);
  assembler.finish();
}
