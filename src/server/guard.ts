import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the loopback host. Any page in any browser tab can send requests to 127.0.0.1, and a name that resolves to it
 * makes them same-origin (DNS rebinding); so a request must name exactly this host and port, must carry the session's cookie, and,
 * when it opens a web socket or posts, must come from our own origin.
 */
export class Guard {
  /** 256 random bits, shown once in the link. */
  readonly token: string = randomBytes(32).toString('base64url');
  readonly #session: string = randomBytes(32).toString('base64url');
  #hosts: ReadonlySet<string> = new Set();

  /** The port is known only when the server listens. */
  listenOn(port: number): void {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  }

  hostAllowed(request: IncomingMessage): boolean {
    return request.headers.host !== undefined && this.#hosts.has(request.headers.host);
  }

  /** The Origin header must be present and ours: its absence proves nothing. */
  originAllowed(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    return origin !== undefined && host !== undefined && origin === `http://${host}` && this.hostAllowed(request);
  }

  tokenAllowed(token: string): boolean {
    return equal(token, this.token);
  }

  /** `Set-Cookie` for a browser that showed the token. */
  get cookie(): string {
    return `waybill=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  sessionAllowed(request: IncomingMessage): boolean {
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = part.trim().split('=');
      if (name === 'waybill' && value !== undefined && equal(value, this.#session)) return true;
    }
    return false;
  }
}

function equal(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** No inline scripts, no eval, nothing from elsewhere. React Flow and others set inline style attributes, hence `style-src-attr`. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; worker-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
