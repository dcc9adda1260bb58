import type { Status } from '../../model/status.ts';
import type { Draft } from '../draft.ts';
import type { JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import type { StatusFormat } from '../profiles/vocabulary.ts';
import { levelClass, levelStatus, readStatus, STATUS_FORMATS } from '../profiles/vocabulary.ts';
import type { Getter, Root } from './paths.ts';
import { cleanText } from './scalar.ts';

const MAX_CACHED = 1000;

function isStatusFormat(text: string | undefined): text is StatusFormat {
  return text !== undefined && (STATUS_FORMATS as readonly string[]).includes(text);
}

/** Reads the status, from its field or else from the log level. The user's own meanings (`values`) go before the vocabulary. */
export function compileStatus(
  status: FieldMapping | undefined,
  level: FieldMapping | undefined,
  profile: string,
  getter: (field: FieldMapping) => Getter,
): (root: Root, context: JsonObject | undefined, draft: Draft) => void {
  const statusOf = status === undefined ? undefined : getter(status);
  const levelOf = level === undefined ? undefined : getter(level);
  const format = isStatusFormat(status?.format) ? status.format : 'word';
  const known = new Map<string, Status>(Object.entries(status?.values ?? {}));
  return (root, context, draft) => {
    if (statusOf !== undefined) {
      const raw = cleanText(statusOf(root, context));
      if (raw !== '') {
        let found = known.get(raw);
        if (found === undefined) {
          found = readStatus(raw, format, profile);
          if (known.size < MAX_CACHED) known.set(raw, found);
        }
        draft.status = found;
        draft.statusRaw = raw;
      }
    }
    if (levelOf !== undefined && draft.status === 'unknown') {
      const raw = cleanText(levelOf(root, context));
      if (raw === '' || levelClass(raw) === 'info') return;
      draft.status = levelStatus(raw);
      if (draft.statusRaw === '') draft.statusRaw = raw;
    }
  };
}
