import { UserError } from '../../model/errors.ts';
import { jsonLine, table } from '../print.ts';
import type { Session } from '../session.ts';

/** What was corrected and is proposed for files of the same shape; `--forget` lets go of one. */
export async function mappingsCommand(
  { client, output }: Session,
  flags: { readonly forget?: string; readonly json?: boolean },
): Promise<number> {
  if (flags.forget !== undefined) {
    const id = Number(flags.forget);
    if (!Number.isInteger(id)) throw new UserError('invalid-input', `--forget takes the number of a mapping, not ${flags.forget}`);
    if (!(await client.mappings.forget({ mapping: id })).forgotten) throw new UserError('not-found', `there is no mapping ${id}`);
    output.log(`mapping ${id} is forgotten; what was imported with it stays as it is\n`);
    return 0;
  }
  const mappings = await client.mappings.list();
  if (flags.json) {
    jsonLine(output, mappings);
    return 0;
  }
  table(
    output,
    [
      { title: 'id', right: true, value: (mapping) => String(mapping.id) },
      { title: 'for files like', value: (mapping) => mapping.name, max: 48 },
      { title: 'format', value: (mapping) => mapping.format },
      { title: 'corrected', value: (mapping) => mapping.correctedAt.slice(0, 10) },
      { title: 'what', value: (mapping) => mapping.corrections.join('; '), max: 100 },
    ],
    mappings,
  );
  return 0;
}
