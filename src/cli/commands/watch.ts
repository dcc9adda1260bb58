import { relative } from 'node:path';
import type { FileResult } from '../../api/engine/watches.ts';
import { count, jsonLine, paint, safe, type Output } from '../print.ts';
import type { Session } from '../session.ts';
import { interrupted } from './serve.ts';

export interface WatchFlags {
  readonly profile?: string;
  readonly timezone?: string;
  readonly system?: string;
  readonly encoding?: string;
  readonly json?: boolean;
}

/** Imports what is in folders and what comes into them, until it is interrupted. Prints a line a file. */
export async function watchCommand({ client, engine, output }: Session, folders: readonly string[], flags: WatchFlags): Promise<number> {
  engine.watches.onFile((result) => (flags.json ? jsonLine(output, result) : printResult(output, result)));
  const { profile, timezone, system, encoding } = flags;
  for (const path of folders) await client.watches.add({ folder: { path }, options: { profile, timezone, system, encoding } });
  output.log(`watching ${count(folders.length, 'folder')} for ${safe(engine.workspace)}; Ctrl-C stops it\n`);
  await interrupted();
  return 0;
}

function printResult(output: Output, { path, outcome, events, rejected, message }: FileResult): void {
  const near = relative(process.cwd(), path);
  const name = safe(near.startsWith('..') ? path : near);
  switch (outcome) {
    case 'imported': {
      const but = rejected === 0 ? '' : `, ${paint(output, 'yellow', `${rejected.toLocaleString('en')} rejected`)}`;
      output.out(`${name}: ${count(events, 'event')}${but}\n`);
      return;
    }
    case 'known':
      output.out(`${name}: already imported\n`);
      return;
    case 'failed':
      output.out(`${name}: ${paint(output, 'yellow', 'failed')}: ${safe(message)}\n`);
  }
}
