/** Numbers values in the order in which they come: 1 for the first, 2 for the next other one. 0 stays 0. For few values: it looks at each. */
export class Numbering {
  #values: Float64Array;
  count = 0;

  /** @param most more values than this will not come */
  constructor(most: number) {
    this.#values = new Float64Array(most);
  }

  clear(): void {
    this.count = 0;
  }

  number(value: number): number {
    if (value === 0) return 0;
    const values = this.#values;
    const { count } = this;
    for (let i = count - 1; i >= 0; i--) if (values[i] === value) return i + 1;
    values[count] = value;
    return ++this.count;
  }

  /** The value that has a number. */
  value(number: number): number {
    return this.#values[number - 1]!;
  }
}
