import type { SimEntry } from '../company.ts';
import type { OrderLine, WholesaleOrder } from './order.ts';

/** Which of the wholesaler's files an entry goes to. `archive`: interchanges as they were sent. */
export type Channel = 'archive' | 'translator' | 'erp' | 'warehouse' | 'erp-state' | 'warehouse-state';

export type DocumentKind = 'order' | 'response' | 'notice' | 'invoice' | 'acknowledgement';

/** What names an interchange: of one partner, direction and kind there is one in a second. */
export interface InterchangeKey {
  readonly kind: DocumentKind;
  readonly inbound: boolean;
  /** When it was sent, true time. */
  readonly at: number;
}

/**
 * One thing that one system writes down of one order. What is about several orders (an interchange, a delivery, an invoice) is said by each of them at the same time,
 * and put together by the writer.
 */
export interface WholesaleEvent extends SimEntry {
  readonly channel: Channel;
  readonly order: WholesaleOrder;
  /** A kind of document, a line of the translator, a step of ERP or warehouse. */
  readonly name: string;
  readonly ok: boolean;
  /** 0 where it does not apply. */
  readonly salesOrder: number;
  readonly delivery: number;
  readonly invoice: number;
  readonly lines: readonly OrderLine[];
  readonly cartons: readonly string[];
  /** The interchange it is in (archive) or is about (translator); undefined elsewhere. */
  readonly interchange: InterchangeKey | undefined;
  /** What an acknowledgement acknowledges, a response answers. */
  readonly of: InterchangeKey | undefined;
  /** Declared attempt; 0 where none is told. */
  readonly attempt: number;
  /** State that an export shows, or the error or remark of a line. */
  readonly text: string;
}
