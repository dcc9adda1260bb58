import { world } from '../testing.ts';
import type { Edit, Line, WorldOptions } from '../testing.ts';
import type { Verdict } from '../types.ts';

/** The order that is not like the others. */
export const ORDER = 100;

/** Judges one edited order among healthy ones. */
export function edited(edit: Edit, options: WorldOptions = {}): Verdict {
  return world({ ...options, edits: { [ORDER]: edit } }).verdicts[ORDER] as Verdict;
}

/** Changes the line of a step, or puts others in its place. */
export const patch =
  (step: string, change: Partial<Line> | ((line: Line) => Line[])): Edit =>
  (lines) =>
    lines.flatMap((line) => (line.step !== step ? [line] : typeof change === 'function' ? change(line) : [{ ...line, ...change }]));
/** Leaves out a step and all that comes after it. */
export const until =
  (step: string): Edit =>
  (lines) =>
    lines.slice(
      0,
      lines.findIndex((line) => line.step === step),
    );
/** Everything from a step on comes later, but for what runs beside it: the CRM hears what the ERP did, whatever the warehouse does. */
export const later =
  (step: string, seconds: number): Edit =>
  (lines) => {
    const first = lines.find((line) => line.step === step);
    const from = first?.at ?? 0;
    return lines.map((line) =>
      (line.at ?? 0) >= from && (line.system !== 'crm' || first?.system === 'erp') ? { ...line, at: (line.at ?? 0) + seconds } : line,
    );
  };
