import { Draft } from '../draft.ts';
import type { Entry, Json } from '../entry.ts';
import type { FieldMapping, Mapping, SourceContext } from '../mapper.ts';
import { compileMapping } from './compile.ts';
import { inferMapping } from './infer.ts';

/** Made by hand for tests: entries as a format reader would cut them out. */
export function trees(...values: Json[]): Entry[] {
  return values.map((value, i) => ({ kind: 'tree', place: { offset: i, length: 1, line: i + 1 }, value, context: undefined }));
}

export function rows(text: string, delimiter = ','): { header: string[]; entries: Entry[] } {
  const [head = '', ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const entries = lines.map((line, i): Entry => ({
    kind: 'row',
    place: { offset: i, length: 1, line: i + 2 },
    cells: line.split(delimiter),
  }));
  return { header: head.split(delimiter), entries };
}

export function sourceOf(name: string, extra: Partial<SourceContext> = {}): SourceContext {
  return { name, formatId: 'test', options: {}, header: undefined, system: '', zone: '', textPatterns: [], ...extra };
}

/** A copy of what a mapper put into its draft. */
export interface Emitted {
  readonly time: number;
  readonly end: number;
  readonly kind: string;
  readonly system: string;
  readonly flow: string;
  readonly step: string;
  readonly status: string;
  readonly statusRaw: string;
  readonly execution: string;
  readonly executionType: string;
  readonly parentExecution: string;
  readonly span: string;
  readonly parentSpan: string;
  readonly attempt: number;
  readonly error: string;
  readonly precision: string;
  readonly ids: readonly string[];
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Runs a mapping over entries: the events, and the reasons of what was refused. */
export function run(entries: readonly Entry[], source: SourceContext, mapping: Mapping): { events: Emitted[]; refused: string[] } {
  const mapper = compileMapping(source, mapping);
  const draft = new Draft();
  const events: Emitted[] = [];
  const refused: string[] = [];
  for (const entry of entries) {
    const reason = mapper(entry, draft, () => {
      const {
        time,
        end,
        kind,
        system,
        flow,
        step,
        status,
        statusRaw,
        execution,
        executionType,
        parentExecution,
        span,
        parentSpan,
        attempt,
        error,
        precision,
      } = draft;
      events.push({
        time,
        end,
        kind,
        system,
        flow,
        step,
        status,
        statusRaw,
        execution,
        executionType,
        parentExecution,
        span,
        parentSpan,
        attempt,
        error,
        precision,
        ids: draft.idTypes.map((type, i) => `${type} ${draft.idValues[i] ?? ''}`),
        attributes: Object.fromEntries(
          draft.attrNames.map((name, i) => [
            name,
            Number.isNaN(draft.attrNumbers[i]) ? (draft.attrTexts[i] ?? '') : (draft.attrNumbers[i] ?? 0),
          ]),
        ),
      });
    });
    if (reason !== undefined) refused.push(reason);
  }
  return { events, refused };
}

/** Infers and runs. */
export function infer(entries: readonly Entry[], source: SourceContext): { mapping: Mapping; events: Emitted[]; refused: string[] } {
  const mapping = inferMapping(entries, source);
  return { mapping, ...run(entries, source, mapping) };
}

/** `order_id: identifier order` for each field that is not ignored. */
export function roles(mapping: Mapping): Record<string, string> {
  return Object.fromEntries(
    mapping.fields
      .filter((field) => field.role !== 'ignored')
      .map((field) => [field.path, [field.role, field.type].filter((part) => part !== undefined).join(' ')]),
  );
}

export function fieldOf(mapping: Mapping, path: string): FieldMapping | undefined {
  return mapping.fields.find((field) => field.path === path);
}
