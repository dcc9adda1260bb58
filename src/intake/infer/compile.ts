import type { Draft } from '../draft.ts';
import type { Entry, Json, JsonObject } from '../entry.ts';
import type { Emit, FieldMapping, Mapper, Mapping, Role, SourceContext } from '../mapper.ts';
import type { SpanChecks } from '../span-mapper.ts';
import { compileAttributes, compileIdentifiers } from './compile-content.ts';
import { compileSpans } from './spans/compile-spans.ts';
import { compileStatus } from './compile-status.ts';
import { compileDuration, compileTimes } from './compile-times.ts';
import { compileValue } from './compile-values.ts';
import { isRootWord } from './execution-roles.ts';
import { compileLateFields } from './late-fields.ts';
import { isOfRecord } from './level-and-status.ts';
import { MAX_ERROR, SEQUENCE_RANGE } from './limits.ts';
import { pathTokens } from './name-tokens.ts';
import type { Getter, PathScope, Root } from './paths.ts';
import { createOpener, isListPath, rootOf } from './paths.ts';
import { compileRecords, isXmlFormat } from './record-path.ts';
import { cleanText } from './scalar.ts';
import { podService } from './system-name.ts';
import { compileFinder } from './text-patterns.ts';
import { messageTemplate, saysError } from './text-roles.ts';

/** Labels remembered per source; a field that is no label after all does not fill the memory. */
const MAX_CACHED = 2000;

/**
 * Compiles a mapping to the mapper that an import runs on every entry. The hot path: paths are resolved once, one entry costs one lookup per mapped field.
 * Throws RangeError for an unknown time zone.
 */
