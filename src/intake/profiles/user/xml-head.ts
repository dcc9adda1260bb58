import { SaxesParser } from 'saxes';
import type { RecordPath } from '../../infer/record-path.ts';

/** An element as its start tag names it. */
interface ElementName {
  readonly local: string;
  readonly uri: string;
}

/** Elements looked at: the beginning of a document says enough. */
const MAX_ELEMENTS = 20_000;
const MAX_DEPTH = 256;

/** The paths from the root to the elements in the beginning of an XML document, with how often each occurs, in order of first appearance. */
export interface XmlOutline {
  readonly paths: readonly { readonly names: readonly ElementName[]; readonly count: number }[];
}

class Enough extends Error {}

/** Reads the start tags of a text that may be cut off or damaged; what comes after the damage is not seen. */
export function outlineXml(text: string): XmlOutline {
  const paths = new Map<string, { names: readonly ElementName[]; count: number }>();
  const open: ElementName[] = [];
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw new Enough(error.message);
  });
  parser.on('opentag', (tag) => {
    if (++elements > MAX_ELEMENTS || open.length > MAX_DEPTH) throw new Enough();
    open.push({ local: tag.local, uri: tag.uri });
    const key = open.map(({ local, uri }) => `{${uri}}${local}`).join('/');
    const known = paths.get(key);
    if (known === undefined) paths.set(key, { names: [...open], count: 1 });
    else known.count++;
  });
  parser.on('closetag', () => open.pop());
  try {
    parser.write(text);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return { paths: [...paths.values()] };
}

type Namespaces = Readonly<Record<string, string>>;

/** Whether an element has a name as a profile writes it: `o:Order` in the namespace of the prefix, `Order` in any, `*` is every element. */
function hasName(element: ElementName, name: string, namespaces: Namespaces): boolean {
  if (name === '*') return true;
  const colon = name.indexOf(':');
  if (colon < 0) return element.local === name;
  return element.local === name.slice(colon + 1) && element.uri === namespaces[name.slice(0, colon)];
}

/** Whether an element of that name occurs. */
export function hasElement(outline: XmlOutline, name: string, namespaces: Namespaces): boolean {
  return outline.paths.some(({ names }) => hasName(names.at(-1)!, name, namespaces));
}

/** Local names from the root to the elements that a record path means, of several the most frequent; undefined when there are none. */
export function resolveRecordPath(
  outline: XmlOutline,
  { levels, deep }: RecordPath,
  namespaces: Namespaces,
): readonly string[] | undefined {
  let best: { names: readonly ElementName[]; count: number } | undefined;
  for (const path of outline.paths) {
    const { names, count } = path;
    if (deep ? names.length < levels.length : names.length !== levels.length) continue;
    const tail = names.slice(names.length - levels.length);
    if (tail.every((element, i) => hasName(element, levels[i]!.name, namespaces)) && count > (best?.count ?? 0)) best = path;
  }
  return best?.names.map(({ local }) => local);
}
