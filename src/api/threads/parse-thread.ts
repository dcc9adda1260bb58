import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { discover, isRefusal } from '../../intake/containers/index.ts';
import type { Part } from '../../intake/containers/types.ts';
import { formatById } from '../../intake/formats/index.ts';
import { documentCarrier } from '../../intake/carriers/carrier.ts';
import { isDocument } from '../../intake/carriers/is-document.ts';
import { withoutRejections } from '../../intake/carriers/sidecars.ts';
import { BatchBuilder } from '../../intake/batch.ts';
import type { Mapping, TextPattern } from '../../intake/mapper.ts';
import { correctionsOf, shapeOf, type LearnedMapping } from '../../intake/memory.ts';
import { Notices, type NoticeCounts } from '../../intake/notices.ts';
import { mapperFor, type PlannedPart } from '../../intake/plan.ts';
import { readPart } from '../../intake/read-part.ts';
import type { Carrier } from '../../model/carrier.ts';
import { UserError } from '../../model/errors.ts';
import type { SourceOutcome } from '../../workspace/source-writer.ts';
import { isCancelled, pausePoint, type Control } from './control.ts';
import { planReread, type RereadRequest } from './planning-again.ts';
import { dropSamples, encodingOf, planFiles, replan, resultOf, type PlanRequest, type PlanResult, type PlanState } from './planning.ts';
import { recodedPart } from './recoded-part.ts';
import { releaseMemory } from './release-memory.ts';
import { remote, serve } from './rpc.ts';
import { sourceToReread, storedCarrier, storedPart } from './stored-part.ts';
import type { SinkMethods } from './write-thread.ts';

/** What the engine asks of a parse thread. */
export type ParseMethods = {
  /** Takes the port to the writer. */
  attach(port: MessagePort): void;
  plan(id: string, request: PlanRequest): Promise<PlanResult>;
  /** Plans to read a source again from its stored text. */
  planReread(id: string, request: RereadRequest): Promise<PlanResult>;
  /** Tries other mappings on parts of a plan made before. */
  replan(id: string, mappings: Readonly<Record<string, Mapping>>): PlanResult;
  forget(id: string): void;
  /** The plan will be read now: what was kept to try other mappings on it is let go of. */
  beginReading(plan: string): void;
  /** All of it was read, or nothing more will be: gives back what reading needed. */
  endReading(plan: string): void;
  /** Reads one part to its end. Progress is posted as `{ progress: PartProgress & { part } }`. */
  read(plan: string | undefined, part: PlannedPart, textPatterns: readonly TextPattern[]): Promise<ReadOutcome>;
};

export type ReadOutcome = SourceOutcome & { readonly sha256: string; readonly notices: NoticeCounts };

const { control } = workerData as { readonly control: Control };
const port = parentPort!;
const plans = new Map<string, PlanState>();
let sink: ReturnType<typeof remote<SinkMethods>> | undefined;
const cancelled = (): boolean => isCancelled(control);

serve<ParseMethods>(port, {
  attach: (from) => {
    sink = remote<SinkMethods>(from);
  },
  plan: async (id, request) => keep(id, await planFiles(request, cancelled)),
  planReread: async (id, request) => keep(id, await planReread(request, cancelled)),
  replan: (id, mappings) => {
    const state = plans.get(id);
    if (state === undefined) throw new UserError('not-found', 'this plan is gone: choose the files again');
    replan(state, mappings);
    return resultOf(state);
  },
  forget: (id) => {
    plans.delete(id);
  },
  beginReading: (plan) => {
    const state = plans.get(plan);
    if (state !== undefined) dropSamples(state);
  },
  endReading: (plan) => {
    plans.delete(plan);
    releaseMemory();
  },
  read: async (plan, planned, textPatterns) => {
    const part = (plan === undefined ? undefined : plans.get(plan)?.parts.get(planned.id)?.part) ?? (await findPart(planned));
    const outcome = await importPart(part, planned, textPatterns);
    const learned = outcome.outcome === 'imported' ? learnedFrom(planned) : undefined;
    if (learned !== undefined) await sink?.remember(learned);
    return outcome;
  },
});
port.postMessage({ ready: true });

function keep(id: string, state: PlanState): PlanResult {
  plans.set(id, state);
  return resultOf(state);
}

