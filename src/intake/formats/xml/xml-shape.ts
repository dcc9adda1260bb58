/** An element of a document as far as it was looked at. */
interface Node {
  readonly name: string;
  count: number;
  characters: number;
  /** Whether it has text of its own and no elements. */
  leaves: number;
  readonly children: Map<string, Node>;
}

export interface XmlShape {
  /** Names from the root to the record. */
  readonly path: readonly string[];
  readonly records: number;
  readonly reason: string;
}

/** Elements that hold lists of independent things. */
const ENVELOPE =
  /(?:result|response|results|list|log|envelope|body|records|export|feed|data|dataset|rows|items|events|set|logs|entries|messages|documents|orders|model)$/i;
const RECORD = /^(?:results?|records?|rows?|items?|entry|events?|logevent)$/i;

/** Elements that put together what happened to be sent together. */
const BATCH = /(?:batch(?:es)?|bulk|exports?|dataset|resultset|transmissions?)$/i;
/** Elements, and what wraps them, under which lists of independent things are handed out: those of `ENVELOPE_KEYS` of JSON. */
const LISTED = /^(?:results?|records?|rows?|entry|events?|hits?|log_?events?|executions?|runs?)$/i;
const WRAPPER = /^(?:results|records|data|rows|entries|hits|events|log_?events|executions|runs|history|documents|messages)$/i;

/** Leaf children that make their parent a thing of its own. */
const IDENTITY = /(?:^|[a-z_])(?:id|uuid|number|date|time|code|status|key)$/i;

/**
 * Finds the repeated element that a document is about, from its beginning.
 * @returns the path to it, or to the root when the document is one thing. Undefined when there is no element.
 */
export function xmlShapeOf(text: string): XmlShape | undefined {
  const root = outline(text);
  if (root === undefined) return undefined;
  let path: string[] = [root.name];
  let node = root;
  for (let level = 0; level < 5; level++) {
    const best = mainChild(node);
    if (best === undefined) break;
    path = [...path, best.name];
    const inner = best.count === 1 || BATCH.test(best.name) ? mainChild(best) : undefined;
    const lone = RECORD.test(best.name) && (inner === undefined || inner.count === 1);
    // Batches that follow one another are as many lists.
    if ((best.count > 1 && !(inner !== undefined && inner.count > best.count)) || lone) {
      return { path, records: best.count, reason: `the element ${best.name} repeats in ${node.name}` };
    }
    node = best;
  }
  return { path: [root.name], records: 1, reason: `one ${root.name}` };
}

/** Whether text in a child of that name makes its parent a thing of its own. */
export function isOwnName(name: string): boolean {
  return IDENTITY.test(name) && !/^(?:query)?token/i.test(name);
}

/** Whether the names say that a node holds independent things, whatever it says about itself. */
function isListOf(node: Node, child: Node): boolean {
  if (BATCH.test(node.name)) return true;
  if (child.count === 1) return WRAPPER.test(child.name);
  return LISTED.test(child.name) || isPlural(node.name.toLowerCase(), child.name.toLowerCase());
}

/** `PurchaseOrders` of `Order`, `deliveries` of `delivery`. */
function isPlural(many: string, one: string): boolean {
  return many.endsWith(`${one}s`) || many.endsWith(`${one}es`) || (one.endsWith('y') && many.endsWith(`${one.slice(0, -1)}ies`));
}

/** The child that carries nearly all of an envelope; undefined when the element is a thing of its own. */
function mainChild(node: Node): Node | undefined {
  const children = [...node.children.values()];
  if (children.length === 0) return undefined;
  const largest = children.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  if (largest.leaves === largest.count) return undefined;
  const others = children.filter((child) => child !== largest);
  const total = children.reduce((sum, child) => sum + child.characters, 0);
  const dominant = largest.characters >= total * 0.7;
  // A batch has a number of its own and is an envelope all the same; an order with lines is not.
  if (others.some((child) => child.leaves > 0 && isOwnName(child.name))) return dominant && isListOf(node, largest) ? largest : undefined;
  if (others.length <= 4 && (dominant || (ENVELOPE.test(node.name) && others.length <= 3 && others.every((child) => child.leaves === 0))))
    return largest;
  return ENVELOPE.test(node.name) && dominant ? largest : undefined;
}

/** Among lists of equal standing the one of events is what a log is about. */
function weight(node: Node): number {
  return node.characters * (/^events$/i.test(node.name) ? 4 : 1);
}

const TAG =
  /<(?:!--[\s\S]*?(?:-->|$)|!\[CDATA\[[\s\S]*?(?:\]\]>|$)|[?!][^>]*(?:>|$)|(\/?)([^\s/>"'=<]+)((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>)/g;

function outline(text: string): Node | undefined {
  let root: Node | undefined;
  const stack: { node: Node; from: number; elements: number }[] = [];
  for (const match of text.matchAll(TAG)) {
    const name = match[2];
    if (name === undefined) continue;
    const bare = name.slice(name.indexOf(':') + 1);
    if (match[1] === '/') {
      const top = stack.pop();
      if (top !== undefined) close(top, match.index);
      continue;
    }
    const parent = stack.at(-1);
    if (parent === undefined && root !== undefined) continue;
    const known = parent?.node.children.get(bare);
    const node = known ?? { name: bare, count: 0, characters: 0, leaves: 0, children: new Map<string, Node>() };
    node.count++;
    if (parent !== undefined) {
      parent.elements++;
      parent.node.children.set(bare, node);
    }
    root ??= node;
    if (match[3]?.endsWith('/') === true) {
      node.characters += match[0].length;
      if (!match[3].includes('=')) node.leaves++;
    } else {
      stack.push({ node, from: match.index, elements: 0 });
    }
  }
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) close(top, text.length, true);
  return root;
}

function close(top: { node: Node; from: number; elements: number }, to: number, cut = false): void {
  top.node.characters += to - top.from;
  if (top.elements === 0 && !cut) top.node.leaves++;
}
