import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { PortPipe, type PipeMessage, type PortDouble } from './ports.ts';

const ENTRY = fileURLToPath(new URL('./utility-entry.ts', import.meta.url));

/** `utilityProcess` over a forked Node process. */
export class UtilityDouble extends EventEmitter {
  readonly child: ChildProcess;
  readonly module: string;
  readonly #pipe: PortPipe;

  constructor(module: string) {
    super();
    this.module = module;
    this.child = fork(ENTRY, [module], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced', execArgv: [] });
    this.#pipe = new PortPipe((message) => this.#send(message));
    this.child.on('message', (message: PipeMessage) => {
      if (message.kind === 'message') this.emit('message', message.data);
      else this.#pipe.receive(message);
    });
    this.child.on('exit', (code) => {
      this.#pipe.close();
      this.emit('exit', code ?? 0);
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get stdout(): Readable | null {
    return this.child.stdout;
  }

  get stderr(): Readable | null {
    return this.child.stderr;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  postMessage(data: unknown, transfer: readonly PortDouble[] = []): void {
    this.#send({ kind: 'message', data, ports: transfer.map((port) => this.#pipe.give(port)) });
  }

  kill(): boolean {
    return this.child.kill('SIGTERM');
  }

  #send(message: PipeMessage): void {
    if (this.child.connected) this.child.send(message);
  }
}
