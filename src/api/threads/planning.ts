import { dirname, relative } from 'node:path';
import type { Encoding } from '../../intake/containers/encodings.ts';
import { discover, encodingByName, isRefusal } from '../../intake/containers/index.ts';
import type { Part, Refusal } from '../../intake/containers/types.ts';
import type { Mapping, TextPattern } from '../../intake/mapper.ts';
import { correctionsOf, recall, shapeOf, type KnownMapping } from '../../intake/memory.ts';
import {
  contentHash,
  learnTextPatterns,
  mapperFor,
  previewSample,
  samplePart,
  understandSample,
  type KnownContent,
  type PlannedPart,
  type PlanOptions,
  type Sample,
} from '../../intake/plan.ts';
import { PLATFORM_PROFILES } from '../../intake/profiles/index.ts';
import { readProfilePart } from '../../intake/profiles/user/in-folder.ts';
import { parseProfile } from '../../intake/profiles/user/parse.ts';
import type { UserProfile } from '../../intake/profiles/user/profile.ts';
import { alignSiblings } from '../../intake/siblings.ts';
import { stepsToldInText } from '../../intake/told-in-text.ts';
import { Cancelled, UserError } from '../../model/errors.ts';

/** What the user says about how to understand what is imported. */
export interface UnderstandingRequest {
  readonly profile: string | undefined;
  readonly profileYaml: string | undefined;
  readonly profileName?: string | undefined;
  readonly zone: string | undefined;
  readonly system: string | undefined;
}

export interface PlanRequest extends UnderstandingRequest {
  readonly files: readonly string[];
  /** A folder that files below it are named from, and files in it that are looked at for profiles only. */
  readonly folder?: string | undefined;
  readonly beside?: readonly string[] | undefined;
  readonly encoding: string | undefined;
  readonly known: readonly KnownContent[];
  readonly learned: readonly KnownMapping[];
}

export interface PlanResult {
  readonly parts: readonly PlannedPart[];
  readonly textPatterns: readonly TextPattern[];
}

/** One part of a plan, with what is needed to try another mapping on it at once. */
export interface PlanEntry {
  readonly part: Part | undefined;
  readonly sample: Sample | undefined;
  planned: PlannedPart;
}

export interface PlanState {
  readonly parts: Map<string, PlanEntry>;
  readonly options: PlanOptions;
  /** Shapes of keys that are looked for whatever the parts teach. */
  readonly basePatterns: readonly TextPattern[];
  textPatterns: readonly TextPattern[];
}

const PROFILE_IDS = PLATFORM_PROFILES.map((profile) => profile.id);

export function planOptions(request: UnderstandingRequest, userProfiles: readonly UserProfile[]): PlanOptions {
  return {
    profile: request.profile,
    userProfile:
      request.profileYaml === undefined ? undefined : parseProfile(request.profileYaml, request.profileName ?? 'the profile', PROFILE_IDS),
    userProfiles,
    zone: request.zone,
    system: request.system,
  };
}

/** Looks at files and finds out how they are to be understood. Throws `Cancelled` when `cancelled()` says so. */
export async function planFiles(request: PlanRequest, cancelled: () => boolean): Promise<PlanState> {
  const encoding = encodingOf(request.encoding);
  const found: (Part | Refusal)[] = [];
  const userProfiles: UserProfile[] = [];
  // Profiles lie beside the data they are for: all are known before the first file is looked at.
  for await (const one of discover(request.files, { encoding, folder: request.folder })) {
    if (cancelled()) throw new Cancelled('the plan');
    const read = isRefusal(one) ? undefined : await readProfilePart(one, PROFILE_IDS);
    if (read?.profile !== undefined) userProfiles.push(read.profile);
    else found.push(read?.refusal ?? one);
  }
  for await (const one of discover(request.beside ?? [])) {
    const read = isRefusal(one) ? undefined : await readProfilePart(one, PROFILE_IDS);
    if (read?.profile !== undefined) userProfiles.push(read.profile);
  }
  const state: PlanState = { parts: new Map(), options: planOptions(request, userProfiles), basePatterns: [], textPatterns: [] };
  let next = 1;
  for (const one of found) {
    if (cancelled()) throw new Cancelled('the plan');
    const partId = `p${next++}`;
    if (isRefusal(one)) {
      const planned = refusedPart(partId, refusedName(request.files, one.path), one.path, undefined, one.code, one.reason);
      state.parts.set(partId, { part: undefined, sample: undefined, planned });
    } else {
      const entry = await planOne(partId, one, encoding, state.options, request);
      if (entry !== undefined) state.parts.set(partId, entry);
    }
  }
  alignAll(state);
  previewAll(state);
  if (findStepsInText(state)) previewAll(state);
  return state;
}

