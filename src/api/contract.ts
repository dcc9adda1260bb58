import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { COMPLETENESS_STATES } from '../model/completeness.ts';
import * as wire from './wire.ts';

/**
 * The one contract: every name, its input and its output. The engine implements it (`engine.ts`), the transports only
 * move bytes (`transports/`), and the hosts (CLI, web, desktop) call nothing else.
 *
 * `kind` says what a caller may assume: a query changes nothing and may be cached by the workspace's revision; a
 * mutation changes something and returns when that is durable; a stream pushes until it is closed.
 * Long work is a job: a mutation returns its id, `jobs.watch` streams its progress, `jobs.cancel` stops it, `jobs.pause` holds it.
 */
interface ProcedureMeta {
  readonly kind?: 'query' | 'mutation' | 'stream';
}

const base = oc.$meta<ProcedureMeta>({});
const query = base.meta({ kind: 'query' });
const mutation = base.meta({ kind: 'mutation' });
const stream = base.meta({ kind: 'stream' });

/** Pages are bounded so that no answer blocks a transport: 1,000 rows are about 2 ms on the wire. */
export const MAX_PAGE = 1000;
const page = { offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(MAX_PAGE).default(100) };

export const recordSort = z.enum(['started', 'ended', 'duration', 'key', 'status', 'steps', 'findings', 'severity', 'completeness']);
export const recordFilter = z.object({
  /** Free text: a part of any identifier, or terms of the query language (`status:failed system:erp finding:gap type:order`). */
  text: z.string().default(''),
  type: z.string().optional(),
  status: z.string().optional(),
  system: z.string().optional(),
  finding: wire.findingKind.optional(),
  severity: wire.severity.optional(),
  completeness: z.enum(COMPLETENESS_STATES).optional(),
  /** Records whose journey the data contradicts itself about. */
  conflict: z.enum(['claimed', 'reused', 'any']).optional(),
});
export type RecordFilter = z.input<typeof recordFilter>;

export const findingFilter = z.object({
  kind: wire.findingKind.optional(),
  subkind: z.string().optional(),
  severity: wire.severity.optional(),
  system: z.string().optional(),
  /** Any identifier of the record. */
  record: z.string().optional(),
  /** Default: what is not settled, that is `open` and `acknowledged`. */
  status: z.enum([...wire.findingStatus.options, 'all']).optional(),
  /** Id of an incident. */
  incident: z.string().optional(),
});

/**
 * A file to import. The CLI passes paths. The desktop and web hosts pass `grant`s: opaque names for a file that the user
 * chose or dropped, so that a page cannot ask for a path of its own.
 */
export const importFile = z.union([z.object({ path: z.string() }), z.object({ grant: z.string() })]);

export const importOptions = z.object({
  /** Id of a platform profile, or of a learned one. */
  profile: z.string().optional(),
  /** A profile file's YAML text. */
  profileYaml: z.string().optional(),
  /** What that file is called, for messages. */
  profileName: z.string().optional(),
  timezone: z.string().optional(),
  system: z.string().optional(),
  /** The encoding of the files, where it is not to be recognised: `IBM-037`, `ISO-8859-2` … */
  encoding: z.string().optional(),
});

/** A flow passport as text: as long as the largest that is read. */
const passportText = z.string().max(500_000);

/** What is rejected: all of it, or of one source, or for one reason. */
const rejectFilter = { source: z.number().int().optional(), code: z.string().optional() };

/** An identifier as a caller names it; the type only where several types share the spelling. */
const namedIdentifier = z.object({ type: z.string().optional(), value: z.string().min(1).max(4000) });

