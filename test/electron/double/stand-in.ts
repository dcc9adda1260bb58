import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks the fuses in Electron's binary (`@electron/fuses`). */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * A folder that looks like an unpacked Electron for Linux to the packager: a program that cannot run, but whose fuses can be set.
 * All eight fuses start in the position that the real binary has them in.
 */
export function makeStandIn(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  const wire = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, 8]), Buffer.from('10110001')]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('a stand-in for Electron\n'), wire, Buffer.alloc(64)]));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'locales/en-US.pak'), '');
}