/** Lets go of the samples, up to some megabytes a part: no other mapping can be tried on the plan from here on. */
export function dropSamples(state: PlanState): void {
  for (const [id, { part, planned }] of state.parts) state.parts.set(id, { part, sample: undefined, planned });
}

/** Tries other mappings on parts of a plan. */
export function replan(state: PlanState, mappings: Readonly<Record<string, Mapping>>): void {
  for (const [partId, mapping] of Object.entries(mappings)) {
    const entry = state.parts.get(partId);
    if (entry?.sample === undefined) continue;
    const { planned } = entry;
    const before = planned.mapping ?? mapping;
    entry.planned = {
      ...planned,
      mapping,
      proposed: planned.proposed ?? before,
      corrected: planned.corrected === true || correctionsOf(before, mapping).length > 0,
    };
  }
  previewAll(state);
}

export function resultOf(state: PlanState): PlanResult {
  return { parts: [...state.parts.values()].map((entry) => entry.planned), textPatterns: state.textPatterns };
}

function encodingOf(name: string | undefined): Encoding | undefined {
  if (name === undefined) return undefined;
  const encoding = encodingByName(name);
  if (encoding === undefined) {
    throw new UserError(
      'invalid-input',
      `there is no encoding ${name}: known are UTF-8, UTF-16, UTF-32, Windows-1250 to 1252, ISO-8859-1 to 9 and 15, and IBM-037 (EBCDIC)`,
    );
  }
  return encoding;
}

async function planOne(
  id: string,
  part: Part,
  encoding: Encoding | undefined,
  options: PlanOptions,
  { known, learned }: PlanRequest,
): Promise<PlanEntry | undefined> {
  try {
    const twin = await knownTwin(part, known);
    if (twin !== undefined) {
      const decoded =
        encoding === undefined || twin.encoding === encoding
          ? ''
          : `, read as ${twin.encoding}: remove that source to read it as ${encoding}`;
      const planned = refusedPart(
        id,
        part.name,
        part.path,
        part,
        'known',
        `the same content was imported before as ${twin.name}${decoded}`,
      );
      return { part, sample: undefined, planned: { ...planned, outcome: 'known' } };
    }
    const sample = await samplePart(part, options);
    if (sample === undefined) return undefined;
    const proposed = understandSample(part, sample, options);
    const header = sample.format.header(sample.options);
    // What the user says for this import goes before what was remembered.
    const asked = options.profile !== undefined || sample.userProfile !== undefined;
    const remembered = asked ? undefined : recall(shapeOf(part.name, sample.format.id, header, proposed), proposed, learned, options);
    const planned: PlannedPart = {
      id,
      name: part.name,
      path: part.path,
      member: part.member,
      diskBytes: part.diskBytes,
      encoding: part.encoding,
      givenEncoding: encoding,
      outcome: 'ready',
      code: '',
      reason: '',
      format: sample.format.id,
      formatReason: sample.formatReason,
      options: sample.options,
      mapping: remembered?.mapping ?? proposed,
      proposed: remembered === undefined ? undefined : proposed,
      recalled: remembered?.id,
      preview: [],
    };
    return { part, sample, planned };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { part, sample: undefined, planned: refusedPart(id, part.name, part.path, part, error.code, error.message) };
  }
}