export const contract = {
  workspace: {
    info: query.output(wire.workspaceInfo),
    /** Opens or creates a workspace file and makes it the current one. */
    open: mutation.input(z.object({ file: importFile })).output(wire.workspaceInfo),
    recent: query.output(z.array(z.object({ path: z.string(), name: z.string(), openedAt: z.string(), exists: z.boolean() }))),
    /** Emits when the data changed: after an import, a removal, an analysis, or when another workspace was opened. */
    changes: stream.output(eventIterator(z.object({ revision: z.number().int() }))),
  },
  imports: {
    /** Looks at the files and says how they would be understood. Writes nothing. */
    plan: mutation.input(z.object({ files: z.array(importFile), options: importOptions.default({}) })).output(wire.plan),
    /** Plans again with corrected mappings, keyed by part id. */
    replan: mutation.input(z.object({ plan: z.string(), mappings: z.record(z.string(), wire.mapping) })).output(wire.plan),
    /** Starts importing what was planned (refused and known parts are left out), then analyses. */
    start: mutation.input(z.object({ plan: z.string(), exclude: z.array(z.string()).default([]) })).output(z.object({ job: z.string() })),
    /** Simulates the made-up company into the workspace: the sample data of the start page. */
    sample: mutation
      .input(z.object({ orders: z.number().int().min(1).max(100_000).default(400), seed: z.number().int().default(7) }))
      .output(z.object({ job: z.string() })),
    /** The mapping of one planned part as a profile file. */
    profile: query.input(z.object({ plan: z.string(), part: z.string() })).output(z.object({ yaml: z.string() })),
  },
  jobs: {
    list: query.output(z.array(wire.jobProgress)),
    /** Streams progress, at most ten times a second, and ends with the final state. */
    watch: stream.input(z.object({ job: z.string() })).output(eventIterator(wire.jobProgress)),
    cancel: mutation.input(z.object({ job: z.string() })).output(z.object({ cancelled: z.boolean() })),
    /** Holds a job where it can wait; it can still be cancelled. False when there is nothing to hold. */
    pause: mutation.input(z.object({ job: z.string() })).output(z.object({ paused: z.boolean() })),
    resume: mutation.input(z.object({ job: z.string() })).output(z.object({ resumed: z.boolean() })),
  },
  sources: {
    list: query.output(z.array(wire.sourceRow)),
    rejects: query
      .input(z.object({ ...rejectFilter, ...page }))
      .output(z.object({ rows: z.array(wire.rejection), total: z.number().int() })),
    /**
     * Plans to read a source again from the text that the workspace keeps, its file is not needed. The plan has one part and goes on like any
     * other (`imports.replan`, `imports.start`). When it is imported it replaces the source, which keeps its id, in one step.
     * With `rejected` only what was rejected and not damaged is read in a new way; everything else is understood as before.
     */
    plan: mutation
      .input(
        z.object({
          source: z.number().int(),
          options: importOptions.default({}),
          rejected: z.boolean().default(false),
        }),
      )
      .output(wire.plan),
    /** Removes a source and everything that came only from it, then analyses again. */
    remove: mutation.input(z.object({ source: z.number().int() })).output(z.object({ job: z.string() })),
  },
  rejects: {
    /** How many were rejected, by source and reason. */
    groups: query.input(z.object({ source: z.number().int().optional() }).default({})).output(z.array(wire.rejectionGroup)),
    /** One rejected entry: its text (at most 64 KiB) and up to 1 KiB on either side. */
    bytes: query.input(z.object({ id: z.number().int() })).output(wire.rejectedText),
    /**
     * Rejected entries as text for other programs, a piece at a time: pieces put together in order are the file. `bytes` adds the text of each
     * entry (at most 16 KiB). In CSV, cells that a spreadsheet would take for a formula begin with an apostrophe.
     */
    export: query
      .input(
        z.object({
          ...rejectFilter,
          format: z.enum(['ndjson', 'csv']),
          bytes: z.boolean().default(false),
          offset: z.number().int().min(0).default(0),
        }),
      )
      .output(z.object({ text: z.string(), next: z.number().int().nullable(), total: z.number().int() })),
  },
  mappings: {
    /** Mappings that were corrected and imported with, the latest first. They are kept in the workspace. */
    list: query.output(z.array(wire.learnedMapping)),
    forget: mutation.input(z.object({ mapping: z.number().int() })).output(z.object({ forgotten: z.boolean() })),
  },
  profiles: {
    /** What `profile` may name: what the user keeps in Waybill's home, then the platforms'. */
    list: query.output(z.array(wire.profile)),
  },
  watches: {
    /** Folders that are watched for this workspace. */
    list: query.output(z.array(wire.watch)),
    /** Imports what is in a folder, and from now on what comes into it or changes. The folder is named as a file to import is. */
    add: mutation.input(z.object({ folder: importFile, options: wire.watch.shape.options.default({}) })).output(wire.watch),
    remove: mutation.input(z.object({ watch: z.string() })).output(z.object({ removed: z.boolean() })),
  },
  records: {
    page: query
      .input(
        z.object({
          filter: recordFilter.default({ text: '' }),
          sort: recordSort.default('started'),
          descending: z.boolean().default(true),
          ...page,
        }),
      )
      .output(z.object({ rows: z.array(wire.recordRow), total: z.number().int() })),
    /** Finds any identifier by its beginning or any part of three characters and more. */
    search: query
      .input(z.object({ text: z.string(), limit: z.number().int().min(1).max(100).default(20) }))
      .output(z.array(wire.searchHit)),
  },
  journeys: {
    /** By any identifier of the record; `type` decides where several records share it. Not found is an error with the nearest identifiers. */
    get: query.input(z.object({ id: z.string(), type: z.string().optional() })).output(wire.journey),
    /** All events of a journey, notes included, in time order. */
    events: query
      .input(z.object({ id: z.string(), type: z.string().optional(), ...page }))
      .output(z.object({ rows: z.array(wire.eventRow), total: z.number().int() })),
  },
  identity: {
    /** How a record is spelled and linked, with the entries that show it, and what was decided about it. */
    get: query.input(z.object({ id: z.string(), type: z.string().optional() })).output(wire.recordIdentity),
    /** All that was decided, the latest first. */
    decisions: query.output(z.array(wire.identityDecision)),
    /** What the data contradicts itself about, by record. */
    conflicts: query
      .input(z.object({ ...page }).default({ offset: 0, limit: 100 }))
      .output(z.object({ rows: z.array(wire.conflict), total: z.number().int() })),
    /**
     * Says that two records belong together or not, or that two identifiers are one record or two; then analyses again. Kept by spelling over any import
     * and removal. What contradicts an earlier decision is refused (`identity-contradiction`).
     */
    decide: mutation
      .input(
        z.object({
          kind: wire.decisionKind,
          /** Of a link; default: `a` owns `b`. */
          relation: wire.identityDecision.shape.relation.unwrap().optional(),
          a: namedIdentifier,
          b: namedIdentifier,
          note: z.string().max(4000).default(''),
        }),
      )
      .output(z.object({ a: wire.spelledIdentifier, b: wire.spelledIdentifier, text: z.string(), job: z.string() })),
    /** Takes back a decision, by default the last one, as if it had never been; then analyses again. */
    undo: mutation
      .input(z.object({ decision: z.number().int().optional() }).default({}))
      .output(z.object({ decision: wire.identityDecision, job: z.string() })),
  },
  events: {
    get: query.input(z.object({ id: z.number().int() })).output(wire.eventDetail),
  },
  findings: {
    page: query
      .input(z.object({ filter: findingFilter.default({}), ...page }))
      .output(z.object({ rows: z.array(wire.finding), total: z.number().int() })),
    get: query.input(z.object({ id: z.string() })).output(wire.finding),
    /** Counts per kind and subkind and severity, for the navigation. */
    summary: query
      .input(findingFilter.pick({ status: true }).default({}))
      .output(z.array(z.object({ kind: wire.findingKind, subkind: z.string(), severity: wire.severity, count: z.number().int() }))),
    /**
     * Says how findings stand; kept over any import. Without a note the one before stays. A false alarm raises the threshold that decided, for that step:
     * what lies below it becomes a false alarm as well, and stands so until the one that taught it is opened again.
     */
    decide: mutation
      .input(
        z.object({
          findings: z.array(z.string()).min(1).max(MAX_PAGE),
          status: wire.findingStatus,
          note: z.string().max(4000).optional(),
        }),
      )
      .output(z.object({ decided: z.number().int() })),
    /** The thresholds that false alarms raised. */
    taught: query.output(z.array(wire.taughtThreshold)),
  },
  incidents: {
    /** Findings of one cause that belong together in time, the worst first. Those of which all is settled are left out. */
    page: query
      .input(z.object({ ...page }).default({ offset: 0, limit: 100 }))
      .output(z.object({ rows: z.array(wire.incident), total: z.number().int() })),
    /** One incident with what its records have in common. An id of former data leads to the incident of the same cause. */
    get: query.input(z.object({ id: z.string() })).output(wire.incidentDetail),
    /** The incident that a finding is part of; null when it stands alone. */
    ofFinding: query.input(z.object({ finding: z.string() })).output(wire.incident.nullable()),
  },
  changes: {
    /** What each of the last ten imports changed, the latest first; nothing of the first import. */
    list: query.output(z.array(wire.changeSet)),
    /** The changes of one import, the worst first. At most 500 of each sort are kept. */
    page: query
      .input(z.object({ id: z.number().int(), what: wire.changeKind, ...page }))
      .output(z.object({ rows: z.array(wire.change), total: z.number().int() })),
  },
  flows: {
    /** What is usual for each type of record, with what is declared of it. */
    usual: query.output(z.array(wire.usualFlow)),
    /** The passports that this workspace is judged by. */
    list: query.output(z.array(wire.passportRow)),
    get: query.input(z.object({ name: z.string() })).output(z.object({ name: z.string(), yaml: z.string() })),
    /** Says what is wrong with a passport, and what is unwise; its names and times are held against what this workspace shows. */
    check: query
      .input(z.object({ yaml: passportText, workspace: z.boolean().default(true) }))
      .output(z.object({ name: wire.nullable(z.string()), record: wire.nullable(z.string()), complaints: z.array(wire.complaint) })),
    /** What was learned of a type (default: the most frequent one) as a passport. With `flow`, of its steps only. */
    learn: query
      .input(z.object({ type: z.string().optional(), flow: z.string().optional() }))
      .output(z.object({ type: z.string(), yaml: z.string() })),
    /** Keeps a passport in place of the one of its name, then analyses again. */
    put: mutation.input(z.object({ yaml: passportText })).output(z.object({ name: z.string(), job: z.string() })),
    /** Forgets a passport, then analyses again. */
    remove: mutation.input(z.object({ name: z.string() })).output(z.object({ job: z.string() })),
    /** Judges the stored journeys as they would be judged with this passport in place of the one of its name. Writes nothing. */
    backtest: stream.input(z.object({ yaml: passportText })).output(eventIterator(wire.backtestProgress)),
  },
  sql: {
    /** One read-only SELECT over the documented views, with a row and a time limit. */
    run: query
      .input(z.object({ sql: z.string(), limit: z.number().int().min(1).max(10_000).default(MAX_PAGE) }))
      .output(z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())), truncated: z.boolean(), ms: z.number() })),
    views: query.output(
      z.array(
        z.object({ name: z.string(), description: z.string(), columns: z.array(z.object({ name: z.string(), description: z.string() })) }),
      ),
    ),
  },
};
export type Contract = typeof contract;
