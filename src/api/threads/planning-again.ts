import type { Part } from '../../intake/containers/types.ts';
import type { Entry } from '../../intake/entry.ts';
import type { Format, FormatOptions } from '../../intake/format.ts';
import { formatById } from '../../intake/formats/index.ts';
import type { Mapping, TextPattern } from '../../intake/mapper.ts';
import {
  previewSample,
  readHead,
  samplePart,
  understandSample,
  type PlannedPart,
  type PlanOptions,
  type Sample,
} from '../../intake/plan.ts';
import { sampleEntries } from '../../intake/sample-entries.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { openReader } from '../../workspace/open.ts';
import { misunderstoodPlaces } from '../../workspace/readers/rejections.ts';
import type { StoredSource } from '../../workspace/readers/sources.ts';
import { encodingOf, planOptions, previewAll, type PlanState, type UnderstandingRequest } from './planning.ts';
import { recodedPart } from './recoded-part.ts';
import { sourceToReread, storedCarrier, storedPart } from './stored-part.ts';

export interface RereadRequest extends UnderstandingRequest {
  readonly workspace: string;
  readonly source: number;
  /** Only what it rejected is to be read in a new way. */
  readonly rejected: boolean;
  /** To decode its bytes anew, where its text gives them back. */
  readonly encoding: string | undefined;
}

/** Rejected entries that are looked at. */
const SAMPLE_ENTRIES = 400;

/**
 * A plan for reading a source again from its stored text. Without a profile it begins with the mapping that the source has, or, for what it
 * rejected, with what is found in those entries. Throws `UserError` when there is no such source, or nothing of it that a mapping could help.
 */
export async function planReread(request: RereadRequest, cancelled: () => boolean): Promise<PlanState> {
  const source = sourceToReread(request.workspace, request.source);
  const encoding = encodingOf(request.encoding);
  const recoded = encoding !== undefined && encoding !== source.encoding;
  if (recoded && request.rejected)
    throw new UserError(
      'invalid-input',
      'another encoding changes all of the text: read all of the source again, not only what was rejected',
    );
  const part = recoded ? await recodedPart(request.workspace, source, encoding, cancelled) : storedPart(request.workspace, source);
  const options = planOptions(request, []);
  const stored = JSON.parse(source.mapping) as Mapping;
  const { sample, mapping, formatReason } = request.rejected
    ? await sampleRejected(request, source, part, options, cancelled)
    : recoded
      ? await sampleRecoded(part, stored, options)
      : await sampleWhole(source, part, stored, options);
  const planned: PlannedPart = {
    id: 'p1',
    name: source.name,
    path: source.path,
    member: source.member ?? undefined,
    diskBytes: source.bytes,
    encoding: part.encoding,
    outcome: 'ready',
    code: '',
    reason: '',
    format: sample.format.id,
    formatReason,
    options: sample.options,
    mapping,
    preview: [],
    about: storedCarrier(source)?.about,
    reread: {
      from: recoded ? 'recoded' : 'text',
      workspace: request.workspace,
      source: source.id,
      rejected: source.rejected,
      main: request.rejected ? stored : undefined,
    },
  };
  const state: PlanState = {
    parts: new Map([['p1', { part, sample, planned }]]),
    options,
    basePatterns: JSON.parse(source.patterns) as readonly TextPattern[],
    textPatterns: [],
  };
  previewAll(state);
  return state;
}

interface Look {
  readonly sample: Sample;
  readonly mapping: Mapping;
  readonly formatReason: string;
}

async function sampleWhole(source: StoredSource, part: Part, stored: Mapping, options: PlanOptions): Promise<Look> {
  if (options.userProfile !== undefined) {
    const sample = await samplePart(part, options);
    if (sample !== undefined) return { sample, mapping: understandSample(part, sample, options), formatReason: sample.formatReason };
  }
  const { format, options: formatOptions } = formatOf(source);
  const head = await readHead(part);
  const sample: Sample = { head, format, options: formatOptions, entries: await sampleEntries(part, format, formatOptions, head) };
  return {
    sample,
    mapping: options.profile === undefined ? said(stored, options) : understandSample(part, sample, options),
    formatReason: AS_BEFORE,
  };
}

