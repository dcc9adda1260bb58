import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { PortPipe, type PipeMessage } from './ports.ts';

/** The first module in the double's utility process: makes `process.parentPort`, then runs the real module. */
class ParentPortDouble extends EventEmitter {
  readonly #pipe = new PortPipe((message) => process.send!(message));
  #early: PipeMessage[] | undefined = [];

  constructor() {
    super();
    process.on('message', (message: PipeMessage) => {
      if (this.#early === undefined) this.#deliver(message);
      else this.#early.push(message);
    });
    // Electron keeps messages until somebody listens.
    this.once('newListener', () =>
      setImmediate(() => {
        const early = this.#early ?? [];
        this.#early = undefined;
        for (const message of early) this.#deliver(message);
      }),
    );
  }

  postMessage(data: unknown): void {
    process.send!({ kind: 'message', data, ports: [] } satisfies PipeMessage);
  }

  #deliver(message: PipeMessage): void {
    if (message.kind === 'message') this.emit('message', { data: message.data, ports: message.ports.map((id) => this.#pipe.take(id)) });
    else this.#pipe.receive(message);
  }
}

Object.assign(process, { parentPort: new ParentPortDouble() });
// The real one dies with its parent.
process.on('disconnect', () => process.exit(0));
await import(pathToFileURL(process.argv[2]!).href);
