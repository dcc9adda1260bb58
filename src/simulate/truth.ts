import { HOUR } from './calendar.ts';
import { consequences } from './faults.ts';
import type { Injection } from './faults.ts';
import type { Order } from './order.ts';
import { shopOrder } from './order.ts';
import type { Output } from './output.ts';
import type { Path } from './path.ts';
import { isoMs } from './local-time.ts';

/** One injected fault, as `truth.json` has it. */
export interface TruthFault {
  readonly kind: string;
  readonly subkind: string;
  readonly record: { readonly type: 'order'; readonly key: string };
  /** Other identifiers of the same order under which a finding may be filed: payment, shipments, ERP documents. */
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

/** The whole of `truth.json`. */
export interface Truth {
  readonly waybill: 'simulation-truth';
  readonly seed: number;
  readonly orders: number;
  readonly format: string;
  readonly start: string;
  /** No system logged anything later. */
  readonly dataEndsAt: string;
  /** Systems whose log ends before that, and when. */
  readonly coverage: readonly { readonly system: string; readonly endsAt: string }[];
  readonly faults: readonly TruthFault[];
  /** Orders whose life goes on after the end of the data. */
  readonly open: readonly string[];
  /** Orders of which something happened in a system after its log had ended: it is not there, and that proves nothing. */
  readonly outsideCoverage: readonly string[];
  /** Other identifiers of the orders of these two lists: a finding may be filed under a shipment. */
  readonly unprovable: readonly string[];
  /** Orders that carry no fault, are not open, and lie inside coverage. */
  readonly clean: number;
  /** Legitimate lives that differ from the plain one, by name. */
  readonly variants: { readonly [variant: string]: number };
}

/** The fault as it is told. */
export function truthFault(path: Path, injection: Injection, order: Order): TruthFault {
  const [kind, subkind] = injection.fault.split('/') as [string, string];
  const struck = path.struck!;
  return {
    kind,
    subkind,
    record: { type: 'order', key: shopOrder(order) },
    related: [order.payment, ...order.shipments, order.document, ...path.extraReferences],
    system: struck.system,
    step: struck.step,
    at: isoMs(struck.at),
    note: struck.note,
    consequences: consequences(injection.fault, injection.place),
  };
}

const FILE = 'truth.json';

/** Writes `truth.json` while the run goes on: of the faults only their number is kept. */
export class TruthWriter {
  readonly #output: Output;
  readonly #open: string[] = [];
  readonly #outside: string[] = [];
  readonly #unprovable: string[] = [];
  readonly #variants: { [variant: string]: number } = {};
  readonly #counts: { [fault: string]: number } = {};
  #faults = 0;
  #unclean = 0;
  #orders = 0;

  constructor(output: Output, head: Pick<Truth, 'seed' | 'orders' | 'format' | 'start' | 'dataEndsAt' | 'coverage'>) {
    this.#output = output;
    output.add('truth', FILE, `${TRUTH_MARK},${JSON.stringify(head).slice(1, -1)},\n"faults":[`);
  }

  /** Faults by `kind/subkind`. */
  get counts(): { readonly [fault: string]: number } {
    return this.#counts;
  }

  get clean(): number {
    return this.#orders - this.#unclean;
  }

  get open(): number {
    return this.#open.length;
  }

  get outsideCoverage(): number {
    return this.#outside.length;
  }

  order(order: Order, fault: TruthFault | undefined, open: boolean, outside: boolean): void {
    this.#orders++;
    this.#variants[order.variant] = (this.#variants[order.variant] ?? 0) + 1;
    if (fault !== undefined || open || outside) this.#unclean++;
    if (open) this.#open.push(shopOrder(order));
    if (outside) this.#outside.push(shopOrder(order));
    if (open || outside) this.#unprovable.push(order.payment, ...order.shipments, order.document);
    if (fault === undefined) return;
    const name = `${fault.kind}/${fault.subkind}`;
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
    this.#output.add('truth', FILE, `${this.#faults++ === 0 ? '' : ','}\n${JSON.stringify(fault)}`);
  }

  finish(): void {
    const tail = {
      open: this.#open,
      outsideCoverage: this.#outside,
      unprovable: this.#unprovable,
      clean: this.clean,
      variants: this.#variants,
    };
    this.#output.add('truth', FILE, `\n],\n${JSON.stringify(tail).slice(1)}\n`);
  }
}

/** How long before the end of the data an order must have been placed to carry a fault: its absence must be provable. */
export const FAULT_MARGIN = 12 * HOUR;
/** How much earlier than the rest the CRM's log ends. */
export const CRM_ENDS_EARLIER = 5 * HOUR;