/** Only a file of a size that is known is worth hashing before it is read. */
async function knownTwin(part: Part, known: readonly KnownContent[]): Promise<KnownContent | undefined> {
  if (part.path === '-' || part.diskBytes === undefined) return undefined;
  const candidates = known.filter((content) => content.diskBytes === part.diskBytes || content.bytes === part.diskBytes);
  if (candidates.length === 0) return undefined;
  const sha256 = await contentHash(part);
  return candidates.find((content) => content.sha256 === sha256);
}

/** The name that a refused file would have had: its path from the given file or folder on. */
function refusedName(files: readonly string[], path: string): string {
  const given = files.find((file) => path.startsWith(file));
  return given === undefined ? path : relative(dirname(given), path);
}

function refusedPart(id: string, name: string, path: string, part: Part | undefined, code: string, reason: string): PlannedPart {
  return {
    id,
    name,
    path,
    member: part?.member,
    diskBytes: part?.diskBytes,
    encoding: part?.encoding ?? '',
    outcome: 'refused',
    code,
    reason,
    format: '',
    formatReason: '',
    options: {},
    mapping: undefined,
    preview: [],
  };
}

/** Files of one log are understood alike. What the user said of one before stays as it is. */
function alignAll(state: PlanState): void {
  const ready = [...state.parts.values()].flatMap((entry) =>
    entry.sample === undefined || entry.planned.mapping === undefined || entry.planned.recalled !== undefined
      ? []
      : [{ entry, sample: entry.sample, mapping: entry.planned.mapping }],
  );
  const aligned = alignSiblings(
    ready.map(({ entry, sample, mapping }) => ({
      name: entry.planned.member === undefined ? entry.planned.path : `${entry.planned.path} › ${entry.planned.member}`,
      formatId: sample.format.id,
      header: sample.format.header(sample.options),
      entries: sample.entries.length,
      bytes: entry.planned.diskBytes ?? 0,
      mapping,
    })),
  );
  ready.forEach(({ entry }, i) => {
    entry.planned = { ...entry.planned, mapping: aligned[i] };
  });
}

/** With the shapes of keys known, logs that name records in their messages only can be told from logs that are about none. */
function findStepsInText(state: PlanState): boolean {
  let found = false;
  for (const entry of state.parts.values()) {
    const { part, sample, planned } = entry;
    if (part === undefined || sample === undefined || planned.mapping === undefined || planned.recalled !== undefined) continue;
    const { mapper } = mapperFor(part, sample.format.id, sample.options, planned.mapping, state.textPatterns);
    const mapping = stepsToldInText(planned.mapping, sample.entries, mapper);
    if (mapping === undefined) continue;
    entry.planned = { ...planned, mapping };
    found = true;
  }
  return found;
}

/** Two rounds: the fields of all parts teach the shapes of keys, then every part is previewed with them. */
export function previewAll(state: PlanState): void {
  const ready = [...state.parts.values()].flatMap((entry) =>
    entry.part === undefined || entry.sample === undefined || entry.planned.mapping === undefined
      ? []
      : [{ entry, part: entry.part, sample: entry.sample, mapping: entry.planned.mapping }],
  );
  const identifiers = ready.flatMap(({ part, sample, mapping }) => previewSample(part, sample, mapping, []).identifiers);
  const patterns = new Map([...state.basePatterns, ...learnTextPatterns(identifiers)].map((one) => [`${one.type} ${one.source}`, one]));
  state.textPatterns = [...patterns.values()];
  for (const { entry, part, sample, mapping } of ready) {
    const { events, understood, notices } = previewSample(part, sample, mapping, state.textPatterns);
    entry.planned = { ...entry.planned, preview: events, notices, sampled: { entries: sample.entries.length, understood } };
  }
}
