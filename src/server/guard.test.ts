import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { Guard } from './guard.ts';

const asks = (headers: Readonly<Record<string, string>>): IncomingMessage => ({ headers }) as unknown as IncomingMessage;

test('the token is compared whole, and is another one each time', () => {
  const guard = new Guard();
  expect(guard.tokenAllowed(guard.token)).toBe(true);
  for (const wrong of ['', guard.token.slice(1), `${guard.token}a`, guard.token.toLowerCase().toUpperCase(), new Guard().token])
    expect(guard.tokenAllowed(wrong)).toBe(false);
  expect(Buffer.from(guard.token, 'base64url')).toHaveLength(32);
});

test('nothing is allowed before the port is known', () => {
  const guard = new Guard();
  expect(guard.hostAllowed(asks({ host: '127.0.0.1:0' }))).toBe(false);
  guard.listenOn(4000);
  expect(guard.hostAllowed(asks({ host: '127.0.0.1:4000' }))).toBe(true);
  expect(guard.hostAllowed(asks({ host: '[::1]:4000' }))).toBe(true);
  expect(guard.hostAllowed(asks({}))).toBe(false);
});

test('the session is found among other cookies, and only under its name', () => {
  const guard = new Guard();
  const own = guard.cookie.split(';')[0]!;
  expect(guard.sessionAllowed(asks({ cookie: `a=b; ${own}; c=d` }))).toBe(true);
  expect(guard.sessionAllowed(asks({ cookie: `x${own}` }))).toBe(false);
  expect(guard.sessionAllowed(asks({ cookie: 'waybill' }))).toBe(false);
  expect(guard.sessionAllowed(asks({ cookie: new Guard().cookie }))).toBe(false);
  expect(guard.sessionAllowed(asks({}))).toBe(false);
});

test('an origin must be ours to the letter', () => {
  const guard = new Guard();
  guard.listenOn(4000);
  const host = '127.0.0.1:4000';
  expect(guard.originAllowed(asks({ host, origin: 'http://127.0.0.1:4000' }))).toBe(true);
  for (const origin of ['http://localhost:4000', 'https://127.0.0.1:4000', 'http://127.0.0.1:4000/', 'http://127.0.0.1:40000', 'null']) {
    expect(guard.originAllowed(asks({ host, origin })), origin).toBe(false);
  }
  expect(guard.originAllowed(asks({ host: 'evil.com', origin: 'http://evil.com' }))).toBe(false);
  expect(guard.originAllowed(asks({ host }))).toBe(false);
});
