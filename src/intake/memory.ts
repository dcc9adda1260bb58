import type { Status } from '../model/status.ts';
import type { FieldMapping, Mapping } from './mapper.ts';
import { joinFields, nameStem } from './siblings.ts';

/** What makes files of one kind: a mapping that was corrected for one of them is proposed for the others. */
export interface Shape {
  readonly format: string;
  /** The name without numbers, dates and UUIDs. */
  readonly stem: string;
  /** Of tables; else the paths of the fields tell. */
  readonly header: readonly string[] | undefined;
  readonly paths: readonly string[];
  /** Who understood it without the user's help: a platform profile, or `inferred`. */
  readonly profile: string;
}

/** One thing that the user said differently from what was proposed. */
export interface Correction {
  /** `system`, `zone` …, or `field:` and its path. */
  readonly what: string;
  /** `order_ref is an identifier (order)`. */
  readonly text: string;
}

/** A mapping that the user corrected and imported with. */
export interface LearnedMapping {
  readonly shape: Shape;
  /** The file it was corrected for. */
  readonly name: string;
  /** ISO time. */
  readonly correctedAt: string;
  readonly corrections: readonly Correction[];
  readonly mapping: Mapping;
  /** Id of the one it was made from. */
  readonly follows?: number | undefined;
}

export interface KnownMapping extends LearnedMapping {
  readonly id: number;
}

/** Share of the fields of the smaller one that the other must have. */
const ALIKE = 0.8;
/** What a mapping says beside its fields and that a user can change. */
const SAID = ['system', 'zone', 'kind', 'step', 'flow'] as const;

export function shapeOf(name: string, format: string, header: readonly string[] | undefined, proposed: Mapping): Shape {
  return { format, stem: nameStem(name), header, paths: proposed.fields.map((field) => field.path).toSorted(), profile: proposed.profile };
}

/** One text for one shape. */
export function shapeKey({ format, stem, header, paths, profile }: Shape): string {
  return JSON.stringify([format, stem, profile, header ?? null, header === undefined ? paths : null]);
}

/** What the user changed in a mapping, in the order of the mapping; empty when it says the same. */
export function correctionsOf(proposed: Mapping, corrected: Mapping): readonly Correction[] {
  const found: Correction[] = [];
  for (const what of SAID) {
    const said = corrected[what] ?? '';
    if (said !== (proposed[what] ?? '')) found.push({ what, text: said === '' ? `no ${what}` : `the ${what} is ${said}` });
  }
  const before = new Map([...proposed.fields, ...(proposed.added ?? [])].map((field) => [field.path, field]));
  for (const field of [...corrected.fields, ...(corrected.added ?? [])]) {
    const text = changeOf(before.get(field.path), field);
    if (text !== undefined) found.push({ what: `field:${field.path}`, text });
  }
  const words = changeOfWords(proposed.statuses, corrected.statuses, 'the status words');
  if (words !== undefined) found.push({ what: 'statuses', text: words });
  const others = (corrected.otherwise?.length ?? 0) - (proposed.otherwise?.length ?? 0);
  if (others > 0) found.push({ what: 'otherwise', text: 'entries that were rejected are read in another way' });
  return found;
}

function changeOf(before: FieldMapping | undefined, field: FieldMapping): string | undefined {
  const role = field.type === undefined || field.type === '' ? field.role : `${field.role} (${field.type})`;
  if (before === undefined || before.role !== field.role || (before.type ?? '') !== (field.type ?? '')) return `${field.path} is ${role}`;
  if ((before.format ?? '') !== (field.format ?? '')) return `${field.path} is written as ${field.format ?? 'text'}`;
  const words = changeOfWords(before.values, field.values, field.path);
  return words ?? (sameJson(before.read, field.read) ? undefined : `${field.path} is read in another way`);
}

type Words = Readonly<Record<string, Status>>;

function changeOfWords(before: Words = {}, after: Words = {}, what: string): string | undefined {
  const said = Object.entries(after).filter(([word, status]) => before[word] !== status);
  if (said.length > 0) return said.map(([word, status]) => `${word} means ${status}`).join(', ');
  return Object.keys(before).some((word) => after[word] === undefined) ? `${what} has other words` : undefined;
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/**
 * What was corrected for files of this shape, as the proposal for the next one: fields as the user left them, and of the rest what the user
 * changed; the samples and all that is the file's own are those of the file. Undefined when nothing is known of its shape.
 * @param said what the user says for this import: goes before what was remembered.
 */
export function recall(
  shape: Shape,
  proposed: Mapping,
  known: readonly KnownMapping[],
  said: { readonly system: string | undefined; readonly zone: string | undefined },
): { readonly id: number; readonly mapping: Mapping } | undefined {
  const best = known
    .map((candidate) => ({ candidate, alike: likeness(shape, candidate.shape) }))
    .filter(({ alike }) => alike >= ALIKE)
    .toSorted((a, b) => b.alike - a.alike || (a.candidate.correctedAt < b.candidate.correctedAt ? 1 : -1))[0]?.candidate;
  if (best === undefined) return undefined;
  const changed = new Set(best.corrections.map(({ what }) => what));
  const samples = new Map(proposed.fields.map((field) => [field.path, field.samples]));
  const fields = best.mapping.fields.map((field) => ({ ...field, samples: samples.get(field.path) ?? field.samples }));
  const mapping: Mapping = {
    ...proposed,
    profile: best.mapping.profile,
    base: best.mapping.base,
    title: best.mapping.title,
    confidence: best.mapping.confidence,
    reason: `as corrected on ${best.correctedAt.slice(0, 10)}: ${correctionsText(best.corrections)}`,
    ...(changed.has('system') && said.system === undefined
      ? { system: best.mapping.system, systemReason: best.mapping.systemReason }
      : undefined),
    ...(changed.has('zone') && said.zone === undefined ? { zone: best.mapping.zone, zoneReason: best.mapping.zoneReason } : undefined),
    ...(changed.has('kind') ? { kind: best.mapping.kind } : undefined),
    ...(changed.has('step') ? { step: best.mapping.step } : undefined),
    ...(changed.has('flow') ? { flow: best.mapping.flow } : undefined),
    fields: joinFields(fields, [proposed]),
    statuses: best.mapping.statuses,
    added: best.mapping.added,
    reading: best.mapping.reading,
    otherwise: best.mapping.otherwise,
  };
  return { id: best.id, mapping };
}

/** 0..1: whether two files are of one kind. */
function likeness(a: Shape, b: Shape): number {
  if (a.format !== b.format || a.stem !== b.stem || a.profile !== b.profile) return 0;
  if (a.header !== undefined || b.header !== undefined) return sameJson(a.header, b.header) ? 1 : 0;
  const paths = new Set(a.paths);
  const shared = b.paths.filter((path) => paths.has(path)).length;
  const smaller = Math.min(a.paths.length, b.paths.length);
  return smaller === 0 ? (a.paths.length === b.paths.length ? 1 : 0) : shared / smaller;
}

/** The corrections in one line, the first few of them. */
export function correctionsText(corrections: readonly Correction[]): string {
  const shown = corrections.slice(0, 3).map(({ text }) => text);
  const more = corrections.length - shown.length;
  return more > 0 ? `${shown.join('; ')} and ${more} more` : shown.join('; ');
}
