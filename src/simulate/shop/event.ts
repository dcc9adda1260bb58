import type { Order } from './order.ts';

/** Which of the company's files a line goes to. */
export type Channel = 'shop' | 'shop-state' | 'payments' | 'boomi-run' | 'boomi-document' | 'erp' | 'erp-state' | 'wms' | 'crm';

export type Outcome = 'ok' | 'failed' | 'timeout';

/** A Boomi connector document, or the run it belongs to. */
export interface BoomiDetail {
  readonly kind: 'listener' | 'batch';
  /** `exec_listener`, `exec_sched`, `retry_sched`. */
  readonly executionType: string;
  readonly originalExecution: string;
  /** 0-based within its connector. */
  readonly documentIndex: number;
  /** 1-based within the run; 1 and start shape for the inbound document. */
  readonly runIndex: number;
  readonly start: boolean;
}

/** One thing that one system writes down. All have the same shape, so that millions of them stay cheap. */
export interface SimEvent {
  readonly channel: Channel;
  /** Epoch milliseconds at which the step began. */
  readonly at: number;
  readonly system: string;
  readonly flow: string;
  readonly step: string;
  readonly outcome: Outcome;
  readonly order: Order;
  readonly durationMs: number;
  /** Declared attempt; 0 where the system keeps no count. */
  readonly attempt: number;
  /** Execution id, for Boomi only. */
  readonly execution: string;
  /** The payment, shipment or document that it is about. */
  readonly reference: string;
  readonly amountCents: number;
  /** The state that a snapshot shows or a CRM update sets. */
  readonly state: string;
  readonly state2: string;
  readonly message: string;
  readonly boomi: BoomiDetail | undefined;
}
