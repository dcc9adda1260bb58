import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket as ServerSocket } from 'ws';
import type { Client } from '../client.ts';
import { router, type RouterContext } from '../router.ts';

/** Serves the contract on an accepted web socket. Who may connect is the host's business (`src/server`). */
export function serveWebSocket(socket: ServerSocket, context: RouterContext): void {
  void new RPCHandler(router).upgrade(socket, { context });
}

/** The client of a web socket that is open or opening. */
export function webSocketClient(socket: Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'>): Client {
  return createORPCClient(new RPCLink({ websocket: socket }));
}
