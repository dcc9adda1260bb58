import { Command } from 'commander';
import { FINDING_KINDS, FINDING_STATUSES } from '../model/finding.ts';
import { VERSION } from '../api/version.ts';
import {
  flowsAddCommand,
  flowsBacktestCommand,
  flowsCheckCommand,
  flowsLearnCommand,
  flowsListCommand,
  flowsRemoveCommand,
} from './commands/flows.ts';
import { COMPANIES } from '../simulate/index.ts';
import { conflictsCommand, decideCommand, decisionsCommand, identityCommand, undoCommand } from './commands/identity.ts';
import { DECISION_KINDS, type DecisionKind } from '../model/identity-decision.ts';
import { importCommand, type ImportFlags } from './commands/import.ts';
import { incidentsCommand } from './commands/incidents.ts';
import { mappingsCommand } from './commands/mappings.ts';
import { profilesCommand } from './commands/profiles.ts';
import { changesCommand, findingCommand, findingsCommand } from './commands/findings.ts';
import { recordsCommand, sourcesCommand, sqlCommand, traceCommand } from './commands/queries.ts';
import { rejectsCommand } from './commands/rejects.ts';
import { rereadCommand, type RereadFlags } from './commands/reread.ts';
import { serveCommand } from './commands/serve.ts';
import { simulateCommand, type SimulateFlags } from './commands/simulate.ts';
import { watchCommand, type WatchFlags } from './commands/watch.ts';
import { demoCommand } from './commands/demo.ts';
import type { Output } from './print.ts';
import { withSession, type Session, type SessionOptions } from './session.ts';

/** Tells `run` the exit code of the command that ran. */
export interface Outcome {
  exitCode: number;
}

const DECIDING: Readonly<Record<DecisionKind, string>> = {
  link: 'say that the record of the first identifier owns that of the second, whose entries join its journey; then analyse and print what changed',
  unlink: 'say that two records do not belong together; then analyse and print what changed',
  merge: 'say that two identifiers are one record; then analyse and print what changed',
  split: 'say that two identifiers that were taken for one record are two; then analyse and print what changed',
};

