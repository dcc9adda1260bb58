import type { Json, JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';

/** Parts of a log entry, while its line is taken apart; those that were not found are undefined. */
export interface Parts {
  time: string | undefined;
  level: string | undefined;
  thread: string | undefined;
  logger: string | undefined;
  message: string;
  /** Everything else that has a name: host, app, pid, the context, keys of the message, members of an embedded object. */
  readonly fields: JsonObject;
}

export function emptyParts(): Parts {
  return { time: undefined, level: undefined, thread: undefined, logger: undefined, message: '', fields: {} };
}

/** Adds a field unless there is one of that name. */
export function addField(parts: Parts, name: string, value: Json): void {
  if (!Object.hasOwn(parts.fields, name)) setMember(parts.fields, name, value);
}

/** `{ time, level, thread, logger, message, fields }` without what was not found. */
export function toJson(parts: Parts): JsonObject {
  const value: JsonObject = {};
  if (parts.time !== undefined) value['time'] = parts.time;
  if (parts.level !== undefined) value['level'] = parts.level;
  if (parts.thread !== undefined) value['thread'] = parts.thread;
  if (parts.logger !== undefined) value['logger'] = parts.logger;
  if (parts.message !== '') value['message'] = parts.message;
  for (const _name in parts.fields) {
    value['fields'] = parts.fields;
    break;
  }
  return value;
}
