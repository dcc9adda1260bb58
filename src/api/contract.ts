import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import * as wire from './wire.ts';

/**
 * The one contract: every name, its input and its output. The engine implements it (`engine.ts`), the transports only
 * move bytes (`transports/`), and the hosts (CLI, web, desktop) call nothing else.
 *
 * `kind` says what a caller may assume: a query changes nothing and may be cached by the workspace's revision; a
 * mutation changes something and returns when that is durable; a stream pushes until it is closed.
 * Long work is a job: a mutation returns its id, `jobs.watch` streams its progress, `jobs.cancel` stops it.
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

export const recordSort = z.enum(['started', 'ended', 'duration', 'key', 'status', 'steps', 'findings', 'severity']);
export const recordFilter = z.object({
  /** Free text: a part of any identifier, or terms of the query language (`status:failed system:erp finding:gap type:order`). */
  text: z.string().default(''),
  type: z.string().optional(),
  status: z.string().optional(),
  system: z.string().optional(),
  finding: wire.findingKind.optional(),
  severity: wire.severity.optional(),
});
export type RecordFilter = z.input<typeof recordFilter>;

export const findingFilter = z.object({
  kind: wire.findingKind.optional(),
  subkind: z.string().optional(),
  severity: wire.severity.optional(),
  system: z.string().optional(),
  /** Any identifier of the record. */
  record: z.string().optional(),
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
  timezone: z.string().optional(),
  system: z.string().optional(),
});

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
  },
  sources: {
    list: query.output(z.array(wire.sourceRow)),
    rejects: query
      .input(z.object({ source: z.number().int().optional(), ...page }))
      .output(z.object({ rows: z.array(wire.rejection), total: z.number().int() })),
    /** Removes a source and everything that came only from it, then analyses again. */
    remove: mutation.input(z.object({ source: z.number().int() })).output(z.object({ job: z.string() })),
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
  events: {
    get: query.input(z.object({ id: z.number().int() })).output(wire.eventDetail),
  },
  findings: {
    page: query
      .input(z.object({ filter: findingFilter.default({}), ...page }))
      .output(z.object({ rows: z.array(wire.finding), total: z.number().int() })),
    /** Counts per kind and subkind and severity, for the navigation. */
    summary: query.output(
      z.array(z.object({ kind: wire.findingKind, subkind: z.string(), severity: wire.severity, count: z.number().int() })),
    ),
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