/** The command line as commander knows it: the reference in `docs/cli.md` is generated from this. */
export function createProgram(output: Output, outcome: Outcome): Command {
  const program = new Command('waybill')
    .description(
      'What happened to this order? Rebuilds the journeys of business records from the logs and exports you already have, offline.',
    )
    .version(VERSION)
    .option('--debug', 'show stack traces')
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.log });

  /** A command that needs an open workspace. */
  const workspaceCommand = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--workspace <file>', 'the workspace file (default: default.waybill in WAYBILL_HOME)');
  const inSession = (
    flags: { workspace?: string },
    run: (session: Session) => Promise<number>,
    options: Pick<SessionOptions, 'watch'> = {},
  ): Promise<void> =>
    withSession({ workspace: flags.workspace, ...options }, output, run).then((code) => {
      outcome.exitCode = code;
    });

  workspaceCommand('import', 'import files, folders, archives, or - for stdin; then analyse')
    .argument('<path...>', 'what to import')
    .option('--profile <id|file>', 'how to understand them: the id of a profile (see waybill profiles) or a profile file (YAML)')
    .option('--timezone <zone>', 'IANA zone of times that carry none')
    .option('--system <name>', 'the system they come from')
    .option('--encoding <name>', 'the encoding of the files, where it is not to be recognised: ISO-8859-2, IBM-037 (EBCDIC) …')
    .option('--strict', 'exit with 3 when anything was rejected')
    .option('--json', 'print the summary as JSON')
    .action((paths: string[], flags: ImportFlags & { workspace?: string }) =>
      inSession(flags, (session) => importCommand(session, paths, flags)),
    );

  workspaceCommand('sources', 'what was imported')
    .option('--json', 'print a JSON array')
    .action((flags) => inSession(flags, (session) => sourcesCommand(session, flags)));

  workspaceCommand('rejects', 'what was refused, and why')
    .option('--source <id>', 'of one source only')
    .option('--code <code>', 'for one reason only: malformed, truncated, no-time-no-order …')
    .option('--bytes', 'with the text itself')
    .option('--json', 'print a JSON array')
    .option('--csv', 'print CSV; cells that a spreadsheet would take for a formula begin with an apostrophe')
    .action((flags) => inSession(flags, (session) => rejectsCommand(session, flags)));

  workspaceCommand('reread', 'read a source again from the text that the workspace keeps, without its file; then analyse')
    .argument('<source>', 'the number of the source (see waybill sources)')
    .option('--profile <id|file>', 'how to understand it: the id of a profile (see waybill profiles), inferred, or a profile file (YAML)')
    .option('--timezone <zone>', 'IANA zone of times that carry none')
    .option('--system <name>', 'the system it comes from')
    .option('--encoding <name>', 'the encoding of its bytes, where it was read in a wrong one and its text gives the bytes back')
    .option('--rejected', 'only what was rejected is read in a new way; the rest is understood as before')
    .option('--strict', 'exit with 3 when anything was rejected')
    .option('--json', 'print the summary as JSON')
    .action((source: string, flags: RereadFlags & { workspace?: string }) =>
      inSession(flags, (session) => rereadCommand(session, source, flags)),
    );

  workspaceCommand('mappings', 'what was corrected and is proposed for files of the same shape')
    .option('--forget <id>', 'let go of one')
    .option('--json', 'print a JSON array')
    .action((flags) => inSession(flags, (session) => mappingsCommand(session, flags)));

  workspaceCommand('profiles', 'what --profile may name: profiles that are kept in WAYBILL_HOME/profiles, and those of platforms')
    .option('--json', 'print a JSON array')
    .action((flags) => inSession(flags, (session) => profilesCommand(session, flags)));

  workspaceCommand('watch', 'import what is in folders and what comes into them, until Ctrl-C; print a line a file')
    .argument('<dir...>', 'what to watch')
    .option('--profile <id>', 'how to understand the files: the id of a profile (see waybill profiles)')
    .option('--timezone <zone>', 'IANA zone of times that carry none')
    .option('--system <name>', 'the system they come from')
    .option('--encoding <name>', 'the encoding of the files, where it is not to be recognised')
    .option('--json', 'print one JSON object a line')
    .action((folders: string[], flags: WatchFlags & { workspace?: string }) =>
      inSession(flags, (session) => watchCommand(session, folders, flags), { watch: 'session' }),
    );

  workspaceCommand('records', 'records with the summary of their journey')
    .argument(
      '[query...]',
      'part of an identifier, and terms such as status:failed type:order system:erp finding:gap severity:warning completeness:lacking conflict:any',
    )
    .option('--json', 'print one JSON object a line')
    .action((query: string[], flags) => inSession(flags, (session) => recordsCommand(session, query.join(' '), flags)));

  workspaceCommand('trace', 'the journey of one record')
    .argument('<id>', 'any identifier of it')
    .option('--type <type>', 'its type, where several records share the identifier')
    .option('--json', 'print the journey as JSON')
    .action((id: string, flags) => inSession(flags, (session) => traceCommand(session, id, flags)));

  workspaceCommand('findings', 'what went wrong')
    .option('--kind <kind>', `one of ${Object.keys(FINDING_KINDS).join(', ')}`)
    .option('--record <id>', 'of one record only')
    .option('--status <status>', `one of ${FINDING_STATUSES.join(', ')}, or all (default: open and acknowledged)`)
    .option('--taught', 'instead of findings, the thresholds that false alarms have raised')
    .option('--json', 'print one JSON object a line')
    .action((flags) => inSession(flags, (session) => findingsCommand(session, flags)));

  workspaceCommand('finding', 'one finding as text for a ticket; say how it stands')
    .argument('<id...>', 'its id (see waybill findings)')
    .option('--set <status>', `${FINDING_STATUSES.join(', ')}: kept over any import; a false alarm raises the threshold that decided`)
    .option('--note <text>', 'why')
    .option('--json', 'print one JSON object a line')
    .action((ids: string[], flags) => inSession(flags, (session) => findingCommand(session, ids, flags)));

  workspaceCommand('incidents', 'findings of one cause that belong together in time, with how far they reach')
    .argument('[id...]', 'as text for a ticket, with what the affected records have in common')
    .option('--json', 'print one JSON object a line')
    .action((ids: string[], flags) => inSession(flags, (session) => incidentsCommand(session, ids, flags)));

  workspaceCommand('changes', 'what the last import changed: new findings, those that resolved themselves, verdicts that flipped')
    .option('--all', 'of the last ten imports')
    .option('--json', 'print one JSON object an import')
    .action((flags) => inSession(flags, (session) => changesCommand(session, flags)));

  workspaceCommand('sql', 'run one read-only SELECT over the documented views')
    .argument('<select>', 'the query')
    .option('--json', 'print one JSON object a line')
    .action((sql: string, flags) => inSession(flags, (session) => sqlCommand(session, sql, flags)));

  const identity = program
    .command('identity')
    .description('who is who: how records are spelled and linked, what the data contradicts itself about, and what was decided by hand');
  const identityGroup = (name: string, description: string): Command =>
    identity
      .command(name)
      .description(description)
      .option('--workspace <file>', 'the workspace file (default: default.waybill in WAYBILL_HOME)');

  identityGroup('show', 'how a record is spelled and linked, with the rule, the numbers and the entries that show it')
    .argument('<id>', 'any identifier of it')
    .option('--type <type>', 'its type, where several records share the identifier')
    .option('--json', 'print one JSON object')
    .action((id: string, flags) => inSession(flags, (session) => identityCommand(session, id, flags)));

  identityGroup('conflicts', 'records that several claim where one is usual, and numbers that stand for several records')
    .option('--json', 'print one JSON object a line')
    .action((flags) => inSession(flags, (session) => conflictsCommand(session, flags)));

  for (const kind of DECISION_KINDS) {
    const command = identityGroup(kind, DECIDING[kind])
      .argument('<a>', 'an identifier')
      .argument('<b>', 'another one')
      .option('--type <type>', 'the type of the first, where several share the spelling')
      .option('--other-type <type>', 'the type of the second')
      .option('--note <text>', 'why')
      .option('--json', 'print one JSON object');
    if (kind === 'link') command.option('--relates', 'they belong together, and neither owns the other');
    command.action((a: string, b: string, flags) => inSession(flags, (session) => decideCommand(session, kind, a, b, flags)));
  }

  identityGroup('undo', 'take back a decision as if it had never been; then analyse')
    .argument('[decision]', 'its number (default: the last one)')
    .option('--json', 'print one JSON object')
    .action((id: string | undefined, flags) => inSession(flags, (session) => undoCommand(session, id, flags)));

  identityGroup('list', 'what was decided by hand, and whether it holds in the data')
    .option('--json', 'print one JSON object a line')
    .action((flags) => inSession(flags, (session) => decisionsCommand(session, flags)));

  const flows = program
    .command('flows')
    .description('flow passports: what is declared of the journeys of a record type, beside what is learned');
  const flowsCommand = (name: string, description: string): Command =>
    flows
      .command(name)
      .description(description)
      .option('--workspace <file>', 'the workspace file (default: default.waybill in WAYBILL_HOME)');

  flowsCommand('learn', 'write what is usual as a passport (YAML), with the numbers behind it')
    .option('--type <type>', 'the type of record (default: the one with most journeys)')
    .option('--flow <name>', 'only the steps of this flow')
    .option('--out <file>', 'write a new file instead of printing it')
    .action((flags) => inSession(flags, (session) => flowsLearnCommand(session, flags)));

  flows
    .command('check')
    .description('say what is wrong with passports, and what is unwise, with line and column; exit with 1 when one cannot be used')
    .argument('<file...>', 'passports (YAML)')
    .option('--workspace <file>', 'hold names and times against this workspace')
    .option('--json', 'print a JSON array')
    .action(async (files: string[], flags: { workspace?: string; json?: boolean }) => {
      if (flags.workspace === undefined) outcome.exitCode = await flowsCheckCommand(output, files, flags);
      else await inSession(flags, (session) => flowsCheckCommand(output, files, flags, session));
    });

  flowsCommand('add', 'keep a passport in the workspace in place of the one of its name; then analyse')
    .argument('<file>', 'the passport (YAML)')
    .action((file: string, flags) => inSession(flags, (session) => flowsAddCommand(session, file)));

  flowsCommand('list', 'the passports that the workspace is judged by')
    .option('--json', 'print a JSON array')
    .action((flags) => inSession(flags, (session) => flowsListCommand(session, flags)));

  flowsCommand('remove', 'forget a passport; then analyse')
    .argument('<name>', 'its name (see waybill flows list)')
    .action((name: string, flags) => inSession(flags, (session) => flowsRemoveCommand(session, name)));

  flowsCommand('backtest', 'what would be found with a passport, per week and kind, beside what is found now; changes nothing')
    .argument('<file>', 'the passport (YAML)')
    .option('--json', 'print one JSON object')
    .action((file: string, flags) => inSession(flags, (session) => flowsBacktestCommand(session, file, flags)));

  program
    .command('simulate')
    .description('write the logs of a made-up company with injected faults, and truth.json')
    .requiredOption('--out <dir>', 'folder to write into')
    .option('--company <name>', `which company: ${COMPANIES.map(({ id, title }) => `${id} (${title})`).join(', ')}`, COMPANIES[0]!.id)
    .option('--orders <n>', 'number of its cases: orders, claims', '1000')
    .option('--seed <s>', 'the same seed gives the same bytes', '1')
    .option('--format <format>', 'company (each system in its own format) or ndjson (one big file, of the shop only)', 'company')
    .option('--faults <kinds>', 'none, usual, all (that the company can suffer), or kinds such as delay/hop,gap/partial', 'usual')
    .option('--skew <system=offset...>', 'clocks that are wrong: erp=+90s is ahead, wms=-2m,50ppm is behind and drifts')
    .option('--partial <system=part...>', 'logs that are not whole: crm=ends:5h (before the others), erp=starts:12h, wms=absent')
    .option('--overlap <duration>', 'how much of the next day each daily file tells as well, such as 3h', '0s')
    .option('--noise <share>', 'entries about nothing, such as health checks, for each entry (0 to 1)', '0')
    .option('--broken <share>', 'entries cut off in the middle, beside the whole ones, for each entry (0 to 1)', '0')
    .option('--json', 'print the summary as JSON')
    .action(async (flags: SimulateFlags) => {
      outcome.exitCode = await simulateCommand(output, flags);
    });

  workspaceCommand('serve', 'serve the app to a browser on this machine only')
    .option('--port <n>', 'port (default: a free one)')
    .option('--open', 'open the browser')
    .option('--watch <dir...>', 'folders to import from, now and whenever this workspace is served')
    .action(async (flags) => {
      outcome.exitCode = await serveCommand(output, flags);
    });

  workspaceCommand('demo', 'simulate, import, print the journey of one troubled order, and show it in the app')
    .option('--orders <n>', 'number of orders', '400')
    .option('--seed <s>', 'seed of the simulation', '7')
    .option('--no-serve', 'stop after printing')
    .action(async (flags) => {
      outcome.exitCode = await demoCommand(output, flags);
    });

  return program;
}
