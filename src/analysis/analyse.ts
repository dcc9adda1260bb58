import { clockFindings } from '../findings/index.ts';
import type { DetectorContext } from '../findings/types.ts';
import { withPassports } from '../flows/index.ts';
import { createIdentityBuilder, type IdentityBuilder } from '../identity/index.ts';
import type { Identity, IdentifierTable } from '../identity/types.ts';
import { decisionText, type DecisionOutcome, type IdentityDecision } from '../model/identity-decision.ts';
import type { SkewedClock } from '../model/clock.ts';
import { type Micros, micros } from '../model/time.ts';
import { columnBatches, coverageOf, dictionary, eventCount, eventEnd, sourceRanks, sourceRevisions } from '../workspace/analysis-reader.ts';
import { sourceNames } from '../workspace/changes.ts';
import { CLOCKS, CLOCK_ERRORS, correctionsOf } from '../workspace/clocks.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';
import { DerivedWriter, type JudgedRows, type SourceTold } from '../workspace/derived-writer.ts';
import { DECIDED, identityDecisions, type DecidedText } from '../workspace/identity-decisions.ts';
import { identifierTable, readIdentifiers } from '../workspace/identifier-values.ts';
import type { Db } from '../workspace/open.ts';
import { aliasIndex } from './alias-index.ts';
import { leaveOut } from './carried/leave-out.ts';
import { resolveCarried, withCarried, type Carried } from './carried/resolve.ts';
import { Chunks } from './chunks.ts';
import { ClockFinder, type FoundClocks } from './clocks/find-clocks.ts';
import type { AnalysisHooks, DataRange, JourneyHelper } from './hooks.ts';
import { JourneyPairs, type JourneyGroups } from './journey-groups.ts';
import { JourneyWork, chunkCount } from './journey-work.ts';
import { countRows, findingRows } from './judged.ts';
import type { ObservedLoad } from './observed-load.ts';
import type { JourneyMaterial } from './material.ts';
import { recordChanges } from './lifecycle/changes.ts';
import { settle } from './lifecycle/standings.ts';
import { linkRows } from './link-rows.ts';
import { passportsOf } from './passports.ts';
import type { Overlap } from './overlap/find-overlap.ts';
import { readOverlap } from './overlap/read-overlap.ts';
import { withoutShadowed, type Shadow } from './overlap/shadow.ts';
import { UnwrittenIdentity } from './unwritten-identity.ts';

export interface AnalysisResult {
  readonly records: number;
  readonly journeys: number;
  readonly findings: number;
  /** What sources told that was known, or that brought others up to date. Absent: none. */
  readonly sources: ReadonlyMap<number, SourceTold>;
  /** Sources that only say where a document beside them comes from. */
  readonly sidecars: ReadonlySet<number>;
}

/** Events below which starting another thread takes longer than it saves. */
const WORTH_A_THREAD = 40_000;

/**
 * Carries the whole workspace through identity → journey → flows → findings and replaces what was derived before. Of events that several
 * sources tell, one is used. One pass over the columns says who is who, unless a load was observed just now, one which events belong to
 * which journey. Then journeys are built: a sample to learn what is usual, all to judge. While a helping thread learns and begins to
 * judge, this one writes records and links; then both judge, and this one writes.
 */
export async function analyse(db: Db, hooks: AnalysisHooks, observed?: ObservedLoad): Promise<AnalysisResult> {
  const helper = eventCount(db) < WORTH_A_THREAD ? undefined : hooks.helper?.();
  try {
    return await analyseWith(helper, db, hooks, observed);
  } finally {
    await helper?.end();
  }
}

async function analyseWith(
  helper: JourneyHelper | undefined,
  db: Db,
  hooks: AnalysisHooks,
  observed: ObservedLoad | undefined,
): Promise<AnalysisResult> {
  const { material, unwritten, overlap, carried, clocks, errors, decided } = prepare(db, hooks, observed);
  hooks.release?.();
  await helper?.ready;
  const writer = new DerivedWriter(db);
  try {
    hooks.progress('Learning what is usual', 0, 1);
    const chunks = new Chunks(chunkCount(material));
    const rows = new RowsInOrder(writer, chunks);
    const { coverage } = material;
    const data: DataRange = { scope: { coverage, clockErrors: errors }, dataEnd: endOf(coverage) };
    const helping = helper?.work(material, data, chunks, (chunk, judged) => rows.add(chunk, judged));
    // A failure of the helper is thrown where it is awaited; until then it must not count as unhandled.
    helping?.learned.catch(() => undefined);
    helping?.judged.catch(() => undefined);
    writer.overlap(overlap.shadow.ranges(), overlap.sources);
    writer.carried(carried.carrying, carried.how, carried.sidecars);
    const records = unwritten.write(writer);
    hooks.release?.();
    const work = new JourneyWork(db, material, () => hooks.check());
    const learned = helping === undefined ? work.learn() : await helping.learned;
    const context: DetectorContext = { expectations: withPassports(learned, material.passports), ...data };
    for (let chunk = chunks.take(); chunk !== undefined; chunk = chunks.take()) {
      rows.add(chunk, work.judge(chunk, context));
      hooks.progress('Looking for findings', chunk, chunks.count);
      // Lets in what the helper sent.
      if (helping !== undefined) await new Promise((resolve) => setImmediate(resolve));
    }
    await helping?.judged;
    hooks.progress('Writing', 0, 1);
    const skews = clockFindings(clocks);
    writer.journeys(findingRows(skews));
    writer.meta(CLOCKS, clocks);
    writer.meta(CLOCK_ERRORS, errors);
    writer.meta('expectations', learned);
    writer.meta('passports', material.passports);
    writer.meta('data_end', data.dataEnd ?? null);
    writer.meta('analysed_sources', [...sourceNames(db)]);
    writer.meta('event_end', eventEnd(db));
    writer.meta(DECIDED, decided);
    writer.finish();
    settle(db);
    recordChanges(db, new Date().toISOString());
    writer.commit();
    const sidecars = new Set(carried.sidecars.keys());
    return { records, journeys: material.roots.length, findings: rows.findings + skews.length, sources: overlap.sources, sidecars };
  } catch (error) {
    writer.rollback();
    throw error;
  }
}

