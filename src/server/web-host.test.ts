import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { bench } from '../../test/support/engine.ts';
import { put, tempFolder } from '../../test/support/temp.ts';
import { webSocketClient } from '../api/transports/web-socket.ts';
import { CONTENT_SECURITY_POLICY } from './guard.ts';
import { Uploads } from './uploads.ts';
import { startWebHost, type WebHost } from './web-host.ts';

let host: WebHost;
let uploads: Uploads;
let origin: string;
let token: string;

beforeAll(async () => {
  const folder = tempFolder();
  put(folder, 'ui/index.html', '<!doctype html><title>Waybill</title>');
  put(folder, 'ui/assets/app.js', 'export {};');
  put(folder, 'secret.txt', 'not to be served');
  const { engine, home } = await bench({ readThreads: 1 });
  uploads = new Uploads();
  host = await startWebHost({ context: { engine, home }, uploads, uiFolder: join(folder, 'ui'), port: 0 });
  origin = `http://127.0.0.1:${host.port}`;
  token = new URL(host.link).hash.match(/token=([\w-]+)$/)![1]!;
});
afterAll(async () => {
  await host.close();
  uploads.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request as it is: `fetch` would tidy the path and set headers of its own. */
function ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: host.port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

async function session(): Promise<string> {
  const answer = await ask('POST', '/session', { origin }, JSON.stringify({ token }));
  expect(answer.status).toBe(204);
  return (answer.headers['set-cookie'] as string[])[0]!;
}

/** `open`, or the status with which the socket was refused. */
function socketOutcome(headers: Readonly<Record<string, string>>, path = '/rpc'): Promise<'open' | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode!);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

describe('who may ask', () => {
  test('only by the names of this host and its port', async () => {
    for (const good of [`127.0.0.1:${host.port}`, `localhost:${host.port}`])
      expect((await ask('GET', '/', { host: good })).status).toBe(200);
    for (const bad of [
      'evil.com',
      `evil.com:${host.port}`,
      `127.0.0.1.evil.com:${host.port}`,
      '127.0.0.1',
      `127.0.0.1:${host.port + 1}`,
      `localhost.:${host.port}`,
      `0.0.0.0:${host.port}`,
    ]) {
      expect((await ask('GET', '/', { host: bad })).status, bad).toBe(403);
      expect((await ask('POST', '/session', { host: bad, origin: `http://${bad}` }, JSON.stringify({ token }))).status, bad).toBe(403);
    }
  });

  test('a request without any Host is no request', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(host.port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
      let all = '';
      socket.on('data', (chunk) => (all += chunk.toString()));
      socket.on('close', () => resolve(all));
    });
    expect(text).toMatch(/^HTTP\/1\.[01] 40[03]/);
  });

  test('the session needs the token, from this origin', async () => {
    const post = (headers: Readonly<Record<string, string>>, body: string) => ask('POST', '/session', headers, body);
    expect((await post({ origin }, JSON.stringify({ token: 'x'.repeat(token.length) }))).status).toBe(403);
    expect((await post({ origin }, JSON.stringify({ token: token.slice(0, -1) }))).status).toBe(403);
    expect((await post({ origin }, JSON.stringify({ token: [token] }))).status).toBe(403);
    expect((await post({ origin }, JSON.stringify({}))).status).toBe(403);
    expect((await post({ origin }, 'null')).status).toBe(403);
    expect((await post({ origin }, 'no json')).status).toBe(403);
    expect((await post({ origin }, 'x'.repeat(100_000))).status).toBe(400);
    expect((await post({}, JSON.stringify({ token }))).status).toBe(403);
    expect((await post({ origin: 'null' }, JSON.stringify({ token }))).status).toBe(403);
    expect((await post({ origin: 'http://evil.com' }, JSON.stringify({ token }))).status).toBe(403);
    expect((await post({ origin: `http://127.0.0.1:${host.port + 1}` }, JSON.stringify({ token }))).status).toBe(403);
    expect((await post({ origin: `https://127.0.0.1:${host.port}` }, JSON.stringify({ token }))).status).toBe(403);
    const cookie = await session();
    expect(cookie).toMatch(/^waybill=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(cookie).not.toContain(token);
  });

  test('the socket needs the cookie and this origin', async () => {
    const cookie = (await session()).split(';')[0]!;
    expect(await socketOutcome({ origin, cookie })).toBe('open');
    expect(await socketOutcome({ origin })).toBe(403);
    expect(await socketOutcome({ origin, cookie: 'waybill=guess' })).toBe(403);
    expect(await socketOutcome({ origin, cookie: `waybill=${token}` })).toBe(403);
    expect(await socketOutcome({ origin, cookie: cookie.replace('waybill', 'other') })).toBe(403);
    expect(await socketOutcome({ cookie })).toBe(403);
    expect(await socketOutcome({ origin: 'http://evil.com', cookie })).toBe(403);
    expect(await socketOutcome({ origin: 'http://evil.com', host: 'evil.com', cookie })).toBe(403);
    expect(await socketOutcome({ origin, cookie }, '/other')).toBe(403);
  });

  test('a socket that breaks off in the middle of a call harms nobody else', async () => {
    const cookie = (await session()).split(';')[0]!;
    const broken = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: { origin, cookie } });
    await new Promise((resolve) => broken.once('open', resolve));
    // The library below says on the console what it could not read.
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    broken.send('{"this is": "no call"');
    const pending = webSocketClient(broken).workspace.info();
    broken.terminate();
    await expect(pending).rejects.toThrow();
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: { origin, cookie } });
    expect((await webSocketClient(socket).workspace.info()).events).toBe(0);
    socket.close();
    said.mockRestore();
  });
});

