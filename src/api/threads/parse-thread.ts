import { dirname, relative } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { transferables, type EventBatch } from '../../intake/batch.ts';
import { discover, isRefusal } from '../../intake/containers/index.ts';
import type { Part } from '../../intake/containers/types.ts';
import type { Mapping, TextPattern } from '../../intake/mapper.ts';
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
import { parseProfile } from '../../intake/profiles/user-profile.ts';
import { readPart } from '../../intake/read-part.ts';
import { alignSiblings } from '../../intake/siblings.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { SourceOutcome } from '../../workspace/source-writer.ts';
import { remote, serve } from './rpc.ts';
import type { SinkMethods } from './write-thread.ts';

export interface PlanRequest {
  readonly files: readonly string[];
  readonly profile: string | undefined;
  readonly profileYaml: string | undefined;
  readonly zone: string | undefined;
  readonly system: string | undefined;
  readonly known: readonly KnownContent[];
}

export interface PlanResult {
  readonly parts: readonly PlannedPart[];
  readonly textPatterns: readonly TextPattern[];
}

/** What the engine asks of a parse thread. */
export type ParseMethods = {
  /** Takes the port to the writer. */
  attach(port: MessagePort): void;
  plan(id: string, request: PlanRequest): Promise<PlanResult>;
  /** Tries other mappings on parts of a plan made before. */
  replan(id: string, mappings: Readonly<Record<string, Mapping>>): PlanResult;
  forget(id: string): void;
  /** Reads one part to its end. Progress is posted as `{ progress: PartProgress & { part } }`. */
  read(plan: string | undefined, part: PlannedPart, textPatterns: readonly TextPattern[]): Promise<ReadOutcome>;
};

export type ReadOutcome = SourceOutcome & { readonly sha256: string };

interface PlanState {
  readonly parts: Map<string, { readonly part: Part; readonly sample: Sample | undefined; planned: PlannedPart }>;
  readonly options: PlanOptions;
  textPatterns: readonly TextPattern[];
}

const { cancel } = workerData as { readonly cancel: Int32Array };
const port = parentPort!;
const plans = new Map<string, PlanState>();
let sink: ReturnType<typeof remote<SinkMethods>> | undefined;
const cancelled = (): boolean => Atomics.load(cancel, 0) !== 0;

serve<ParseMethods>(port, {
  attach: (from) => {
    sink = remote<SinkMethods>(from, {
      transfer: (method, args) => (method === 'events' ? transferables(args[1] as EventBatch) : undefined),
    });
  },
  plan: async (id, request) => {
    const state: PlanState = {
      parts: new Map(),
      options: {
        profile: request.profile,
        userProfile: request.profileYaml === undefined ? undefined : parseProfile(request.profileYaml),
        zone: request.zone,
        system: request.system,
      },
      textPatterns: [],
    };
    plans.set(id, state);
    let next = 1;
    for await (const found of discover(request.files)) {
      if (cancelled()) throw new Cancelled('the plan');
      const partId = `p${next++}`;
      if (isRefusal(found)) {
        state.parts.set(partId, {
          part: undefined as never,
          sample: undefined,
          planned: refusedPart(partId, refusedName(request.files, found.path), found.path, undefined, found.code, found.reason),
        });
      } else {
        const planned = await planOne(partId, found, state.options, request.known);
        if (planned !== undefined) state.parts.set(partId, planned);
      }
    }
    alignAll(state);
    previewAll(state);
    return resultOf(state);
  },
  replan: (id, mappings) => {
    const state = plans.get(id);
    if (state === undefined) throw new UserError('not-found', 'this plan is gone: choose the files again');
    for (const [partId, mapping] of Object.entries(mappings)) {
      const entry = state.parts.get(partId);
      if (entry?.sample !== undefined) entry.planned = { ...entry.planned, mapping };
    }
    previewAll(state);
    return resultOf(state);
  },
  forget: (id) => {
    plans.delete(id);
  },
  read: async (plan, planned, textPatterns) => {
    const part = (plan === undefined ? undefined : plans.get(plan)?.parts.get(planned.id)?.part) ?? (await findPart(planned));
    return importPart(part, planned, textPatterns);
  },
});
port.postMessage({ ready: true });

