import { isAlias, isMap, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { inOrder, Places, type YamlProblem } from './problems.ts';

/** A file that people write is a page or two, or a few dozen: what is longer is none. */
const MAX_CHARACTERS = 500_000;
/** Nobody puts right more than this at a time. */
const MOST_PROBLEMS = 100;

/** A YAML document as plain data, with the places of its values. */
export interface ReadYaml {
  /** Undefined when there are problems. */
  readonly value: unknown;
  readonly places: Places;
  /** What keeps it from being read at all, in the order of the file. */
  readonly problems: readonly YamlProblem[];
}

/**
 * Reads YAML that comes from outside, and never takes more time or memory than its length warrants: it is bounded in length, the parser in depth, and
 * values must be written out (an alias can stand for a text that is exponentially longer than the file). `what` is what it should be, such as
 * `profile`: also the key that it must begin with.
 */
export function readYaml(text: string, what: string): ReadYaml {
  const lines = new LineCounter();
  const isTooLong = text.length > MAX_CHARACTERS;
  const document = parseDocument(isTooLong ? '' : text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const places = new Places(document, lines);
  const refused = (problems: readonly YamlProblem[]): ReadYaml => ({
    value: undefined,
    places,
    problems: inOrder(problems).slice(0, MOST_PROBLEMS),
  });
  if (isTooLong) return refused([places.atOffset(0, `is too long for a ${what}`)]);
  if (document.errors.length > 0)
    return refused(document.errors.map(({ pos, message }) => places.atOffset(pos[0], `not valid YAML: ${oneSentence(message)}`)));
  if (!isMap(document.contents)) return refused([places.at([], `this is no ${what}: it has no keys such as "${what}:"`)]);
  const aliases = aliasesIn(document, places);
  if (aliases.length > 0) return refused(aliases);
  return { value: document.toJS(), places, problems: [] };
}

function aliasesIn(document: Document, places: Places): YamlProblem[] {
  const found: YamlProblem[] = [];
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node) || node.range === undefined || node.range === null) return undefined;
      found.push(places.atOffset(node.range[0], `*${node.source} is an alias: write the value out`));
      return found.length >= MOST_PROBLEMS ? visit.BREAK : undefined;
    },
  });
  return found;
}

function oneSentence(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]\s*$/, '');
}
