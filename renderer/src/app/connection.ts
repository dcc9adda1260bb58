import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { create } from 'zustand';
import type { Client } from '../../../src/api/client.ts';

/** The state of the way to the engine, as the shell shows it. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** It was open and is lost; it is being tried again. */
  | { readonly kind: 'lost'; readonly attempt: number }
  /** Nothing more is tried: the link is spent, or the host refuses. */
  | { readonly kind: 'refused'; readonly message: string };

interface ConnectionSlice {
  readonly state: ConnectionState;
  /** Grows with every opening, so that what depends on a stream starts it again. */
  readonly generation: number;
}

/** Where the connection stands. Written by `connect.ts` only. */
export const useConnection = create<ConnectionSlice>()(() => ({ state: { kind: 'connecting' }, generation: 0 }));

type Link = ClientLink<ClientContext>;

/**
 * A client that outlives its transport: calls wait while there is no link, and go over whichever link is open then.
 * A call that was under way when the link broke fails; queries are asked again by their cache, mutations are not.
 */
export class SwitchingLink implements Link {
  private current: Link | undefined = undefined;
  private waiting: { readonly resolve: (link: Link) => void; readonly reject: (error: unknown) => void }[] = [];
  private refusal: Error | undefined = undefined;

  /** The transport is open: hands it to whoever waits. */
  open(link: Link): void {
    this.current = link;
    const waiting = this.waiting;
    this.waiting = [];
    for (const one of waiting) one.resolve(link);
  }

  /** The transport is gone; calls from now on wait for the next one. */
  lose(): void {
    this.current = undefined;
  }

  /** There will be no transport: every call fails with this sentence. */
  refuse(message: string): void {
    this.current = undefined;
    this.refusal = new Error(message);
    const waiting = this.waiting;
    this.waiting = [];
    for (const one of waiting) one.reject(this.refusal);
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    const link = this.current ?? (await this.nextLink(options.signal));
    return link.call(path, input, options);
  }

  private nextLink(signal: AbortSignal | undefined): Promise<Link> {
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    return new Promise((resolve, reject) => {
      const entry = { resolve, reject };
      this.waiting.push(entry);
      signal?.addEventListener(
        'abort',
        () => {
          this.waiting = this.waiting.filter((one) => one !== entry);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }
}

/** The typed client over a link. */
export function clientOver(link: Link): Client {
  return createORPCClient(link);
}
