import { existsSync } from 'node:fs';
import type { WireImportSummary, WireJobProgress } from '../../api/wire.ts';
import { UserError } from '../../model/errors.ts';
import { count, jsonLine, paint, safe, table, type Output } from '../print.ts';
import { readUserFile, type Session } from '../session.ts';

export interface ImportFlags {
  readonly profile?: string;
  readonly timezone?: string;
  readonly system?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
}

/** Imports files, folders, archives or stdin, then analyses. Returns the exit code. */
export async function importCommand(session: Session, paths: readonly string[], flags: ImportFlags): Promise<number> {
  const { client, output } = session;
  const profileFile = flags.profile !== undefined && (/\.ya?ml$/i.test(flags.profile) || existsSync(flags.profile));
  const options = {
    profile: profileFile ? undefined : flags.profile,
    profileYaml: profileFile ? readUserFile(flags.profile) : undefined,
    timezone: flags.timezone,
    system: flags.system,
  };
  const plan = await client.imports.plan({ files: paths.map((path) => ({ path })), options });
  if (plan.parts.length === 0) throw new UserError('not-found', `there is nothing to import in ${paths.join(', ')}`);
  const { job } = await client.imports.start({ plan: plan.id });
  const interrupt = (): void => {
    output.log('\nstopping …\n');
    session.engine.jobs.cancel(job);
  };
  process.once('SIGINT', interrupt);
  let last: WireJobProgress | undefined;
  try {
    for await (const progress of await client.jobs.watch({ job })) {
      last = progress;
      if (output.interactive) output.log(`\r\u001b[K${progressLine(progress)}`);
    }
  } finally {
    process.off('SIGINT', interrupt);
    if (output.interactive) output.log('\r\u001b[K');
  }
  if (last?.state === 'cancelled') {
    output.log('cancelled; what had been read completely is in the workspace\n');
    return 1;
  }
  if (last?.error) throw new UserError('bug', last.error.message);
  const summary = last!.summary!;
  if (flags.json) jsonLine(output, summary);
  else printSummary(output, summary);
  const rejected = summary.refused.length + summary.sources.reduce((n, source) => n + source.rejected, 0);
  if (summary.sources.length === 0 && summary.refused.length > 0) {
    if (flags.json) for (const { reason } of summary.refused) output.log(`waybill: ${safe(reason)}\n`);
    return 1;
  }
  return flags.strict && rejected > 0 ? 3 : 0;
}

function progressLine(progress: WireJobProgress): string {
  const share = progress.totalBytes ? `${Math.floor((100 * progress.bytes) / progress.totalBytes)} %` : '';
  const rate = progress.rate > 0 ? `${count(progress.rate, 'entry', 'entries')}/s` : '';
  const left = progress.remainingSeconds === null ? '' : `${progress.remainingSeconds} s left`;
  return [progress.stage, progress.detail, share, count(progress.entries, 'entry', 'entries'), rate, left]
    .filter(Boolean)
    .map(safe)
    .join(' · ');
}

type SummaryRow = WireImportSummary['sources'][number];

/** More sources than this are shown by folder and profile: a month of daily files is a few lines. */
const MOST_ROWS = 25;

function folded(sources: readonly SummaryRow[]): readonly SummaryRow[] {
  if (sources.length <= MOST_ROWS) return sources;
  const groups = new Map<string, SummaryRow[]>();
  for (const source of sources) {
    const folder = source.name.slice(0, source.name.lastIndexOf('/') + 1);
    const key = [folder, source.format, source.profile, source.outcome].join('\u0000');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  return [...groups.values()].map((group) => {
    const first = group[0]!;
    if (group.length === 1) return first;
    const total = (count: (source: SummaryRow) => number): number => group.reduce((n, source) => n + count(source), 0);
    const folder = first.name.slice(0, first.name.lastIndexOf('/') + 1);
    return {
      ...first,
      name: `${folder}* (${group.length} files)`,
      events: total((source) => source.events),
      rejected: total((source) => source.rejected),
    };
  });
}

function printSummary(output: Output, summary: WireImportSummary): void {
  table(
    output,
    [
      { title: 'source', value: (source) => source.name, max: 48 },
      { title: 'format', value: (source) => source.format },
      { title: 'profile', value: (source) => source.profile, max: 32 },
      { title: 'events', right: true, value: (source) => source.events.toLocaleString('en') },
      {
        title: 'rejected',
        right: true,
        value: (source) => source.rejected.toLocaleString('en'),
        style: (source) => (source.rejected > 0 ? 'yellow' : undefined),
      },
      { title: '', value: (source) => (source.outcome === 'known' ? 'already imported' : '') },
    ],
    folded(summary.sources),
  );
  for (const { reason } of summary.refused) output.out(`${paint(output, 'yellow', 'refused')}  ${safe(reason)}\n`);
  output.out(
    `\n${count(summary.events, 'event')} in ${summary.seconds.toFixed(1)} s · ${count(summary.records, 'record')} · ${count(summary.journeys, 'journey')} · ${count(summary.findings, 'finding')}\n`,
  );
}
