import { existsSync, writeFileSync } from 'node:fs';
import { checkPassportText } from '../../api/queries/check-file.ts';
import type { WireBacktest, WireComplaint, WirePassport } from '../../api/wire.ts';
import { UserError } from '../../model/errors.ts';
import { count, jsonLine, paint, safe, table, type Output } from '../print.ts';
import { readUserFile, type Session } from '../session.ts';
import { settled } from '../settled.ts';

/** Writes what was learned as a passport, to stdout or a new file. */
export async function flowsLearnCommand(
  { client, output }: Session,
  { type, flow, out }: { readonly type?: string; readonly flow?: string; readonly out?: string },
): Promise<number> {
  if (out !== undefined && existsSync(out)) throw new UserError('invalid-input', `${out} is there already: name a new file`, out);
  const learned = await client.flows.learn({ type, flow });
  if (out === undefined) {
    output.out(learned.yaml);
    return 0;
  }
  try {
    writeFileSync(out, learned.yaml, { flag: 'wx' });
  } catch (error) {
    throw new UserError('file-unreadable', `${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`, out);
  }
  output.log(`${safe(out)} declares what is usual for ${safe(learned.type)}: read it, and name an owner\n`);
  return 0;
}

/** Something to say of a file. */
export type FileComplaint = WireComplaint & { readonly file: string };

/** Says what is wrong with passports. With a session, they are held against its workspace. Exit code 1 when one cannot be used. */
export async function flowsCheckCommand(
  output: Output,
  files: readonly string[],
  flags: { readonly json?: boolean },
  session?: Session,
): Promise<number> {
  const complaints: FileComplaint[] = [];
  for (const file of files) {
    const yaml = readUserFile(file);
    const found = session === undefined ? checkPassportText(yaml) : (await session.client.flows.check({ yaml })).complaints;
    complaints.push(...found.map((complaint) => ({ file, ...complaint })));
  }
  const errors = complaints.filter(({ level }) => level === 'error').length;
  if (flags.json) jsonLine(output, complaints);
  else {
    for (const complaint of complaints) output.out(`${complaintLine(output, complaint)}\n`);
    const warnings = complaints.length - errors;
    output.log(`${count(files.length, 'passport')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`);
  }
  return errors > 0 ? 1 : 0;
}

function complaintLine(output: Output, { file, line, column, level, rule, message }: FileComplaint): string {
  return `${safe(file)}:${line}:${column} ${paint(output, level === 'error' ? 'red' : 'yellow', level)} ${rule}: ${safe(message)}`;
}

/** Keeps a passport in the workspace and analyses again. */
export async function flowsAddCommand(session: Session, file: string): Promise<number> {
  const { client, output } = session;
  const yaml = readUserFile(file);
  const { complaints } = await client.flows.check({ yaml });
  for (const complaint of complaints) output.log(`${complaintLine(output, { file, ...complaint })}\n`);
  if (complaints.some(({ level }) => level === 'error')) return 1;
  const { name, job } = await client.flows.put({ yaml });
  await settled(session, job);
  const { findings } = await client.workspace.info();
  output.log(`judged by ${safe(name)}: ${count(findings.critical + findings.warning + findings.info, 'finding')}\n`);
  return 0;
}

/** Forgets a passport and analyses again. */
export async function flowsRemoveCommand(session: Session, name: string): Promise<number> {
  await settled(session, (await session.client.flows.remove({ name })).job);
  session.output.log(`${safe(name)} is forgotten; the workspace is judged without it\n`);
  return 0;
}

/** The passports that the workspace is judged by. */
export async function flowsListCommand({ client, output }: Session, flags: { readonly json?: boolean }): Promise<number> {
  const passports = await client.flows.list();
  if (flags.json) {
    jsonLine(output, passports);
    return 0;
  }
  if (passports.length === 0) {
    output.log('no passport is kept here (see waybill flows learn and flows add)\n');
    return 0;
  }
  table(
    output,
    [
      { title: 'passport', value: ({ name }: WirePassport) => name },
      { title: 'record', value: ({ record }) => record },
      { title: 'owner', value: ({ owner }) => owner ?? '' },
      { title: 'steps', right: true, value: ({ steps }) => String(steps) },
      { title: 'windows', right: true, value: ({ windows }) => String(windows) },
      { title: 'fields', right: true, value: ({ fields }) => String(fields) },
      { title: 'complaints', right: true, value: ({ complaints }) => (complaints.length === 0 ? '' : String(complaints.length)) },
    ],
    passports,
  );
  return 0;
}

/** Says what would be found with a passport, per week and kind. Writes nothing. */
export async function flowsBacktestCommand({ client, output }: Session, file: string, flags: { readonly json?: boolean }): Promise<number> {
  let result: WireBacktest | null = null;
  for await (const progress of await client.flows.backtest({ yaml: readUserFile(file) })) {
    result = progress.result;
    if (output.interactive) output.log(`\r\u001b[K${progress.done.toLocaleString('en')} of ${count(progress.total, 'journey')}`);
  }
  if (output.interactive) output.log('\r\u001b[K');
  if (result === null) return 1;
  if (flags.json) jsonLine(output, result);
  else printBacktest(output, result);
  return 0;
}

function printBacktest(output: Output, { passport, record, journeys, changed, weeks, differing }: WireBacktest): void {
  table(
    output,
    [
      { title: 'week of', value: ({ week }: WireBacktest['weeks'][number]) => (week === '' ? 'no time' : week) },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'now', right: true, value: ({ before }) => String(before) },
      { title: 'with it', right: true, value: ({ after }) => String(after) },
      {
        title: '',
        right: true,
        value: ({ before, after }) => signed(after - before),
        style: ({ before, after }) => (after > before ? 'yellow' : 'green'),
      },
    ],
    weeks,
  );
  output.out('\n');
  for (const { record: ref, appeared, gone } of differing.slice(0, 10)) {
    for (const { title } of appeared) output.out(`${safe(ref.key)}  ${paint(output, 'yellow', '+')} ${safe(title)}\n`);
    for (const { title } of gone) output.out(`${safe(ref.key)}  ${paint(output, 'green', '−')} ${safe(title)}\n`);
  }
  output.log(
    `with ${safe(passport)}, ${count(changed, 'journey')} of ${journeys.toLocaleString('en')} of ${safe(record)} would be judged otherwise\n`,
  );
}

function signed(difference: number): string {
  return difference === 0 ? '' : difference > 0 ? `+${difference}` : `−${-difference}`;
}
