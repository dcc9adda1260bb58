import { basename, dirname, relative } from 'node:path';
import { documentCarrier } from '../../intake/carriers/carrier.ts';
import { isDocument } from '../../intake/carriers/is-document.ts';
import { besideSidecars, pairSidecars } from '../../intake/carriers/sidecars.ts';
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
import { keptProfiles, type KeptProfile } from '../../intake/profiles/user/kept.ts';
import { parseProfile } from '../../intake/profiles/user/parse.ts';
import type { UserProfile } from '../../intake/profiles/user/profile.ts';
import { alignSiblings } from '../../intake/siblings.ts';
import { stepsToldInText } from '../../intake/told-in-text.ts';
import { citesAlike, type CarrierAbout } from '../../model/carrier.ts';
import { Cancelled, UserError } from '../../model/errors.ts';

/** What the user says about how to understand what is imported. */
export interface UnderstandingRequest {
  readonly profile: string | undefined;
  readonly profileYaml: string | undefined;
  readonly profileName?: string | undefined;
  /** The folder in which the user keeps profiles. */
  readonly profiles: string;
  readonly zone: string | undefined;
  readonly system: string | undefined;
}

export interface PlanRequest extends UnderstandingRequest {
  readonly files: readonly string[];
  /** A folder that files below it are named from, and files in it that are looked at for profiles only. */
  readonly folder?: string | undefined;
  readonly beside?: readonly string[] | undefined;
  readonly encoding: string | undefined;
  readonly workspace: string;
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

/**
 * What the user says, with the profiles that may be for a part: those beside the data, then those that are kept. A profile is named by its YAML, or by
 * the id of a platform's or of a kept one. Throws `UserError` `profile-invalid` when there is none of that id, or it is wrong.
 */
export function planOptions(request: UnderstandingRequest, beside: readonly UserProfile[]): PlanOptions {
  const kept = keptProfiles(request.profiles, PROFILE_IDS);
  const yaml = request.profileYaml;
  const named = yaml === undefined ? kept.find(({ profile }) => profile?.profile === request.profile)?.profile : undefined;
  if (yaml === undefined && named === undefined && request.profile !== undefined) checkId(request.profile, kept);
  return {
    profile: named === undefined ? request.profile : undefined,
    userProfile: yaml === undefined ? named : parseProfile(yaml, request.profileName ?? 'the profile', PROFILE_IDS),
    userProfiles: [...beside, ...kept.flatMap(({ profile }) => profile ?? [])],
    zone: request.zone,
    system: request.system,
  };
}

function checkId(id: string, kept: readonly KeptProfile[]): void {
  if (id === 'inferred' || PROFILE_IDS.includes(id)) return;
  const broken = kept.find(({ path, problem }) => problem !== undefined && basename(path).replace(/\.ya?ml$/i, '') === id);
  if (broken?.problem !== undefined)
    throw new UserError('profile-invalid', `${broken.path} cannot be used: ${broken.problem}`, broken.path);
  throw new UserError(
    'profile-invalid',
    `there is no profile ${id}: "waybill profiles" lists those that there are; a YAML file can be given as well`,
  );
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
  const beside = besideSidecars(found.filter((one): one is Part => !isRefusal(one)));
  const replaced = new Set<number>();
  let next = 1;
  for (const one of found) {
    if (cancelled()) throw new Cancelled('the plan');
    const partId = `p${next++}`;
    if (isRefusal(one)) {
      const planned = refusedPart(partId, refusedName(request.files, one.path), one.path, undefined, one.code, one.reason);
      state.parts.set(partId, { part: undefined, sample: undefined, planned });
    } else {
      const entry = await planOne(partId, one, encoding, state.options, request, beside.has(one), replaced);
      if (entry !== undefined) state.parts.set(partId, entry);
    }
  }
  alignAll(state);
  pairAll(state);
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

export function encodingOf(name: string | undefined): Encoding | undefined {
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
  { known, learned, workspace }: PlanRequest,
  beside: boolean,
  replaced: Set<number>,
): Promise<PlanEntry | undefined> {
  try {
    const twin = await knownTwin(part, known, beside);
    const otherwise = twin !== undefined && encoding !== undefined && part.encoding === encoding && twin.encoding !== encoding;
    if (twin !== undefined && (!otherwise || replaced.has(twin.id))) {
      const planned = refusedPart(id, part.name, part.path, part, 'known', `the same content was imported before as ${twin.name}`);
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
      ...(twin === undefined ? undefined : takingPlaceOf(twin, workspace, part.encoding)),
      format: sample.format.id,
      formatReason: sample.formatReason,
      options: sample.options,
      mapping: remembered?.mapping ?? proposed,
      proposed: remembered === undefined ? undefined : proposed,
      recalled: remembered?.id,
      preview: [],
    };
    if (twin !== undefined) replaced.add(twin.id);
    return { part, sample, planned };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { part, sample: undefined, planned: refusedPart(id, part.name, part.path, part, error.code, error.message) };
  }
}

/** Content that is known, in another encoding: it is the same source, read in another way. */
function takingPlaceOf(twin: KnownContent, workspace: string, encoding: string): Pick<PlannedPart, 'reason' | 'reread'> {
  return {
    reason: `the same content was imported before as ${twin.name}, read as ${twin.encoding}: read as ${encoding}, it takes the place of that source`,
    reread: { from: 'file', workspace, source: twin.id, rejected: twin.rejected, main: undefined },
  };
}

/** Only a file of a size that is known is worth hashing before it is read. */
async function knownTwin(part: Part, known: readonly KnownContent[], beside: boolean): Promise<KnownContent | undefined> {
  if (part.path === '-' || part.diskBytes === undefined) return undefined;
  const candidates = known.filter((content) => content.diskBytes === part.diskBytes || content.bytes === part.diskBytes);
  if (candidates.length === 0) return undefined;
  const sha256 = await contentHash(part);
  const carrier = documentCarrier(part, beside ? { time: undefined, system: undefined, from: '' } : undefined);
  return candidates.find((content) => content.sha256 === sha256 && citesAlike(content.carrier, carrier));
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
      shown: entry.planned.name,
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

/** Tells the files that only say where a document beside them comes from, and gives what they say to the documents. */
function pairAll(state: PlanState): void {
  const entries = [...state.parts.values()];
  const paired = pairSidecars(
    entries.map(({ sample, planned: { name, path, member, mapping } }) => ({
      name,
      path,
      member,
      entries: sample?.head.complete === true && mapping?.profile === 'inferred' ? sample.entries : undefined,
    })),
  );
  entries.forEach((entry, i) => {
    const { sidecar, about } = paired[i]!;
    const { mapping, format } = entry.planned;
    if (mapping === undefined) return;
    if (sidecar !== undefined) entry.planned = { ...entry.planned, sidecar };
    // The lines of a log are not all of one time.
    else if (about !== undefined && isDocument(mapping, format, entry.sample?.entries.length ?? 0))
      entry.planned = { ...entry.planned, about, mapping: withSystem(mapping, about, state.options) };
  });
}

/** The system that a sidecar names, for a document that names none and of which the user said none. */
function withSystem(mapping: Mapping, about: CarrierAbout | undefined, { system }: PlanOptions): Mapping {
  if (about?.system === undefined || system !== undefined || mapping.profile !== 'inferred') return mapping;
  if (mapping.fields.some((field) => field.role === 'system')) return mapping;
  return { ...mapping, system: about.system, systemReason: `${about.from} says so` };
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
    const { events, understood, notices } = previewSample(part, sample, mapping, state.textPatterns, entry.planned.about);
    entry.planned = { ...entry.planned, preview: events, notices, sampled: { entries: sample.entries.length, understood } };
  }
}
