import type { MessagePortMain, ParentPort, UtilityProcess } from 'electron';
import { remote, serve, type Remote } from '../src/api/threads/rpc.ts';
import type { SqlAnswer, SqlQuestion } from '../src/api/threads/sql-answer.ts';

/** What main tells the engine's process to open. */
export interface OpenOptions {
  readonly home: string;
  readonly workspace: string;
  /** Files that were granted before this process was started, by their grant. */
  readonly grants: ReadonlyMap<string, string>;
}

/** What main asks of the engine's process. Ports for pages go beside this, as `CONNECT` with the port. */
export type EngineMethods = {
  /** Answers the path of the workspace. Throws `UserError` when it cannot be opened. */
  open(options: OpenOptions): Promise<string>;
  grant(grant: string, path: string): void;
  openWorkspace(path: string): Promise<string>;
  /** Stops jobs and threads. The process is then idle and may be ended. */
  close(): Promise<void>;
};

/** What the engine's process asks of main: only main can start processes. */
export type HostMethods = {
  runSql(run: number, question: SqlQuestion): Promise<SqlAnswer | undefined>;
  killSql(run: number): void;
  /** Another workspace is open now. */
  workspaceChanged(path: string): void;
};

/** The message that carries a port for a page. */
export const CONNECT = 'waybill:connect';

type RpcPort = Parameters<typeof serve>[0];

/** Main's side: calls into the engine's process, and answers its calls. */
export function linkToEngine(engine: UtilityProcess, host: HostMethods): Remote<EngineMethods> {
  const port = engine as unknown as RpcPort;
  serve<HostMethods>(port, host);
  return remote<EngineMethods>(port);
}

/** The engine's side. Electron wraps what arrives there in an event, with the ports that came along. */
export function linkToHost(parent: ParentPort, methods: EngineMethods, onPort: (port: MessagePortMain) => void): Remote<HostMethods> {
  const port = {
    postMessage: (message: unknown) => parent.postMessage(message),
    on: (event: string, listener: (message: unknown) => void) => {
      if (event === 'message') parent.on('message', ({ data }) => listener(data));
    },
  } as unknown as RpcPort;
  parent.on('message', ({ data, ports }) => {
    const [handed] = ports;
    if (data === CONNECT && handed !== undefined) onPort(handed);
  });
  serve<EngineMethods>(port, methods);
  return remote<HostMethods>(port);
}
