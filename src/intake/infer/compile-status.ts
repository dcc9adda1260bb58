import type { Status } from '../../model/status.ts';
import type { Draft } from '../draft.ts';
import type { JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import type { Notices } from '../notices.ts';
import { compileMeaning } from '../profiles/said-words.ts';
import type { StatusEvidence } from '../profiles/status-evidence.ts';
import { weighStatus } from '../profiles/status-evidence.ts';
import type { StatusFormat } from '../profiles/vocabulary.ts';
import { levelClass, levelStatus, readStatus, STATUS_FORMATS } from '../profiles/vocabulary.ts';
import type { Getter, Root } from './paths.ts';
import { cleanText } from './scalar.ts';

const MAX_CACHED = 1000;

/** The attribute that says what other fields tell about the outcome. */
const DISAGREEMENT = 'status.disagrees';

type StatusReader = (root: Root, context: JsonObject | undefined, draft: Draft) => void;

export function isStatusFormat(text: string | undefined): text is StatusFormat {
  return text !== undefined && (STATUS_FORMATS as readonly string[]).includes(text);
}

/**
 * Reads the status, from its fields or else from the log level. The user's own meanings go before the vocabulary, those of the field (`values`) before those
 * of the source (`said`); of several fields the more specific one wins, and what the others say is kept as an attribute.
 */
export function compileStatus(
  statuses: readonly FieldMapping[],
  level: FieldMapping | undefined,
  vocabulary: string,
  getter: (field: FieldMapping) => Getter,
  notices: Notices | undefined,
  said?: Readonly<Record<string, Status>>,
): StatusReader {
  const meaning = compileMeaning(said);
  const levelOf = level === undefined ? undefined : getter(level);
  const fields = statuses.map((field) => ({ name: field.path, ...oneStatus(field, vocabulary, getter, said) }));
  const [only] = fields;
  const read: StatusReader | undefined =
    only === undefined
      ? undefined
      : fields.length === 1
        ? (root, context, draft) => {
            const raw = cleanText(only.get(root, context));
            if (raw === '') return;
            draft.status = only.read(raw);
            draft.statusRaw = raw;
          }
        : (root, context, draft) => {
            const evidence: StatusEvidence[] = [];
            for (const { name, format, get, read: statusOf } of fields) {
              const raw = cleanText(get(root, context));
              if (raw !== '') evidence.push({ name, raw, format, status: statusOf(raw) });
            }
            if (evidence.length === 0) return;
            const { status, raw, disagreement } = weighStatus(evidence);
            draft.status = status;
            draft.statusRaw = raw;
            if (disagreement === undefined) return;
            draft.attribute(DISAGREEMENT, disagreement, Number.NaN);
            notices?.disagreement();
          };
  return (root, context, draft) => {
    read?.(root, context, draft);
    if (levelOf === undefined || draft.status !== 'unknown') return;
    const raw = cleanText(levelOf(root, context));
    if (raw === '' || levelClass(raw) === 'info') return;
    draft.status = meaning?.(raw) ?? levelStatus(raw);
    if (draft.statusRaw === '') draft.statusRaw = raw;
  };
}

function oneStatus(
  field: FieldMapping,
  vocabulary: string,
  getter: (field: FieldMapping) => Getter,
  said: Readonly<Record<string, Status>> | undefined,
): { readonly format: StatusFormat; readonly get: Getter; readonly read: (raw: string) => Status } {
  return { format: formatOf(field), get: getter(field), read: compileStatusWords(field, vocabulary, said) };
}

function formatOf(field: FieldMapping): StatusFormat {
  return isStatusFormat(field.format) ? field.format : 'word';
}

/** What the words of one status field mean. */
export function compileStatusWords(
  field: FieldMapping,
  vocabulary: string,
  said: Readonly<Record<string, Status>> | undefined,
): (raw: string) => Status {
  const format = formatOf(field);
  const meaning = compileMeaning(field.values);
  const general = compileMeaning(said);
  const known = new Map<string, Status>();
  return (raw) => {
    let found = known.get(raw);
    if (found === undefined) {
      found = meaning?.(raw) ?? general?.(raw) ?? readStatus(raw, format, vocabulary);
      if (known.size < MAX_CACHED) known.set(raw, found);
    }
    return found;
  };
}
