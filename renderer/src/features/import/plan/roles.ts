import { fieldMapping } from '../../../../../src/api/wire.ts';
import type { WireFieldMapping } from '../../../../../src/api/wire.ts';

export type Role = WireFieldMapping['role'];

/** The roles by the question they answer, as the select groups them. */
export const ROLE_GROUPS: readonly { readonly label: string; readonly roles: readonly Role[] }[] = [
  { label: 'Which', roles: ['identifier', 'attribute'] },
  { label: 'When', roles: ['time', 'end-time', 'duration', 'sequence'] },
  { label: 'Where', roles: ['system', 'flow', 'step'] },
  { label: 'Outcome', roles: ['status', 'level', 'error', 'message', 'attempt'] },
  { label: 'Run', roles: ['execution', 'parent-execution', 'span', 'parent-span'] },
  { label: 'Not read', roles: ['ignored'] },
];

const ALL_ROLES: readonly Role[] = fieldMapping.shape.role.options;

/** The role of that name. */
export function roleOf(name: string): Role | undefined {
  return ALL_ROLES.find((role) => role === name);
}

/** What else must be said about a field of a role: the type of the record, how it is written, or nothing. */
export function asksFor(role: Role): 'type' | 'format' | 'nothing' {
  switch (role) {
    case 'identifier':
    case 'attribute':
    case 'execution':
      return 'type';
    case 'time':
    case 'end-time':
    case 'duration':
    case 'status':
      return 'format';
    case 'parent-execution':
    case 'sequence':
    case 'system':
    case 'flow':
    case 'step':
    case 'level':
    case 'error':
    case 'message':
    case 'attempt':
    case 'span':
    case 'parent-span':
    case 'ignored':
      return 'nothing';
  }
}

interface FormatChoice {
  readonly value: string;
  readonly label: string;
}

/** The ways of writing a time, the common ones first (`src/intake/time/shapes.ts`). Others are patterns: `dd.MM.yyyy HH:mm:ss`. */
const TIMES: readonly FormatChoice[] = [
  { value: 'iso', label: 'ISO 8601' },
  { value: 'epoch-s', label: 'Seconds since 1970' },
  { value: 'epoch-ms', label: 'Milliseconds since 1970' },
  { value: 'epoch-us', label: 'Microseconds since 1970' },
  { value: 'epoch-ns', label: 'Nanoseconds since 1970' },
  { value: 'epoch', label: 'Since 1970, mixed units' },
  { value: 'day-first', label: 'Day first, 04.03.2031' },
  { value: 'month-first', label: 'Month first, 3/4/2031' },
  { value: 'compact', label: 'Compact, 20310304 091502' },
  { value: 'month-name', label: 'Mar 4, 2031' },
  { value: 'rfc2822', label: 'Tue, 04 Mar 2031' },
  { value: 'ctime', label: 'Tue Mar 4 09:15:02 2031' },
  { value: 'syslog', label: 'Syslog, no year' },
  { value: 'clf', label: '04/Mar/2031:09:15:02' },
  { value: 'odata', label: '/Date(…)/' },
  { value: 'iso-week', label: 'ISO week' },
  { value: 'iso-ordinal', label: 'ISO day of year' },
  { value: 'excel', label: 'Excel days' },
  { value: 'ticks', label: '.NET ticks' },
  { value: 'filetime', label: 'Windows file time' },
];

const DURATIONS: readonly FormatChoice[] = [
  { value: 'ms', label: 'Milliseconds' },
  { value: 's', label: 'Seconds' },
  { value: 'us', label: 'Microseconds' },
  { value: 'ns', label: 'Nanoseconds' },
  { value: 'min', label: 'Minutes' },
  { value: 'h', label: 'Hours' },
  { value: 'd', label: 'Days' },
  { value: 'iso8601', label: 'PT1.5S' },
  { value: 'go', label: '1m2.5s' },
  { value: 'clock', label: '1:00:01.5' },
];

const STATUSES: readonly FormatChoice[] = [
  { value: 'word', label: 'Word' },
  { value: 'http', label: 'HTTP code' },
  { value: 'grpc', label: 'gRPC code' },
  { value: 'idoc', label: 'IDoc code' },
  { value: 'success-flag', label: 'True when it worked' },
  { value: 'failure-flag', label: 'True when it failed' },
  { value: 'finished-flag', label: 'True when finished' },
  { value: 'error-count', label: 'Number of errors' },
];

/** How values of a role may be written; empty for roles that ask for no format. */
export function formatsOf(role: Role): readonly FormatChoice[] {
  if (takesPattern(role)) return TIMES;
  if (role === 'duration') return DURATIONS;
  return role === 'status' ? STATUSES : [];
}

/** Whether formats beside the listed ones may be written: patterns of times. */
export function takesPattern(role: Role): boolean {
  return role === 'time' || role === 'end-time';
}

/** What is taken when nothing is said. */
export function defaultFormat(role: Role): string | undefined {
  return formatsOf(role)[0]?.value;
}

const EPOCHS: ReadonlyMap<number, string> = new Map([
  [10, 'epoch-s'],
  [13, 'epoch-ms'],
  [16, 'epoch-us'],
  [19, 'epoch-ns'],
]);

/** How a field that becomes a time, a duration or a status is most likely written: as before where that fits, else as its samples look. */
export function guessFormat(role: Role, samples: readonly string[], before: string | undefined): string | undefined {
  const choices = formatsOf(role);
  if (before !== undefined && choices.some((choice) => choice.value === before)) return before;
  const [sample = ''] = samples;
  if (takesPattern(role)) {
    const digits = /^\d{10,19}$/.test(sample) ? EPOCHS.get(sample.length) : undefined;
    if (digits !== undefined) return digits;
    if (/^\d{1,2}\.\d{1,2}\.\d{4}/.test(sample)) return 'day-first';
    return 'iso';
  }
  return choices[0]?.value;
}
