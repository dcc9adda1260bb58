import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** `MessagePortMain` over Node's port: messages come as events, and queue until `start()`. */
export class PortDouble extends EventEmitter {
  readonly node: MessagePort;
  #started = false;

  constructor(node: MessagePort) {
    super();
    this.node = node;
    node.on('close', () => this.emit('close'));
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.node.on('message', (data) => this.emit('message', { data, ports: [] }));
  }

  postMessage(data: unknown, transfer: readonly PortDouble[] = []): void {
    if (transfer.length > 0) throw new Error('the double moves no ports over ports');
    this.node.postMessage(data);
  }

  close(): void {
    this.node.close();
  }
}

/** `MessageChannelMain`. */
export class ChannelDouble {
  readonly port1: PortDouble;
  readonly port2: PortDouble;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortDouble(port1);
    this.port2 = new PortDouble(port2);
  }
}

/** What the double's processes say to each other: a message with the names of the ports that come along, or traffic of such a port. */
export type PipeMessage =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-close'; readonly port: number };

/** Carries handed-over ports through a pipe between two processes: what arrives at one end leaves at the other. */
export class PortPipe {
  readonly #send: (message: PipeMessage) => void;
  readonly #ports = new Map<number, PortDouble>();
  #next = 1;

  constructor(send: (message: PipeMessage) => void) {
    this.#send = send;
  }

  /** Takes over a port that is handed to the other process; answers its name there. */
  give(port: PortDouble): number {
    const id = this.#next++;
    this.#attach(id, port);
    return id;
  }

  /** The port that came from the other process under this name. */
  take(id: number): PortDouble {
    const { port1, port2 } = new ChannelDouble();
    this.#attach(id, port1);
    return port2;
  }

  receive(message: Exclude<PipeMessage, { kind: 'message' }>): void {
    const port = this.#ports.get(message.port);
    if (port === undefined) return;
    if (message.kind === 'port-message') port.postMessage(message.data);
    else {
      this.#ports.delete(message.port);
      port.close();
    }
  }

  /** The other process is gone: its ends are disconnected. */
  close(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  #attach(id: number, port: PortDouble): void {
    this.#ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => this.#send({ kind: 'port-message', port: id, data }));
    port.on('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'port-close', port: id });
    });
    port.start();
  }
}