interface Prepared {
  readonly material: JourneyMaterial;
  readonly unwritten: UnwrittenIdentity;
  readonly overlap: Overlap;
  readonly carried: Carried;
  readonly clocks: readonly SkewedClock[];
  readonly errors: FoundClocks['errors'];
  /** What became of what people said of who is who. */
  readonly decided: readonly DecidedText[];
}

/** Everything before the journeys. A function of its own: an asynchronous one would hold the identity until it ends. */
function prepare(db: Db, hooks: AnalysisHooks, observed: ObservedLoad | undefined): Prepared {
  const names = dictionary(db, 'name');
  const shared = readIdentifiers(db);
  const identifiers = identifierTable(shared, names);
  const ranks = sourceRanks(db);
  const carried = resolveCarried(db, identifiers, ranks, hooks);
  const overlap = leaveOut(db, readOverlap(db, ranks, hooks, carried.carrying), carried, sourceRevisions(db));
  // It has seen what is now left out, and has not seen what is now known.
  if (overlap.shadow.size > 0 || carried.carrying.size > 0) observed?.spoil();
  const batches = function* (): Generator<ColumnBatch> {
    for (const batch of columnBatches(db)) yield withCarried(batch, carried.carrying);
  };
  const decisions = identityDecisions(db);
  const identity = resolveIdentity(db, batches, identifiers, hooks, overlap.shadow, decisions, observed?.take(identifiers));
  hooks.release?.();
  const finder = new ClockFinder(db, identity, names);
  const { roots, eventStart, events } = collectJourneys(batches(), identity, hooks, overlap.shadow, finder);
  const { clocks, errors } = finder.find();
  const corrections = correctionsOf(db, clocks);
  const material: JourneyMaterial = {
    names,
    identifiers: shared,
    recordOf: identity.recordOf,
    keeper: identity.records.keeper,
    rootOf: identity.rootOf,
    roots,
    eventStart,
    events,
    links: identity.links,
    relations: identity.relations,
    aliases: aliasIndex(identity, identifiers),
    linkRows: linkRows(identity.links, identity.records.count),
    sourceRanks: ranks,
    coverage: coverageOf(db, corrections),
    passports: passportsOf(db),
    carriedBy: carried.carrying,
    corrections,
  };
  const decided = decidedOf(decisions, identity.decided);
  return { material, unwritten: new UnwrittenIdentity(identity), overlap, carried, clocks, errors, decided };
}

/** @param observed holds all of it already, when the workspace was loaded just now */
function resolveIdentity(
  db: Db,
  batches: () => Iterable<ColumnBatch>,
  identifiers: IdentifierTable,
  hooks: AnalysisHooks,
  shadow: Shadow,
  decisions: readonly IdentityDecision[],
  observed: IdentityBuilder | undefined,
): Identity {
  if (observed !== undefined) return observed.finish(identifiers, decisions);
  const builder = createIdentityBuilder();
  for (let id = 1; id <= identifiers.count; id++) builder.identifier(identifiers.type(id), identifiers.value(id));
  const total = eventCount(db);
  let done = 0;
  for (const batch of batches()) {
    builder.observe(withoutShadowed(batch, shadow));
    done += batch.count;
    hooks.check();
    hooks.progress('Finding records', done, total);
  }
  return builder.finish(identifiers, decisions);
}

/** What became of each decision, with its words: what was taken back is told by them. */
function decidedOf(decisions: readonly IdentityDecision[], outcomes: readonly DecisionOutcome[]): readonly DecidedText[] {
  return outcomes.map((outcome, at) => ({ ...outcome, text: decisionText(decisions[at]!) }));
}

function collectJourneys(
  batches: Iterable<ColumnBatch>,
  identity: Identity,
  hooks: AnalysisHooks,
  shadow: Shadow,
  finder: ClockFinder,
): JourneyGroups {
  const pairs = new JourneyPairs(identity.records.count);
  for (const batch of batches) {
    pairs.addBatch(withoutShadowed(batch, shadow), identity, (root, index) => finder.add(root, batch, index));
    hooks.check();
  }
  return pairs.group();
}

/**
 * Writes rows in the order of their chunks, in which they need not come: of two findings with one id one is written, and which must not depend on the
 * threads.
 */
class RowsInOrder {
  readonly #writer: DerivedWriter;
  readonly #chunks: Chunks;
  /** What came before its turn. */
  readonly #early = new Map<number, JudgedRows>();
  #written = 0;
  findings = 0;

  constructor(writer: DerivedWriter, chunks: Chunks) {
    this.#writer = writer;
    this.#chunks = chunks;
  }

  add(chunk: number, rows: JudgedRows): void {
    this.#early.set(chunk, rows);
    for (let next = this.#early.get(this.#written); next !== undefined; next = this.#early.get(this.#written)) {
      this.#early.delete(this.#written++);
      this.findings += countRows(next).findings;
      this.#writer.journeys(next);
    }
    this.#chunks.written(this.#written);
  }
}

function endOf(coverage: readonly { readonly to: number }[]): Micros | undefined {
  if (coverage.length === 0) return undefined;
  return micros(coverage.reduce((latest, { to }) => Math.max(latest, to), -Infinity));
}