export function compileMapping(source: SourceContext, mapping: Mapping): Mapper {
  const open = createOpener();
  const records = compileRecords(source, mapping, open);
  const scope: PathScope = { header: source.header, open, xml: isXmlFormat(source.formatId), parents: records.parents };
  const getter = (field: FieldMapping): Getter => compileValue(field, scope);
  const of = (role: Role): FieldMapping[] => mapping.fields.filter((field) => field.role === role && !isListPath(field.path));
  const first = (role: Role): Getter | undefined => {
    const field = of(role)[0];
    return field === undefined ? undefined : getter(field);
  };

  const times = compileTimes(of('time'), of('end-time'), mapping.zone === '' ? source.zone : mapping.zone, getter, source.notices);
  const duration = compileDuration(of('duration')[0], getter);
  const vocabulary = mapping.reading?.vocabulary ?? mapping.base ?? mapping.profile;
  const status = compileStatus(of('status'), of('level')[0], vocabulary, getter, source.notices, mapping.statuses);
  const identifiers = compileIdentifiers(
    mapping.fields.filter((field) => field.role === 'identifier'),
    scope,
  );
  const attributes = compileAttributes(of('attribute'), getter);
  const system = labelGetter(of('system')[0], getter);
  const flow = first('flow');
  const step = first('step');
  const execution = of('execution')[0];
  const executionOf = execution === undefined ? undefined : getter(execution);
  const executionType = execution?.type ?? 'execution';
  const parentExecution = first('parent-execution');
  const span = first('span');
  const parentSpan = first('parent-span');
  const attempt = of('attempt')[0];
  const attemptOf = attempt === undefined ? undefined : getter(attempt);
  const attemptBase = attempt?.format === 'from-0' ? 1 : 0;
  const sequence = first('sequence');
  const error = first('error');
  const message = first('message');
  const levelInText = message !== undefined && of('level').length === 0 && of('status').length === 0;
  const findKeys = source.textPatterns.length === 0 ? undefined : compileFinder(source.textPatterns);
  const template = mapping.step === undefined && message !== undefined ? cached(messageTemplate) : undefined;
  const defaultSystem = mapping.system === '' ? source.system : mapping.system;
  const defaultFlow = mapping.flow ?? '';
  const defaultStep = mapping.step ?? '';
  const [statusField] = of('status');
  const statusName = statusField?.type ?? 'status';
  // What a document says, or the state of a record that a step names (`order_status`), is more than how the step went.
  const statesRecord = mapping.kind === 'snapshot' || (statusField !== undefined && isOfRecord(pathTokens(statusField.path).flat()));
  const defaultExecution = mapping.execution ?? '';
  const late = mapping.reading?.others === 'ignore' || source.header !== undefined ? undefined : compileLateFields(mapping.fields);

  let current: Draft | undefined;
  const found = (type: string, value: string): void => current?.identifier(type, value, 'text');

  const fill = (root: Root, context: JsonObject | undefined, draft: Draft): string | undefined => {
    draft.reset();
    const text = (get: Getter | undefined): string => (get === undefined ? '' : cleanText(get(root, context)));

    const refused = times(root, context, draft);
    if (refused !== undefined) return refused;
    if (duration !== undefined && Number.isNaN(draft.end)) duration(root, context, draft);

    draft.kind = mapping.kind;
    draft.system = (system === undefined ? '' : system(root, context)) || defaultSystem;
    draft.flow = text(flow) || defaultFlow;
    status(root, context, draft);
    draft.execution = (executionOf === undefined ? '' : cleanText(executionOf(root, context))) || defaultExecution;
    if (draft.execution !== '') draft.executionType = executionType;
    if (parentExecution !== undefined) draft.parentExecution = withoutRoot(text(parentExecution));
    if (span !== undefined) draft.span = text(span);
    if (parentSpan !== undefined) draft.parentSpan = withoutRoot(text(parentSpan));
    if (attemptOf !== undefined) {
      const number = numberOf(attemptOf(root, context)) + attemptBase;
      if (number >= 1 && number <= 65_535) draft.attempt = Math.floor(number);
    }
    if (sequence !== undefined) draft.sequence = numberOf(sequence(root, context)) % SEQUENCE_RANGE;
    identifiers(root, context, draft);
    attributes(root, context, draft);
    if (statesRecord && draft.statusRaw !== '' && !draft.attrNames.includes(statusName))
      draft.attribute(statusName, draft.statusRaw, Number.NaN);
    late?.(root as JsonObject, draft);

    const said = text(message);
    const wrong = text(error) || draft.error;
    if (levelInText && draft.status === 'unknown' && saysError(said)) draft.status = 'failed';
    if (wrong !== '') draft.error = wrong.length > MAX_ERROR ? wrong.slice(0, MAX_ERROR) : wrong;
    if (wrong !== '' && draft.status === 'unknown' && draft.statusRaw === '') draft.status = 'failed';
    if (draft.error === '' && said !== '' && (draft.status === 'failed' || draft.status === 'timed-out'))
      draft.error = said.length > MAX_ERROR ? said.slice(0, MAX_ERROR) : said;
    draft.step = text(step);
    if (draft.step === '') {
      // A line that names no step among lines that do tells about something else.
      if (step !== undefined && defaultStep === '' && draft.kind === 'step') draft.kind = 'note';
      draft.step = defaultStep || (template === undefined || said === '' ? '' : template(said));
    }
    if (findKeys !== undefined && (said !== '' || wrong !== '')) {
      current = draft;
      if (said !== '') findKeys(said, found);
      if (wrong !== '') findKeys(wrong, found);
      current = undefined;
    }
    return undefined;
  };

  const each = records.reader;
  if (each === undefined) {
    const mapper = (entry: Entry, draft: Draft, emit: Emit): string | undefined => {
      const refused = fill(rootOf(entry), entry.kind === 'tree' ? entry.context : undefined, draft);
      if (refused === undefined) emit();
      return refused;
    };
    return Object.assign(mapper, { compileSpans: (checks: SpanChecks) => compileSpans(source, mapping, checks) });
  }
  return (entry: Entry, draft: Draft, emit: Emit): string | undefined => {
    let refused: string | undefined;
    let failed = 0;
    let all = 0;
    each(entry, (root, context) => {
      all++;
      const reason = fill(root, context, draft);
      if (reason === undefined) {
        emit();
        return;
      }
      failed++;
      refused ??= reason;
    });
    return refused === undefined || all === 1 ? refused : `${failed} of ${all} records: ${refused}`;
  };
}

function withoutRoot(text: string): string {
  return isRootWord(text) ? '' : text;
}

function numberOf(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}

/** A system: pods lose the part of their name that changes with each deployment. */
function labelGetter(
  field: FieldMapping | undefined,
  getter: (field: FieldMapping) => Getter,
): ((...at: Parameters<Getter>) => string) | undefined {
  if (field === undefined) return undefined;
  const get = getter(field);
  if (field.format !== 'pod') return (root, context) => cleanText(get(root, context));
  const service = cached(podService);
  return (root, context) => service(cleanText(get(root, context)));
}

function cached(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const value = compute(text);
    if (known.size < MAX_CACHED) known.set(text, value);
    return value;
  };
}
