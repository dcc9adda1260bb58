import { existsSync } from 'node:fs';
import type { WireImportSummary, WireJobProgress, WirePlan } from '../../api/wire.ts';
import { UserError } from '../../model/errors.ts';
import { count, jsonLine, paint, safe, table, type Output } from '../print.ts';
import { readUserFile, type Session } from '../session.ts';

export interface ImportFlags {
  readonly profile?: string;
  readonly timezone?: string;
  readonly system?: string;
  readonly encoding?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
}

/** What the flags say about how to understand the data; a profile is the id of one or a file. */
export function understandingOf(flags: Pick<ImportFlags, 'profile' | 'timezone' | 'system'>) {
  const profileFile = flags.profile !== undefined && (/\.ya?ml$/i.test(flags.profile) || existsSync(flags.profile));
  return {
    profile: profileFile ? undefined : flags.profile,
    profileYaml: profileFile ? readUserFile(flags.profile) : undefined,
    profileName: profileFile ? flags.profile : undefined,
    timezone: flags.timezone,
    system: flags.system,
  };
}

/** Imports files, folders, archives or stdin, then analyses. Returns the exit code. */
export async function importCommand(session: Session, paths: readonly string[], flags: ImportFlags): Promise<number> {
  const { client, output } = session;
  const options = { ...understandingOf(flags), encoding: flags.encoding };
  const plan = await client.imports.plan({ files: paths.map((path) => ({ path })), options });
  if (plan.parts.length === 0) throw new UserError('not-found', `there is nothing to import in ${paths.join(', ')}`);
  if (!flags.json) {
    await sayKept(session, plan, flags);
    sayRemembered(output, plan);
    for (const { name, outcome, reason } of plan.parts)
      if (outcome === 'ready' && reason !== '') output.log(`${safe(name)}: ${safe(reason)}\n`);
  }
  return runPlan(session, plan, flags);
}

/** Imports what was planned and prints what came of it. Returns the exit code. */
export async function runPlan(session: Session, plan: WirePlan, flags: Pick<ImportFlags, 'json' | 'strict'>): Promise<number> {
  const { client, output } = session;
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

/** Where a profile that is kept decides how files are read, without being named, it is said; and where one cannot be used. */
async function sayKept({ client, output }: Session, plan: WirePlan, flags: ImportFlags): Promise<void> {
  const kept = (await client.profiles.list()).filter(({ path }) => path !== null);
  for (const { path, problem } of kept) if (problem !== null) output.log(`${safe(path ?? '')} cannot be used: ${safe(problem)}\n`);
  if (flags.profile !== undefined) return;
  const ids = new Set(kept.flatMap(({ id }) => id ?? []));
  sayReasons(
    output,
    plan.parts.filter(({ mapping }) => mapping !== null && ids.has(mapping.profile)),
  );
}

/** Where something that was remembered decides how files are read, it is said, once for all files of a kind. */
function sayRemembered(output: Output, plan: WirePlan): void {
  sayReasons(
    output,
    plan.parts.filter(({ remembered }) => remembered !== null),
  );
}

function sayReasons(output: Output, parts: WirePlan['parts']): void {
  const files = new Map<string, string[]>();
  for (const { name, mapping } of parts) {
    if (mapping === null) continue;
    const names = files.get(mapping.reason);
    if (names === undefined) files.set(mapping.reason, [name]);
    else names.push(name);
  }
  for (const [reason, names] of files) {
    const more = names.length === 1 ? '' : ` and ${count(names.length - 1, 'more', 'more')}`;
    output.log(`${safe(names[0]!)}${more}: ${safe(reason)}\n`);
  }
}

function progressLine(progress: WireJobProgress): string {
  const share = progress.totalBytes ? `${Math.floor((100 * progress.bytes) / progress.totalBytes)} %` : '';
  const rate = progress.rate > 0 ? `${count(progress.rate, 'entry', 'entries')}/s` : '';
  const left = progress.remainingSeconds === null ? '' : `${progress.remainingSeconds} s left`;
  const files = progress.files === null || progress.files.total < 2 ? '' : `${progress.files.done} of ${progress.files.total} files`;
  return [progress.stage, progress.detail, share, files, count(progress.entries, 'entry', 'entries'), rate, left]
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
      new: total((source) => source.new),
      duplicates: total((source) => source.duplicates),
      updated: total((source) => source.updated),
    };
  });
}

function printSummary(output: Output, summary: WireImportSummary): void {
  const overlaps = summary.duplicates + summary.updated > 0;
  const number = (title: string, value: (source: SummaryRow) => number) =>
    ({ title, right: true, value: (source: SummaryRow) => value(source).toLocaleString('en') }) as const;
  table(
    output,
    [
      { title: 'source', value: (source) => source.name, max: 48 },
      { title: 'format', value: (source) => source.format },
      { title: 'profile', value: (source) => source.profile, max: 32 },
      number('events', (source) => source.events),
      ...(overlaps
        ? [
            number('new', (source) => source.new),
            number('known', (source) => source.duplicates),
            number('updated', (source) => source.updated),
          ]
        : []),
      {
        ...number('rejected', (source) => source.rejected),
        style: (source) => (source.rejected > 0 ? 'yellow' : undefined),
      },
      { title: '', value: (source) => (source.outcome === 'known' ? 'already imported' : '') },
    ],
    folded(summary.sources),
  );
  for (const { name, notices = [] } of summary.sources) {
    for (const notice of notices) output.out(`${paint(output, 'yellow', 'note')}  ${safe(name)}: ${safe(notice)}\n`);
  }
  for (const { name, rejected, reread } of summary.sources) {
    if (reread === undefined || reread.rejectedBefore === 0) continue;
    const were = count(reread.rejectedBefore, 'entry', 'entries');
    output.out(
      `${safe(name)}: of ${were} rejected before, ${reread.understood.toLocaleString('en')} understood now; ${rejected.toLocaleString('en')} rejected\n`,
    );
  }
  for (const { reason } of summary.refused) output.out(`${paint(output, 'yellow', 'refused')}  ${safe(reason)}\n`);
  const parts = [`${summary.new.toLocaleString('en')} new`, `${summary.duplicates.toLocaleString('en')} already known`];
  if (summary.updated > 0) parts.push(`${summary.updated.toLocaleString('en')} updated`);
  output.out(
    `\n${count(summary.events, 'event')}${overlaps ? ` (${parts.join(', ')})` : ''} in ${summary.seconds.toFixed(1)} s · ${count(summary.records, 'record')} · ${count(summary.journeys, 'journey')} · ${count(summary.findings, 'finding')}\n`,
  );
}
