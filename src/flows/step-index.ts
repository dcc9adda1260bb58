import type { StepKey } from './types.ts';

/** Numbers the steps of one record type in the order in which they are first met. */
export class StepIndex {
  readonly keys: StepKey[] = [];
  private readonly bySystem = new Map<string, Map<string, { readonly flow: string | undefined; readonly index: number }[]>>();

  /** The number of a step; -1 when it is not known. */
  find(key: StepKey): number {
    const list = this.bySystem.get(key.system)?.get(key.step);
    if (list !== undefined) for (const entry of list) if (entry.flow === key.flow) return entry.index;
    return -1;
  }

  /** The number of a step, given now if it is new. */
  put(key: StepKey): number {
    const known = this.find(key);
    if (known >= 0) return known;
    let bySteps = this.bySystem.get(key.system);
    if (bySteps === undefined) this.bySystem.set(key.system, (bySteps = new Map()));
    let list = bySteps.get(key.step);
    if (list === undefined) bySteps.set(key.step, (list = []));
    const index = this.keys.length;
    list.push({ flow: key.flow, index });
    this.keys.push({ system: key.system, flow: key.flow, step: key.step });
    return index;
  }
}
