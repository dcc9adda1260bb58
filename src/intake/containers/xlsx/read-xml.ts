import { SaxesParser, type SaxesAttributePlain } from 'saxes';
import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { decodedByHead } from '../encoding.ts';

/** Told about the elements of a document, by their names without prefixes. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

const MAX_DEPTH = 64;

/**
 * Reads a member of a workbook, chunk by chunk; what the handler collected can be taken after each. Entities that a document declares are not
 * known, so that nothing expands.
 * @throws UserError `file-unreadable` when it is not well-formed.
 */
export async function* readXml(source: ByteSource, handler: XmlHandler, onDisk: (bytes: number) => void): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  let depth = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    if (++depth > MAX_DEPTH) throw new Error(`nests deeper than ${MAX_DEPTH} levels`);
    handler.open(local(tag.name), tag.attributes as Record<string, SaxesAttributePlain['value']>);
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('closetag', (tag) => {
    depth--;
    handler.close(local(tag.name));
  });
  const feed = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (error instanceof UserError || !(error instanceof Error)) throw error;
      throw new UserError('file-unreadable', `${source.name} is damaged: ${error.message.slice(0, 120)}`, source.path);
    }
  };
  const text = new TextDecoder();
  for await (const chunk of decodedByHead(source.read(onDisk))) {
    feed(() => parser.write(text.decode(chunk, { stream: true })));
    yield;
  }
  feed(() => parser.write(text.decode()).close());
  yield;
}

/** Reads a small member to its end. */
export async function readWhole(source: ByteSource, handler: XmlHandler): Promise<void> {
  for await (const _progress of readXml(source, handler, () => undefined)) {
    // The handler has seen it all at the end.
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An attribute by its name without prefix: `id` for `r:id`. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}
