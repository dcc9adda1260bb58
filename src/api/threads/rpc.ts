import type { MessagePort, Worker } from 'node:worker_threads';
import { Cancelled, UserError, type ErrorCode } from '../../model/errors.ts';

/**
 * Calls between the threads of the engine: typed by an interface of async methods, carried by `postMessage`. Only for our own
 * threads; what crosses to a user interface is the contract's business (`src/api/transports`).
 */
export type Methods = { readonly [name: string]: (...args: never[]) => unknown };

interface CallMessage {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}
interface AnswerMessage {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: WireError;
}
export interface WireError {
  readonly kind: 'user' | 'cancelled' | 'bug';
  readonly code: ErrorCode;
  readonly message: string;
  readonly place: string | undefined;
  readonly stack: string | undefined;
}

type Port = Pick<MessagePort | Worker, 'postMessage' | 'on'>;

/** A callable view of the methods on the other side of a port. */
export type Remote<T extends Methods> = { readonly [K in keyof T]: (...args: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>> };

/** Calls into the thread behind `port`. When the thread dies, everything under way fails. */
export function remote<T extends Methods>(port: Port): Remote<T> {
  let next = 1;
  let dead: Error | undefined;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  port.on('message', (message: AnswerMessage) => {
    if (typeof message !== 'object' || message === null || !('answer' in message)) return;
    const call = waiting.get(message.answer);
    if (call === undefined) return;
    waiting.delete(message.answer);
    if (message.error !== undefined) call.reject(reviveError(message.error));
    else call.resolve(message.value);
  });
  const fail = (error: Error): void => {
    dead = error;
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  };
  (port as Worker).on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  (port as Worker).on('exit', () => fail(new Error('the thread ended')));
  return new Proxy({} as Remote<T>, {
    get: (_target, method) => {
      // A proxy that is awaited must not look like a promise.
      if (typeof method !== 'string' || method === 'then') return undefined;
      return (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          if (dead !== undefined) {
            reject(dead);
            return;
          }
          const call = next++;
          waiting.set(call, { resolve, reject });
          const message: CallMessage = { call, method, args };
          port.postMessage(message);
        });
    },
  });
}

/** Answers calls that come in on `port`. Calls run in the order they came; an async method does not hold up the next. */
export function serve<T extends Methods>(port: Port, methods: T): void {
  port.on('message', (message: CallMessage) => {
    if (typeof message !== 'object' || message === null || !('call' in message)) return;
    const method = (methods as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[message.method];
    void (async () => {
      try {
        if (method === undefined) throw new Error(`no method ${message.method}`);
        const value = await method(...message.args);
        port.postMessage({ answer: message.call, value } satisfies AnswerMessage);
      } catch (error) {
        port.postMessage({ answer: message.call, error: describeError(error) } satisfies AnswerMessage);
      }
    })();
  });
}

/** An error as data. */
export function describeError(error: unknown): WireError {
  if (error instanceof UserError) return { kind: 'user', code: error.code, message: error.message, place: error.place, stack: undefined };
  if (error instanceof Cancelled)
    return { kind: 'cancelled', code: 'cancelled', message: error.message, place: undefined, stack: undefined };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'bug', code: 'bug', message, place: undefined, stack: error instanceof Error ? error.stack : undefined };
}

/** The inverse of `describeError`. */
export function reviveError(error: WireError): Error {
  if (error.kind === 'user') return new UserError(error.code, error.message, error.place);
  if (error.kind === 'cancelled') {
    const cancelled = new Cancelled('');
    cancelled.message = error.message;
    return cancelled;
  }
  const bug = new Error(error.message);
  if (error.stack !== undefined) bug.stack = error.stack;
  return bug;
}
