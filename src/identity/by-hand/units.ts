/**
 * Groups of things that must be one, under constraints that forbid it (must-link and cannot-link: Wagstaff, Cardie, Rogers and Schrödl 2001,
 * "Constrained K-means clustering with background knowledge"). Whoever comes first holds: what contradicts it is not taken.
 */
export class Units<T> {
  readonly #parent = new Map<T, T>();
  /** Representative → the representatives it must not be one with. */
  readonly #apart = new Map<T, Set<T>>();

  /** What stands for the group of a thing; itself when it is alone. */
  of(thing: T): T {
    let top = thing;
    for (let next = this.#parent.get(top); next !== undefined; next = this.#parent.get(top)) top = next;
    // The way is shortened for the next time.
    for (let at = thing; at !== top;) {
      const next = this.#parent.get(at)!;
      this.#parent.set(at, top);
      at = next;
    }
    return top;
  }

  /** Makes two groups one. False when it is forbidden. */
  join(a: T, b: T): boolean {
    const [left, right] = [this.of(a), this.of(b)];
    if (left === right) return true;
    const ofRight = this.#apart.get(right) ?? new Set<T>();
    if (ofRight.has(left)) return false;
    this.#parent.set(right, left);
    this.#apart.delete(right);
    for (const other of ofRight) {
      this.#apart.get(other)!.delete(right);
      this.#forbid(left, other);
    }
    return true;
  }

  /** Forbids that two become one. False when they are. */
  keepApart(a: T, b: T): boolean {
    const [left, right] = [this.of(a), this.of(b)];
    if (left === right) return false;
    this.#forbid(left, right);
    return true;
  }

  #forbid(a: T, b: T): void {
    this.#apartOf(a).add(b);
    this.#apartOf(b).add(a);
  }

  #apartOf(thing: T): Set<T> {
    const known = this.#apart.get(thing);
    if (known !== undefined) return known;
    const made = new Set<T>();
    this.#apart.set(thing, made);
    return made;
  }
}
