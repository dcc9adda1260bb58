import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { Client } from '../../src/api/client.ts';
import { contract } from '../../src/api/contract.ts';
import { router, type RouterContext } from '../../src/api/router.ts';
import { messagePortClient, serveMessagePort } from '../../src/api/transports/message-port.ts';
import { webSocketClient } from '../../src/api/transports/web-socket.ts';
import { Uploads } from '../../src/server/uploads.ts';
import { startWebHost } from '../../src/server/web-host.ts';
import { put } from './temp.ts';

/** A client, and what ends its way to the engine. */
export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}
export type Connect = (context: RouterContext, folder: string) => Promise<Connection>;

export const inProcess: Connect = async (context) => ({ client: createRouterClient(router, { context }), close: async () => undefined });

export const messagePort: Connect = async (context) => {
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(port1 as never, context);
  return {
    client: messagePortClient(port2 as never),
    close: async () => {
      port1.close();
      port2.close();
    },
  };
};

export const webSocket: Connect = async (context, folder) => {
  const uploads = new Uploads();
  put(folder, 'ui/index.html', '<!doctype html>');
  const host = await startWebHost({ context, uploads, uiFolder: join(folder, 'ui'), port: 0 });
  const origin = `http://127.0.0.1:${host.port}`;
  const token = new URL(host.link).hash.match(/token=(.+)$/)![1];
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: JSON.stringify({ token }) });
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: { origin, cookie } });
  return {
    client: webSocketClient(socket),
    close: async () => {
      socket.close();
      await host.close();
      uploads.close();
    },
  };
};

function leaves(node: object, path: readonly string[] = []): [string, AnyContractProcedure][] {
  return Object.entries(node).flatMap(([name, value]: [string, object]) =>
    isContractProcedure(value) ? [[[...path, name].join('.'), value] as [string, AnyContractProcedure]] : leaves(value, [...path, name]),
  );
}

/** All procedures of the contract, by name. */
export const PROCEDURES = new Map(leaves(contract));

/** The client, with a note of what was called, and every answer held against the contract's schema. */
export function watched(client: Client, called: Set<string>): Client {
  const wrap = (node: object, path: readonly string[]): unknown =>
    new Proxy(node, {
      get: (target, name) => (typeof name === 'string' ? wrap((target as Record<string, object>)[name]!, [...path, name]) : undefined),
      apply: async (target, _self, args: unknown[]) => {
        const name = path.join('.');
        called.add(name);
        const output = await (target as (...args: unknown[]) => Promise<unknown>)(...args);
        const schema = PROCEDURES.get(name)?.['~orpc'].outputSchema as { parse?(value: unknown): unknown } | undefined;
        // Streams have no schema of their own: their items are checked where they are read.
        if (schema?.parse !== undefined) expect(schema.parse(output)).toEqual(output);
        return output;
      },
    });
  return wrap(client, []) as Client;
}