async function findPart(planned: PlannedPart): Promise<Part> {
  const { reread } = planned;
  if (reread !== undefined && reread.from !== 'file') {
    const source = sourceToReread(reread.workspace, reread.source);
    const encoding = encodingOf(planned.encoding);
    return reread.from === 'text' || encoding === undefined
      ? storedPart(reread.workspace, source)
      : recodedPart(reread.workspace, source, encoding, cancelled);
  }
  for await (const found of discover([planned.path], { encoding: planned.givenEncoding })) {
    if (!isRefusal(found) && found.member === planned.member) return found;
  }
  throw new UserError('file-unreadable', `${planned.name} is no longer there`, planned.name);
}

/** Those that no part is using. A folder of many small files would else make columns for thousands of events for each of them, twice. */
const idleBuilders: BatchBuilder[] = [];

async function importPart(part: Part, planned: PlannedPart, textPatterns: readonly TextPattern[]): Promise<ReadOutcome> {
  if (sink === undefined || planned.mapping === undefined) throw new Error('the parse thread is not attached to a writer');
  const to = sink;
  const notices = new Notices();
  const mapping = mappingToImport(planned, planned.mapping);
  const { format, mapper } = mapperFor(part, planned.format, planned.options, mapping, textPatterns, notices, planned.about);
  // What is read again stays what it was, but for how it is understood.
  const stored = planned.reread === undefined ? undefined : sourceToReread(planned.reread.workspace, planned.reread.source);
  const carrier = (stored === undefined ? undefined : storedCarrier(stored)) ?? carrierOf(planned, mapping);
  const withText = planned.reread?.from !== 'text';
  const source = await to.begin({
    name: stored?.name ?? planned.name,
    path: stored?.path ?? planned.path,
    member: stored === undefined ? planned.member : (stored.member ?? undefined),
    format: planned.format,
    options: planned.options,
    mapping,
    encoding: planned.encoding,
    diskBytes: stored === undefined ? planned.diskBytes : (stored.disk_bytes ?? undefined),
    importedAt: stored?.imported_at ?? new Date().toISOString(),
    patterns: textPatterns,
    carrier,
  });
  const builder = idleBuilders.pop() ?? new BatchBuilder();
  try {
    let last = 0;
    const totals = await readPart(
      part,
      format,
      planned.options,
      carrier !== undefined && carrier.sidecarOf.length > 0 ? withoutRejections(mapper) : mapper,
      {
        events: (batch) => to.events(source, batch),
        block: withText ? (offset, length, body) => to.block(source, { offset, length, body }) : undefined,
        rejects: (rejections) => to.rejects(source, rejections),
      },
      {
        cancelled,
        paused: () => pausePoint(control),
        progress: (progress) => {
          const now = Date.now();
          if (now - last < 100) return;
          last = now;
          port.postMessage({ progress: { part: planned.id, ...progress } });
        },
      },
      builder,
    );
    idleBuilders.push(builder);
    const sha256 = stored?.sha256 ?? totals.sha256;
    const outcome = await to.end(source, {
      bytes: totals.bytes,
      sha256,
      entries: totals.entries,
      notices: notices.counts(),
      replaces: stored?.id,
      newText: stored !== undefined && withText,
    });
    port.postMessage({
      progress: { part: planned.id, diskBytes: planned.diskBytes ?? totals.bytes, entries: totals.entries, rejected: totals.rejected },
    });
    return { ...outcome, sha256, notices: notices.counts() };
  } catch (error) {
    await to.abort(source);
    throw error;
  }
}

/** What the file's name says of a document, or what a sidecar says of the document beside it. */
function carrierOf(planned: PlannedPart, mapping: Mapping): Carrier | undefined {
  return (
    planned.sidecar?.carrier ??
    (isDocument(mapping, planned.format, planned.sampled?.entries ?? 0) ? documentCarrier(planned, planned.about) : undefined)
  );
}

/** Where only rejected entries are read in a new way, that way comes after those that there are. */
function mappingToImport({ reread }: PlannedPart, mapping: Mapping): Mapping {
  const main = reread?.main;
  return main === undefined ? mapping : { ...main, otherwise: [...(main.otherwise ?? []), mapping] };
}

/** What the user taught with this part, for the next file of its shape. */
function learnedFrom(planned: PlannedPart): LearnedMapping | undefined {
  const { reread, mapping, corrected } = planned;
  const proposed = reread?.main ?? (corrected === true ? planned.proposed : undefined);
  if (proposed === undefined || mapping === undefined) return undefined;
  const imported = mappingToImport(planned, mapping);
  return {
    shape: shapeOf(planned.name, planned.format, formatById(planned.format)?.header(planned.options), proposed),
    name: planned.name,
    correctedAt: new Date().toISOString(),
    corrections: correctionsOf(proposed, imported),
    mapping: imported,
    follows: planned.recalled,
  };
}
