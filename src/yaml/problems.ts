import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from 'yaml';
import type { z } from 'zod';

/** What is wrong with a file, and where: one sentence without a full stop. */
export interface YamlProblem {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type KeyPath = readonly (string | number)[];

/** Finds the places of values in a YAML document. */
export class Places {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** A problem with the value at a path, `inside` characters into it. Where the value is missing, its nearest surroundings are shown. */
  at(path: KeyPath, message: string, inside = 0): YamlProblem {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length), true);
      if (!isNode(node) || node.range === undefined || node.range === null) continue;
      const plain = length === path.length && isScalar(node) && (node.type === 'PLAIN' || node.type?.startsWith('QUOTE') === true);
      const quote = plain && inside > 0 && node.type !== 'PLAIN' ? 1 : 0;
      return this.#problem(node.range[0] + (plain ? inside + quote : 0), message);
    }
    return this.#problem(0, message);
  }

  /** A problem with a key itself. */
  atKey(path: KeyPath, key: string, message: string): YamlProblem {
    const parent = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    if (isMap(parent)) {
      for (const pair of parent.items) {
        if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === key && pair.key.range)
          return this.#problem(pair.key.range[0], message);
      }
    }
    return this.at(path, message);
  }

  atOffset(offset: number, message: string): YamlProblem {
    return this.#problem(offset, message);
  }

  #problem(offset: number, message: string): YamlProblem {
    const { line, col } = this.#lines.linePos(offset);
    // An empty document has no line.
    return { line: Math.max(1, line), column: Math.max(1, col), message };
  }
}

/** How the file of a schema speaks of its parts. */
export interface Wording {
  /** The keys that the schema knows at a path. */
  keysOf(path: KeyPath): readonly string[];
  /** `"role" of field 2`, `"match.file"`. */
  nameOf(path: KeyPath): string;
  /** What the value at a path may be, where several forms are allowed: `a text or a list of texts`. */
  formsOf(path: KeyPath): string;
}

/** The problems that a schema found, one for each unknown key. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], places: Places, wording: Wording): YamlProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    const { nameOf, keysOf, formsOf } = wording;
    const name = nameOf(path);
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) =>
          places.atKey(path, key, `${nameOf([...path, key])} is not understood${suggestion(key, keysOf(path))}`),
        );
      case 'invalid_value': {
        const values = issue.values.map(String);
        return [places.at(path, `${name} must be one of ${values.join(', ')}`)];
      }
      case 'invalid_type':
        return [places.at(path, `${name} must be ${wanted(issue.expected)}`)];
      case 'invalid_union':
        return [places.at(path, `${name} must be ${formsOf(path)}`)];
      case 'too_small':
        return [places.at(path, `${name} is empty`)];
      case 'invalid_key':
        return [places.at(path, `${name} ${issue.issues[0]?.message ?? 'is no name'}`)];
      case 'custom':
      case 'invalid_format':
      case 'invalid_element':
      case 'not_multiple_of':
      case 'too_big':
        return [places.at(path, `${name} ${issue.message}`)];
    }
  });
}

function wanted(type: string): string {
  switch (type) {
    case 'string':
      return 'a text';
    case 'object':
    case 'record':
      return 'a mapping (key: value)';
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    default:
      return `a ${type}`;
  }
}

/** `; is owner meant?`, or else what there is. */
function suggestion(key: string, known: readonly string[]): string {
  const best = nearest(key, known);
  return best === undefined ? `; there are ${known.join(', ')}` : `; is ${best} meant?`;
}

/** The known word that differs least, in at most two letters. */
export function nearest(key: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const one of known) {
    const distance = editDistance(key.slice(0, 80), one.slice(0, 80));
    if (distance < least) {
      best = one;
      least = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** In the order of the file, each once. */
export function inOrder<T extends YamlProblem>(problems: readonly T[]): readonly T[] {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const same = (a: T, b: T): boolean => a.line === b.line && a.column === b.column && a.message === b.message;
  return ordered.filter((problem, i) => i === 0 || !same(problem, ordered[i - 1]!));
}
