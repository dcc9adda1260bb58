import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from './contract.ts';

/** What a host or the UI holds: the contract as functions, whatever transport is below. */
export type Client = ContractRouterClient<Contract>;
