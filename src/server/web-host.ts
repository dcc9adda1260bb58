import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveWebSocket } from '../api/transports/web-socket.ts';
import type { RouterContext } from '../api/router.ts';
import { UserError } from '../model/errors.ts';
import { Guard, SECURITY_HEADERS } from './guard.ts';
import { loadStaticFiles } from './static-files.ts';
import type { Uploads } from './uploads.ts';

export interface WebHostOptions {
  readonly context: RouterContext;
  readonly uploads: Uploads;
  /** Folder of the built user interface. */
  readonly uiFolder: string;
  /** 0 for a free one. */
  readonly port: number;
}

export interface WebHost {
  /** Link with the token in its fragment, which browsers do not send: `http://127.0.0.1:1234/#token=…`. */
  readonly link: string;
  readonly port: number;
  /** The link to a place in the app: `/journey/order/SO-1`. */
  linkTo(route: string): string;
  close(): Promise<void>;
}

/** Serves the app on the loopback interface. See `Guard` for who may talk to it. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const guard = new Guard();
  const files = loadStaticFiles(options.uiFolder);
  const server = createServer((request, response) => {
    handle(request, response, { guard, files, uploads: options.uploads }).catch((error: unknown) => {
      answer(
        response,
        error instanceof UserError ? 400 : 500,
        'text/plain',
        error instanceof UserError ? error.message : 'the request failed',
      );
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 * 1024 });
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/rpc' || !guard.originAllowed(request) || !guard.sessionAllowed(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => serveWebSocket(accepted, options.context));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new UserError('invalid-input', `port ${options.port} is in use: choose another with --port`);
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  guard.listenOn(port);
  const linkTo = (route: string): string => `http://127.0.0.1:${port}/#${route}${route.includes('?') ? '&' : '?'}token=${guard.token}`;
  return {
    link: linkTo('/'),
    port,
    linkTo,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Site {
  readonly guard: Guard;
  readonly files: ReturnType<typeof loadStaticFiles>;
  readonly uploads: Uploads;
}

async function handle(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  if (!site.guard.hostAllowed(request)) {
    answer(response, 403, 'text/plain', 'this host answers only to its own name');
    return;
  }
  // Put together and not resolved: `//name/path` against a base would be another host's path.
  const url = URL.parse(`http://localhost${request.url ?? '/'}`);
  if (url === null || url.host !== 'localhost') {
    answer(response, 400, 'text/plain', 'not an address');
    return;
  }
  if (request.method === 'POST') {
    if (!site.guard.originAllowed(request)) answer(response, 403, 'text/plain', 'not from this origin');
    else if (url.pathname === '/session') await openSession(request, response, site);
    else if (url.pathname === '/upload') await upload(request, response, url, site);
    else answer(response, 404, 'text/plain', 'not found');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, 405, 'text/plain', 'not allowed');
    return;
  }
  // The interface itself is no secret; the data behind it needs the session.
  const file = site.files.get(url.pathname);
  if (file === undefined) answer(response, 404, 'text/plain', 'not found');
  else answer(response, 200, file.type, request.method === 'HEAD' ? '' : file.body);
}

async function openSession(request: IncomingMessage, response: ServerResponse, { guard }: Site): Promise<void> {
  const body = await readSmall(request);
  let token: unknown;
  try {
    token = (JSON.parse(body) as { token?: unknown }).token;
  } catch {
    // What is no JSON carries no token; the cookie may still do.
    token = undefined;
  }
  // A page that is loaded again has the cookie and no token any more.
  if ((typeof token === 'string' && guard.tokenAllowed(token)) || guard.sessionAllowed(request)) {
    response.setHeader('Set-Cookie', guard.cookie);
    answer(response, 204, 'text/plain', '');
  } else answer(response, 403, 'text/plain', 'open the link that Waybill printed: it carries the key to this session');
}

async function upload(request: IncomingMessage, response: ServerResponse, url: URL, { guard, uploads }: Site): Promise<void> {
  if (!guard.sessionAllowed(request)) {
    answer(response, 403, 'text/plain', 'no session');
    return;
  }
  const grant = await uploads.receive(url.searchParams.get('name') ?? 'upload', request, url.searchParams.get('folder') ?? undefined);
  answer(response, 200, 'application/json', JSON.stringify({ grant }));
}

async function readSmall(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > 4096) throw new UserError('limit-exceeded', 'the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': type });
  response.end(body);
}
