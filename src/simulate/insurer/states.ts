import type { ClaimPath } from './path.ts';

/** Words of the claims system's export. */
export type ClaimStatus = 'REGISTERED' | 'IN_REVIEW' | 'APPROVED' | 'PAID' | 'REJECTED' | 'WITHDRAWN';
/** Words of the payment ledger. */
export type LedgerStatus = 'ANGEWIESEN' | 'AUSGEFUEHRT';

interface Change {
  readonly at: number;
  readonly said: { readonly state: string; readonly payment: string; readonly amountCents: number };
}

/** How the claims system and the ledger saw a claim over time. Each exports in the night what changed on the day. */
export class ClaimStates {
  readonly #claim: Change[] = [];
  readonly #ledger = new Map<string, Change[]>();
  /** What the claims system believes was approved. */
  amountCents = 0;
  /** No change reaches the claims system's export any more. */
  frozen = false;

  claim(at: number, state: ClaimStatus): void {
    if (!this.frozen) this.#claim.push({ at, said: { state, payment: '', amountCents: this.amountCents } });
  }

  ledger(at: number, payment: string, state: LedgerStatus, amountCents: number): void {
    const changes = this.#ledger.get(payment) ?? [];
    changes.push({ at, said: { state, payment, amountCents } });
    this.#ledger.set(payment, changes);
  }

  export(path: ClaimPath): void {
    path.export('claims-state', 'claims', 'export', this.#claim);
    for (const changes of this.#ledger.values()) path.export('ledger', 'ledger', 'posting', changes);
  }
}
