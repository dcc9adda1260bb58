/** Makes names unique: an archive may hold two members of one name, and a part is found again by its own. */
export class UniqueNames {
  readonly #used = new Set<string>();
  readonly #next = new Map<string, number>();

  /** The name the first time, then `name (2)`, `name (3)` … */
  take(name: string): string {
    let unique = name;
    if (this.#used.has(name)) {
      let n = this.#next.get(name) ?? 2;
      while (this.#used.has(`${name} (${n})`)) n++;
      unique = `${name} (${n})`;
      this.#next.set(name, n + 1);
    }
    this.#used.add(unique);
    return unique;
  }
}
