import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { Client } from '../../../src/api/client.ts';
import { clientOver, SwitchingLink, useConnection } from './connection.ts';
import type { ConnectionState } from './connection.ts';
import { readToken } from './fragment.ts';
import { desktop, PORT_ENDED_MESSAGE, PORT_MESSAGE } from './host.ts';
import type { DesktopBridge } from './host.ts';

/** Milliseconds before the n-th new try, the last one for good. */
const RETRY_MS = [250, 500, 1000, 2000, 4000] as const;

/**
 * Connects to the engine and keeps connected: over the desktop's message port where there is one, else over a WebSocket to
 * the loopback host. Returns at once; calls wait for the opening. Progress is in `useConnection`.
 */
export function connect(): Client {
  const link = new SwitchingLink();
  const bridge = desktop();
  const opening = bridge === undefined ? connectSocket(link) : connectPort(link, bridge);
  opening.catch((error: unknown) => refuse(link, error instanceof Error ? error.message : String(error)));
  return clientOver(link);
}

function setState(state: ConnectionState): void {
  useConnection.setState((slice) => ({ state, generation: state.kind === 'open' ? slice.generation + 1 : slice.generation }));
}

function refuse(link: SwitchingLink, message: string): void {
  link.refuse(message);
  setState({ kind: 'refused', message });
}

async function connectPort(link: SwitchingLink, bridge: DesktopBridge): Promise<void> {
  const posted = new Promise<MessagePort>((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      window.removeEventListener('message', onMessage);
      resolve(port);
    };
    window.addEventListener('message', onMessage);
  });
  const port = (await bridge.connect()) ?? (await posted);
  const onEnded = (event: MessageEvent<unknown>): void => {
    // As an event of the port, so that calls under way fail as well.
    if (event.source === window && event.data === PORT_ENDED_MESSAGE) port.dispatchEvent(new Event('close'));
  };
  window.addEventListener('message', onEnded);
  port.addEventListener(
    'close',
    () => {
      window.removeEventListener('message', onEnded);
      link.lose();
      setState({ kind: 'lost', attempt: 1 });
      // The engine's process ended; the host starts a new one and hands over a new port when asked.
      window.setTimeout(() => {
        connectPort(link, bridge).catch((error: unknown) => refuse(link, error instanceof Error ? error.message : String(error)));
      }, RETRY_MS[0]);
    },
    { once: true },
  );
  port.start();
  link.open(new PortLink({ port }));
  setState({ kind: 'open' });
}

async function connectSocket(link: SwitchingLink): Promise<void> {
  await openSession();
  openSocket(link, 0);
}

function openSocket(link: SwitchingLink, attempt: number): void {
  const address = new URL('rpc', window.location.href.split('#')[0]);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = '';
  const socket = new WebSocket(address);
  let opened = false;
  socket.addEventListener('open', () => {
    opened = true;
    link.open(new SocketLink({ websocket: socket }));
    setState({ kind: 'open' });
  });
  socket.addEventListener('close', () => {
    link.lose();
    const next = opened ? 1 : attempt + 1;
    setState({ kind: 'lost', attempt: next });
    window.setTimeout(() => openSocket(link, next), RETRY_MS[Math.min(next, RETRY_MS.length) - 1]);
  });
}

/**
 * Exchanges the token of the address for a cookie that scripts cannot read, and takes it out of the address and the history. A
 * page that is loaded again has the cookie already: the host then says yes without a token.
 */
async function openSession(): Promise<void> {
  const found = readToken(window.location.hash);
  if (found !== undefined) window.history.replaceState(window.history.state, '', found.rest);
  const answer = await fetch('session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: found?.token }),
    credentials: 'same-origin',
  });
  if (!answer.ok)
    throw new Error(sentence(await answer.text()) ?? 'The link is not valid any more: open the link that Waybill printed last');
}

function sentence(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.length > 300 || trimmed.startsWith('<') ? undefined : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}
