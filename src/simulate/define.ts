import type { CompanySpec, SimEntry } from './company.ts';
import type { Fault } from './faults.ts';
import type { Output } from './output.ts';
import type { Plan, RunHooks, RunResult } from './plan.ts';
import { runCompany } from './run.ts';

/** A company, whatever its entries look like. */
export interface Company extends Omit<CompanySpec<SimEntry>, 'stepOf' | 'live' | 'writer' | 'plain'> {
  /** Whether it can be written as plain events. */
  readonly plainFaults: readonly Fault[] | undefined;
  run(this: void, plan: Plan, output: Output, hooks: RunHooks): Promise<RunResult>;
}

/** Makes a company of its description. */
export function defineCompany<E extends SimEntry>(spec: CompanySpec<E>): Company {
  return { ...spec, plainFaults: spec.plain?.hidden, run: (plan, output, hooks) => runCompany(spec, plan, output, hooks) };
}
