import type { Status } from '../../../model/status.ts';
import type { FieldMapping, Mapping } from '../../mapper.ts';
import type { FieldReading, SourceReading } from '../../reading.ts';

/** What a user wrote down about a source: goes before what a platform's profile or inference says. */
export interface UserProfile {
  readonly profile: string;
  readonly title?: string | undefined;
  /** The file it stands in, where the user did not name it for this import. */
  readonly origin?: string | undefined;
  /** Id of the platform profile that it stands on. */
  readonly base?: string | undefined;
  readonly system?: string | undefined;
  readonly zone?: string | undefined;
  readonly kind?: Mapping['kind'] | undefined;
  readonly step?: string | undefined;
  readonly flow?: string | undefined;
  readonly execution?: string | undefined;
  /** What the source's own status words mean, whichever field says them. */
  readonly statuses?: Readonly<Record<string, Status>> | undefined;
  readonly reading?: SourceReading | undefined;
  readonly fields: readonly UserField[];
  /** How entries are read that this rejects, each in turn. */
  readonly otherwise?: readonly UserProfile[] | undefined;
}

export interface UserField {
  /** Where the value stands; for constants and templates a label. */
  readonly path: string;
  readonly role: FieldMapping['role'];
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  /** For statuses: what the source's own words mean. */
  readonly values?: Readonly<Record<string, Status>> | undefined;
  readonly read?: FieldReading | undefined;
}

/** Whether a field says what its path is taken for, rather than something made from it: those say nothing about the path itself. */
export function claimsPath(field: Pick<UserField, 'read'>): boolean {
  const { constant, template, extract } = field.read ?? {};
  return constant === undefined && template === undefined && extract === undefined;
}
