import type { SimEntry } from '../company.ts';
import type { Claim } from './claim.ts';

/** Which of the insurer's files a line goes to. */
export type Channel = 'portal' | 'policy' | 'claims' | 'claims-state' | 'dossier' | 'payments' | 'ledger' | 'letters';

/** One thing that one system writes down. All have the same shape. */
export interface ClaimEvent extends SimEntry {
  readonly channel: Channel;
  readonly step: string;
  readonly outcome: 'ok' | 'failed' | 'timeout';
  readonly claim: Claim;
  /** Declared attempt; 0 where the system keeps no count. */
  readonly attempt: number;
  /** The claim number that the entry names; another one where a claim was registered twice. */
  readonly number: number;
  readonly payment: string;
  readonly letter: string;
  readonly amountCents: number;
  /** The state that an export shows, or what the entry says beside its outcome. */
  readonly state: string;
  readonly message: string;
}