/** Another encoding can make another format of the bytes. Where the fields are the same, their meaning stays: only the letters are others. */
async function sampleRecoded(part: Part, stored: Mapping, options: PlanOptions): Promise<Look> {
  const sample = await samplePart(part, options);
  if (sample === undefined) throw new UserError('format-unknown', `${part.name} is a file of Waybill's own`);
  const found = understandSample(part, sample, options);
  const known = new Set(stored.fields.map(({ path }) => path));
  const same = options.profile === undefined && options.userProfile === undefined && found.fields.every(({ path }) => known.has(path));
  return { sample, mapping: same ? said(stored, options) : found, formatReason: sample.formatReason };
}

async function sampleRejected(
  request: RereadRequest,
  source: StoredSource,
  part: Part,
  options: PlanOptions,
  cancelled: () => boolean,
): Promise<Look> {
  const places = placesOf(request);
  if (places.size === 0) {
    throw new UserError(
      'invalid-input',
      source.rejected === 0
        ? `${source.name} has no rejected entries`
        : `the rejected entries of ${source.name} are damaged: no other mapping can read them`,
    );
  }
  const { format, options: formatOptions } = formatOf(source);
  const entries = await entriesAt(part, format, formatOptions, places, cancelled);
  if (entries.length === 0)
    throw new UserError('invalid-input', `${source.name} was read by another version: read all of it again, not only what was rejected`);
  const sample: Sample = {
    head: await readHead(part),
    format,
    options: formatOptions,
    entries,
    userProfile: options.userProfile,
  };
  const mapping = understandSample(part, sample, options);
  // The platform that rejected them recognises them again: what is in them has to be found without it.
  const helps =
    options.profile !== undefined || sample.userProfile !== undefined || previewSample(part, sample, mapping, []).understood > 0;
  return {
    sample,
    mapping: helps ? mapping : understandSample(part, sample, { ...options, profile: 'inferred' }),
    formatReason: AS_BEFORE,
  };
}

const AS_BEFORE = 'as it was imported';

function formatOf(source: StoredSource): { readonly format: Format; readonly options: FormatOptions } {
  const format = formatById(source.format);
  if (format === undefined)
    throw new UserError('format-unknown', `${source.name} is in the format ${source.format}, which this version does not know`);
  return { format, options: JSON.parse(source.options) as FormatOptions };
}

/** The mapping of a source, with what the user says for this reading. */
function said(mapping: Mapping, { system, zone }: PlanOptions): Mapping {
  return {
    ...mapping,
    ...(system === undefined ? undefined : { system, systemReason: 'given' }),
    ...(zone === undefined ? undefined : { zone, zoneReason: 'given' }),
  };
}

function placesOf(request: RereadRequest): ReadonlySet<number> {
  const db = openReader(request.workspace);
  try {
    return misunderstoodPlaces(db, request.source);
  } finally {
    db.close();
  }
}

class Enough extends Error {}

/** The first entries that begin at one of these places. They can stand anywhere: all of the text may have to be read. */
async function entriesAt(
  part: Part,
  format: Format,
  options: FormatOptions,
  places: ReadonlySet<number>,
  cancelled: () => boolean,
): Promise<Entry[]> {
  const most = Math.min(SAMPLE_ENTRIES, places.size);
  const entries: Entry[] = [];
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of part.open()) {
      if (cancelled()) throw new Cancelled('the plan');
      yield chunk;
    }
  };
  try {
    await format.read(
      chunks(),
      options,
      {
        entry: (entry) => {
          if (!places.has(entry.place.offset)) return;
          entries.push(entry);
          if (entries.length >= most) throw new Enough();
        },
        reject: () => undefined,
      },
      part.path === '-' ? undefined : chunks,
    );
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return entries;
}