describe('what is answered', () => {
  test('the interface, and nothing beside it', async () => {
    expect((await ask('GET', '/')).body).toContain('Waybill');
    expect((await ask('GET', '/assets/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask('HEAD', '/')).body).toBe('');
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//secret.txt',
      '/secret.txt',
      '/assets',
      '/assets/',
      '/rpc',
      '/index.html/x',
      '/\u0000',
    ]) {
      const { status, body } = await ask('GET', encodeURI(path).replaceAll('%25', '%'));
      expect(status, path).toBe(404);
      expect(body).not.toContain('not to be served');
    }
  });

  test('every answer carries the policy and none opens the door to other origins', async () => {
    const answers = [
      await ask('GET', '/'),
      await ask('GET', '/nowhere'),
      await ask('GET', '/', { host: 'evil.com' }),
      await ask('OPTIONS', '/session', { origin: 'http://evil.com', 'access-control-request-method': 'POST' }),
      await ask('POST', '/session', { origin: 'http://evil.com' }),
      await ask('POST', '/upload?name=x', { origin }),
      await ask('POST', '/session', { origin }, JSON.stringify({ token })),
    ];
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/script-src[^;]*unsafe/);
  });

  test('other methods are refused', async () => {
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) expect((await ask(method, '/', { origin })).status, method).toBe(405);
    expect((await ask('POST', '/elsewhere', { origin })).status).toBe(404);
  });

  test('a target that is no path of this host is refused', async () => {
    expect((await ask('GET', '//')).status).toBe(404);
    expect((await ask('GET', 'http://evil.com/')).status).toBe(400);
    expect((await ask('GET', '.evil.com/')).status).toBe(400);
    expect((await ask('GET', '/')).status).toBe(200);
  });
});

describe('uploads', () => {
  test('need the session', async () => {
    expect((await ask('POST', '/upload?name=a.csv', { origin }, 'a,b\n')).status).toBe(403);
    expect(
      (await ask('POST', '/upload?name=a.csv', { origin: 'http://evil.com', cookie: (await session()).split(';')[0]! }, 'a,b\n')).status,
    ).toBe(403);
  });

  test.each([
    ['orders.csv', 'orders.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\log.txt', 'log.txt'],
    ['..', 'upload'],
    ['', 'upload'],
    ['a\u0000b\n<c>.csv', 'a_b__c_.csv'],
    ['long'.repeat(100), 'long'.repeat(50)],
  ])('keep the name %j as %j', async (name, kept) => {
    const cookie = (await session()).split(';')[0]!;
    const { status, body } = await ask('POST', `/upload?name=${encodeURIComponent(name)}`, { origin, cookie }, 'a,b\n1,2\n');
    expect(status).toBe(200);
    const { grant } = JSON.parse(body) as { grant: string };
    const path = uploads.path(grant);
    expect(basename(path)).toBe(kept);
    // Nothing that could be taken for the name of a system.
    expect(basename(dirname(path))).toMatch(/^\d+$/);
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
  });

  test('files of one folder keep their places in it, never leave it, and share its grant', async () => {
    const cookie = (await session()).split(';')[0]!;
    const folder = randomUUID();
    const send = async (name: string, text: string): Promise<string> => {
      const { body } = await ask('POST', `/upload?folder=${folder}&name=${encodeURIComponent(name)}`, { origin, cookie }, text);
      return (JSON.parse(body) as { grant: string }).grant;
    };
    for (const [name, text] of [
      ['logs/erp/a.log', 'one'],
      ['logs/wms/a.log', 'two'],
      ['logs/../../../etc/passwd', 'three'],
      ['logs/a?.log', 'four'],
      ['logs/a*.log', 'five'],
    ] as const)
      expect(await send(name, text)).toBe(folder);
    const root = uploads.path(folder);
    expect(
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)))
        .toSorted(),
    ).toEqual(['logs/2-a_.log', 'logs/a_.log', 'logs/erp/a.log', 'logs/upload/upload/upload/etc/passwd', 'logs/wms/a.log']);
    expect(readFileSync(join(root, 'logs/2-a_.log'), 'utf8')).toBe('five');
  });

  test('a folder is named by a UUID and nothing else', async () => {
    const cookie = (await session()).split(';')[0]!;
    expect((await ask('POST', `/upload?folder=${encodeURIComponent('../..')}&name=a.csv`, { origin, cookie }, 'a')).status).not.toBe(200);
  });

  test('a grant that was never given stands for nothing', () => {
    expect(() => uploads.path('../../etc/passwd')).toThrow('this upload is gone');
  });
});