async function planOne(id: string, part: Part, options: PlanOptions, known: readonly KnownContent[]) {
  try {
    const twin = await knownTwin(part, known);
    if (twin !== undefined) {
      return {
        part,
        sample: undefined,
        planned: {
          ...refusedPart(id, part.name, part.path, part, 'known', `the same content was imported before as ${twin}`),
          outcome: 'known' as const,
        },
      };
    }
    const sample = await samplePart(part);
    if (sample === undefined) return undefined;
    const mapping = understandSample(part, sample, options);
    const planned: PlannedPart = {
      id,
      name: part.name,
      path: part.path,
      member: part.member,
      diskBytes: part.diskBytes,
      encoding: part.encoding,
      outcome: 'ready',
      code: '',
      reason: '',
      format: sample.format.id,
      formatReason: sample.formatReason,
      options: sample.options,
      mapping,
      preview: [],
    };
    return { part, sample, planned };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { part, sample: undefined, planned: refusedPart(id, part.name, part.path, part, error.code, error.message) };
  }
}

/** Only a file of a size that is known is worth hashing before it is read. */
async function knownTwin(part: Part, known: readonly KnownContent[]): Promise<string | undefined> {
  if (part.path === '-' || part.diskBytes === undefined) return undefined;
  const candidates = known.filter((content) => content.diskBytes === part.diskBytes || content.bytes === part.diskBytes);
  if (candidates.length === 0) return undefined;
  const sha256 = await contentHash(part);
  return candidates.find((content) => content.sha256 === sha256)?.name;
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

/** Files of one log are understood alike. */
function alignAll(state: PlanState): void {
  const ready = [...state.parts.values()].flatMap((entry) =>
    entry.sample === undefined || entry.planned.mapping === undefined
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

/** Two rounds: the fields of all parts teach the shapes of keys, then every part is previewed with them. */
function previewAll(state: PlanState): void {
  const ready = [...state.parts.values()].filter((entry) => entry.sample !== undefined && entry.planned.mapping !== undefined);
  const identifiers = ready.flatMap((entry) => previewSample(entry.part, entry.sample!, entry.planned.mapping!, []).identifiers);
  state.textPatterns = learnTextPatterns(identifiers);
  for (const entry of ready) {
    const preview = previewSample(entry.part, entry.sample!, entry.planned.mapping!, state.textPatterns).events;
    entry.planned = { ...entry.planned, preview };
  }
}

function resultOf(state: PlanState): PlanResult {
  return { parts: [...state.parts.values()].map((entry) => entry.planned), textPatterns: state.textPatterns };
}

async function findPart(planned: PlannedPart): Promise<Part> {
  for await (const found of discover([planned.path])) {
    if (!isRefusal(found) && found.member === planned.member) return found;
  }
  throw new UserError('file-unreadable', `${planned.name} is no longer there`, planned.name);
}

async function importPart(part: Part, planned: PlannedPart, textPatterns: readonly TextPattern[]): Promise<ReadOutcome> {
  if (sink === undefined || planned.mapping === undefined) throw new Error('the parse thread is not attached to a writer');
  const to = sink;
  const { format, mapper } = mapperFor(part, planned.format, planned.options, planned.mapping, textPatterns);
  const source = await to.begin({
    name: planned.name,
    path: planned.path,
    format: planned.format,
    options: planned.options,
    mapping: planned.mapping,
    encoding: planned.encoding,
    diskBytes: planned.diskBytes,
    importedAt: new Date().toISOString(),
  });
  try {
    let last = 0;
    const totals = await readPart(
      part,
      format,
      planned.options,
      mapper,
      {
        events: (batch) => to.events(source, batch),
        block: (offset, length, body) => to.block(source, { offset, length, body }),
        rejects: (rejections) => to.rejects(source, rejections),
      },
      {
        cancelled,
        progress: (progress) => {
          const now = Date.now();
          if (now - last < 100) return;
          last = now;
          port.postMessage({ progress: { part: planned.id, ...progress } });
        },
      },
    );
    const outcome = await to.end(source, { bytes: totals.bytes, sha256: totals.sha256, entries: totals.entries });
    port.postMessage({
      progress: { part: planned.id, diskBytes: planned.diskBytes ?? totals.bytes, entries: totals.entries, rejected: totals.rejected },
    });
    return { ...outcome, sha256: totals.sha256 };
  } catch (error) {
    await to.abort(source);
    throw error;
  }
}
