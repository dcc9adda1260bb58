import type { Session } from '../session.ts';
import { runPlan, understandingOf, type ImportFlags } from './import.ts';
import { sourceId } from './rejects.ts';

export interface RereadFlags extends Pick<ImportFlags, 'profile' | 'timezone' | 'system' | 'encoding' | 'json' | 'strict'> {
  readonly rejected?: boolean;
}

/** Reads a source again from the text that the workspace keeps, then analyses. Returns the exit code. */
export async function rereadCommand(session: Session, source: string, flags: RereadFlags): Promise<number> {
  const plan = await session.client.sources.plan({
    source: sourceId(source, 'reread'),
    options: { ...understandingOf(flags), encoding: flags.encoding },
    rejected: flags.rejected ?? false,
  });
  return runPlan(session, plan, flags);
}
