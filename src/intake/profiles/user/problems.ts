import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from 'yaml';
import type { z } from 'zod';

/** What is wrong with a profile, and where: one sentence without a full stop. */
export interface ProfileProblem {
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
  at(path: KeyPath, message: string, inside = 0): ProfileProblem {
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
  atKey(path: KeyPath, key: string, message: string): ProfileProblem {
    const parent = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    if (isMap(parent)) {
      for (const pair of parent.items) {
        if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === key && pair.key.range)
          return this.#problem(pair.key.range[0], message);
      }
    }
    return this.at(path, message);
  }

  atOffset(offset: number, message: string): ProfileProblem {
    return this.#problem(offset, message);
  }

  #problem(offset: number, message: string): ProfileProblem {
    const { line, col } = this.#lines.linePos(offset);
    // An empty document has no line.
    return { line: Math.max(1, line), column: Math.max(1, col), message };
  }
}

/** The problems that a schema found, one for each unknown key. */
export function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  places: Places,
  keysOf: (path: KeyPath) => readonly string[],
): ProfileProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
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
        return [
          places.at(
            path,
            `${name} must be ${path.includes('constant') || path.includes('values') ? 'a text, a number, true or false' : 'a text or a list of texts'}`,
          ),
        ];
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

/** `"role" of field 2`, `"match.file"`. */
function nameOf(path: KeyPath): string {
  if (path.length === 0) return 'the profile';
  const [first, index, ...rest] = path;
  if (first !== 'fields' || typeof index !== 'number') return `"${path.join('.')}"`;
  return rest.length === 0 ? `field ${index + 1}` : `"${rest.join('.')}" of field ${index + 1}`;
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

/** A known key that differs in at most two letters. */
function suggestion(key: string, known: readonly string[]): string {
  let best: string | undefined;
  let least = 3;
  for (const one of known) {
    const distance = editDistance(key.slice(0, 40), one);
    if (distance < least) {
      best = one;
      least = distance;
    }
  }
  return best === undefined ? `; there are ${known.join(', ')}` : `; is ${best} meant?`;
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
