import { readFileSync } from 'node:fs';

/** Waybill's version: package.json is the one place that says it. It stands two folders up from here, in a checkout and in a build. */
export const VERSION: string = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;
