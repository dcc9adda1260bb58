import type { Life, SimEntry, Struck } from './company.ts';
import type { Fault } from './faults.ts';
import { isoMs } from './local-time.ts';
import type { Output } from './output.ts';

/** One injected fault, as `truth.json` has it. */
export interface TruthFault {
  readonly kind: string;
  readonly subkind: string;
  readonly record: { readonly type: string; readonly key: string };
  /** Other identifiers of the same case under which a finding may be filed: payment, shipments, ERP documents. */
  readonly related: readonly string[];
  readonly system: string;
  readonly step: string;
  readonly at: string;
  readonly note: string;
  /** `kind` or `kind/subkind`: what follows from it and is neither a hit nor a false alarm. */
  readonly consequences: readonly string[];
}

/** First bytes of the file: by them an import of the folder can tell that this is no log and leave it out. */
export const TRUTH_MARK = '{"waybill":"simulation-truth"';

/** A clock that was wrong. */
export interface TruthClock {
  readonly system: string;
  /** What it showed minus the true time, at the start of the data. */
  readonly offsetMs: number;
  /** How much more it was ahead at the end of the data. */
  readonly driftMs: number;
}

/** The whole of `truth.json`. What the run was not asked for is left out. */
export interface Truth {
  readonly waybill: 'simulation-truth';
  /** The shop where it is not said. */
  readonly company?: string | undefined;
  readonly seed: number;
  /** Cases of the company: orders, claims. */
  readonly orders: number;
  readonly format: string;
  readonly start: string;
  /** No system logged anything later. */
  readonly dataEndsAt: string;
  /** Systems whose log begins after `start` or ends before that, and when; of which there is none where it ends as it begins. */
  readonly coverage: readonly { readonly system: string; readonly startsAt?: string | undefined; readonly endsAt: string }[];
  /** Clocks that were wrong. */
  readonly clocks?: readonly TruthClock[] | undefined;
  /** System of a wrong clock → how many hops of one kind it makes run backwards; none of a clock that turns nothing round. Absent where all clocks are right. */
  readonly backwards?: { readonly [system: string]: number } | undefined;
  readonly faults: readonly TruthFault[];
  /** Cases whose life goes on after the end of the data. */
  readonly open: readonly string[];
  /** Cases of which something happened in a system before its log began or after it had ended: it is not there, and that proves nothing. */
  readonly outsideCoverage: readonly string[];
  /** Other identifiers of the cases of these two lists: a finding may be filed under a shipment. */
  readonly unprovable: readonly string[];
  /** Cases that carry no fault, are not open, and lie inside coverage. */
  readonly clean: number;
  /** Legitimate lives that differ from the plain one, by name. */
  readonly variants: { readonly [variant: string]: number };
}

export type TruthHead = Pick<Truth, 'company' | 'seed' | 'orders' | 'format' | 'start' | 'dataEndsAt' | 'coverage' | 'clocks'>;

/** The fault as it is told. */
export function truthFault(life: Told, struck: Struck, fault: Fault, recordType: string, consequences: readonly string[]): TruthFault {
  const [kind, subkind] = fault.split('/') as [string, string];
  return {
    kind,
    subkind,
    record: { type: recordType, key: life.key },
    related: life.related,
    system: struck.system,
    step: struck.step,
    at: isoMs(struck.at),
    note: struck.note,
    consequences,
  };
}

type Told = Pick<Life<SimEntry>, 'key' | 'related' | 'variant'>;

const FILE = 'truth.json';

/** Writes `truth.json` while the run goes on: of the faults only their number is kept. */
export class TruthWriter {
  readonly #output: Output;
  readonly #clocksRight: boolean;
  readonly #open: string[] = [];
  readonly #outside: string[] = [];
  readonly #unprovable: string[] = [];
  readonly #variants: { [variant: string]: number } = {};
  #backwards: { readonly [system: string]: number } | undefined;
  readonly #counts: { [fault: string]: number } = {};
  #faults = 0;
  #unclean = 0;
  #cases = 0;

  constructor(output: Output, head: TruthHead) {
    this.#output = output;
    this.#clocksRight = head.clocks === undefined;
    output.add('truth', FILE, `${TRUTH_MARK},${JSON.stringify(head).slice(1, -1)},\n"faults":[`);
  }

  /** Faults by `kind/subkind`. */
  get counts(): { readonly [fault: string]: number } {
    return this.#counts;
  }

  get clean(): number {
    return this.#cases - this.#unclean;
  }

  get open(): number {
    return this.#open.length;
  }

  get outsideCoverage(): number {
    return this.#outside.length;
  }

  /** What wrong clocks turned round. */
  clocks(backwards: { readonly [system: string]: number }): void {
    this.#backwards = backwards;
  }

  /** A case that carries a fault. */
  fault(life: Told, fault: TruthFault): void {
    this.#count(life);
    this.#unclean++;
    const name = `${fault.kind}/${fault.subkind}`;
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
    this.#output.add('truth', FILE, `${this.#faults++ === 0 ? '' : ','}\n${JSON.stringify(fault)}`);
  }

  /** A case without a fault. */
  life(life: Told, open: boolean, outside: boolean): void {
    this.#count(life);
    if (!open && !outside) return;
    this.#unclean++;
    if (open) this.#open.push(life.key);
    if (outside) this.#outside.push(life.key);
    this.#unprovable.push(...life.related);
  }

  #count({ variant }: Told): void {
    this.#cases++;
    this.#variants[variant] = (this.#variants[variant] ?? 0) + 1;
  }

  finish(): void {
    const tail = {
      open: this.#open,
      outsideCoverage: this.#outside,
      unprovable: this.#unprovable,
      clean: this.clean,
      variants: this.#variants,
      ...(this.#clocksRight ? {} : { backwards: this.#backwards }),
    };
    this.#output.add('truth', FILE, `\n],\n${JSON.stringify(tail).slice(1)}\n`);
  }
}
