import { jsonLine, table } from '../print.ts';
import type { Session } from '../session.ts';

/** What `--profile` may name: the profiles that the user keeps, then the platforms'. */
export async function profilesCommand({ client, output }: Session, flags: { readonly json?: boolean }): Promise<number> {
  const profiles = await client.profiles.list();
  if (flags.json) {
    jsonLine(output, profiles);
    return 0;
  }
  table(
    output,
    [
      { title: 'id', value: (profile) => profile.id ?? '' },
      { title: 'title', value: (profile) => profile.title, max: 48 },
      { title: 'file', value: (profile) => profile.path ?? '', max: 80 },
      { title: '', value: ({ problem, matches }) => problem ?? (matches ? '' : 'only when it is named'), max: 100 },
    ],
    profiles,
  );
  return 0;
}
