import { createORPCClient } from '@orpc/client';
import { RPCLink, type SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { Client } from '../client.ts';
import { router, type RouterContext } from '../router.ts';

/** Serves the contract on one end of a message channel: Node's, the browser's or Electron's. */
export function serveMessagePort(port: SupportedMessagePort & { start?: () => void }, context: RouterContext): void {
  new RPCHandler(router).upgrade(port, { context });
  port.start?.();
}

/** The client for the other end. */
export function messagePortClient(port: SupportedMessagePort & { start?: () => void }): Client {
  const client: Client = createORPCClient(new RPCLink({ port }));
  port.start?.();
  return client;
}
