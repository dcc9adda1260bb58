import { implement, ORPCError } from '@orpc/server';
import { Cancelled, UserError } from '../model/errors.ts';
import { VIEWS } from '../workspace/views.ts';
import { contract } from './contract.ts';
import type { Engine } from './engine/engine.ts';
import { backtest } from './engine/backtest.ts';
import { decideIdentity, undoIdentity } from './engine/identity.ts';
import { recentWorkspaces } from './engine/settings.ts';
import { profileList } from './queries/profile-list.ts';

/** What every handler gets: the engine, and where the host keeps its settings. */
export interface RouterContext {
  readonly engine: Engine;
  readonly home: string;
}

/** What an error says on the wire beside its message: the stable code and the place. */
export interface WireErrorData {
  readonly code: string;
  readonly place: string | null;
}

/** `not-found` → 404 and so on, so that a generic client can tell the kinds apart. */
function toWireError(error: unknown): Error {
  if (error instanceof ORPCError) return error;
  if (error instanceof UserError) {
    const data: WireErrorData = { code: error.code, place: error.place ?? null };
    return new ORPCError(error.code === 'not-found' ? 'NOT_FOUND' : 'BAD_REQUEST', { message: error.message, data });
  }
  if (error instanceof Cancelled)
    return new ORPCError('CLIENT_CLOSED_REQUEST', { message: error.message, data: { code: 'cancelled', place: null } });
  const message = error instanceof Error ? error.message : String(error);
  return new ORPCError('INTERNAL_SERVER_ERROR', { message, data: { code: 'bug', place: null }, cause: error });
}

const os = implement(contract)
  .$context<RouterContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toWireError(error);
    }
  });

/** The contract, implemented by the engine. The same router stands behind every transport. */
export const router = os.router({
  workspace: {
    info: os.workspace.info.handler(({ context }) => context.engine.info()),
    open: os.workspace.open.handler(({ context, input }) => context.engine.switchTo(input.file)),
    recent: os.workspace.recent.handler(({ context }) => recentWorkspaces(context.home)),
    changes: os.workspace.changes.handler(async function* ({ context, signal }) {
      yield* changes(context.engine, signal);
    }),
  },
  imports: {
    plan: os.imports.plan.handler(({ context, input }) => context.engine.plan(input.files, input.options)),
    replan: os.imports.replan.handler(({ context, input }) => context.engine.replan(input.plan, input.mappings)),
    start: os.imports.start.handler(({ context, input }) => ({ job: context.engine.startImport(input.plan, input.exclude) })),
    sample: os.imports.sample.handler(({ context, input }) => ({ job: context.engine.startSample(input.orders, input.seed) })),
    profile: os.imports.profile.handler(({ context, input }) => ({ yaml: context.engine.profileYaml(input.plan, input.part) })),
  },
  jobs: {
    list: os.jobs.list.handler(({ context }) => context.engine.jobs.list()),
    watch: os.jobs.watch.handler(async function* ({ context, input, signal }) {
      yield* context.engine.jobs.watch(input.job, signal);
    }),
    cancel: os.jobs.cancel.handler(({ context, input }) => ({ cancelled: context.engine.jobs.cancel(input.job) })),
    pause: os.jobs.pause.handler(({ context, input }) => ({ paused: context.engine.jobs.pause(input.job) })),
    resume: os.jobs.resume.handler(({ context, input }) => ({ resumed: context.engine.jobs.resume(input.job) })),
  },
  sources: {
    list: os.sources.list.handler(({ context, signal }) => context.engine.readers.ask('sources', [], signal)),
    rejects: os.sources.rejects.handler(({ context, input, signal }) =>
      context.engine.readers.ask('rejects', [input, input.offset, input.limit], signal),
    ),
    plan: os.sources.plan.handler(({ context, input }) => context.engine.planReread(input.source, input.options, input.rejected)),
    remove: os.sources.remove.handler(({ context, input }) => ({ job: context.engine.startRemoval(input.source) })),
  },
  rejects: {
    groups: os.rejects.groups.handler(({ context, input, signal }) => context.engine.readers.ask('rejectGroups', [input.source], signal)),
    bytes: os.rejects.bytes.handler(({ context, input, signal }) => context.engine.readers.ask('rejectedText', [input.id], signal)),
    export: os.rejects.export.handler(({ context, input, signal }) =>
      context.engine.readers.ask('exportRejects', [input, input.format, input.bytes, input.offset], signal),
    ),
  },
  mappings: {
    list: os.mappings.list.handler(({ context, signal }) => context.engine.readers.ask('mappings', [], signal)),
    forget: os.mappings.forget.handler(({ context, input }) => ({ forgotten: context.engine.forgetMapping(input.mapping) })),
  },
  profiles: {
    list: os.profiles.list.handler(({ context }) => profileList(context.home)),
  },
  watches: {
    list: os.watches.list.handler(({ context }) => context.engine.watches.list()),
    add: os.watches.add.handler(({ context, input }) => context.engine.addWatch(input.folder, input.options)),
    remove: os.watches.remove.handler(({ context, input }) => ({ removed: context.engine.watches.remove(input.watch) })),
  },
  records: {
    page: os.records.page.handler(({ context, input, signal }) =>
      context.engine.readers.ask('records', [input.filter, input.sort, input.descending, input.offset, input.limit], signal),
    ),
    search: os.records.search.handler(({ context, input, signal }) =>
      context.engine.readers.ask('search', [input.text, input.limit], signal),
    ),
  },
  journeys: {
    get: os.journeys.get.handler(({ context, input, signal }) => context.engine.readers.ask('journey', [input.id, input.type], signal)),
    events: os.journeys.events.handler(({ context, input, signal }) =>
      context.engine.readers.ask('journeyEvents', [input.id, input.type, input.offset, input.limit], signal),
    ),
  },
  identity: {
    get: os.identity.get.handler(({ context, input, signal }) => context.engine.readers.ask('identity', [input.id, input.type], signal)),
    decisions: os.identity.decisions.handler(({ context, signal }) => context.engine.readers.ask('identityDecisions', [], signal)),
    conflicts: os.identity.conflicts.handler(({ context, input, signal }) =>
      context.engine.readers.ask('conflicts', [input.offset, input.limit], signal),
    ),
    decide: os.identity.decide.handler(({ context, input }) => decideIdentity(context.engine, input)),
    undo: os.identity.undo.handler(({ context, input }) => undoIdentity(context.engine, input.decision)),
  },
  events: {
    get: os.events.get.handler(({ context, input, signal }) => context.engine.readers.ask('event', [input.id], signal)),
  },
  findings: {
    page: os.findings.page.handler(({ context, input, signal }) =>
      context.engine.readers.ask('findings', [input.filter, input.offset, input.limit], signal),
    ),
    get: os.findings.get.handler(({ context, input, signal }) => context.engine.readers.ask('finding', [input.id], signal)),
    summary: os.findings.summary.handler(({ context, input, signal }) =>
      context.engine.readers.ask('findingSummary', [input.status], signal),
    ),
    decide: os.findings.decide.handler(({ context, input }) => ({
      decided: context.engine.decide(input.findings, input.status, input.note),
    })),
    taught: os.findings.taught.handler(({ context, signal }) => context.engine.readers.ask('taught', [], signal)),
  },
  incidents: {
    page: os.incidents.page.handler(({ context, input, signal }) =>
      context.engine.readers.ask('incidents', [input.offset, input.limit], signal),
    ),
    get: os.incidents.get.handler(({ context, input, signal }) => context.engine.readers.ask('incident', [input.id], signal)),
    ofFinding: os.incidents.ofFinding.handler(({ context, input, signal }) =>
      context.engine.readers.ask('incidentOf', [input.finding], signal),
    ),
  },
  changes: {
    list: os.changes.list.handler(({ context, signal }) => context.engine.readers.ask('changeSets', [], signal)),
    page: os.changes.page.handler(({ context, input, signal }) =>
      context.engine.readers.ask('changes', [input.id, input.what, input.offset, input.limit], signal),
    ),
  },
  flows: {
    usual: os.flows.usual.handler(({ context, signal }) => context.engine.readers.ask('usualFlows', [], signal)),
    list: os.flows.list.handler(({ context, signal }) => context.engine.readers.ask('passports', [], signal)),
    get: os.flows.get.handler(({ context, input, signal }) => context.engine.readers.ask('passport', [input.name], signal)),
    check: os.flows.check.handler(({ context, input, signal }) =>
      context.engine.readers.ask('checkPassport', [input.yaml, input.workspace], signal),
    ),
    learn: os.flows.learn.handler(({ context, input, signal }) =>
      context.engine.readers.ask('learnPassport', [input.type, input.flow], signal),
    ),
    put: os.flows.put.handler(({ context, input }) => context.engine.putPassport(input.yaml)),
    remove: os.flows.remove.handler(async ({ context, input }) => ({ job: await context.engine.removePassport(input.name) })),
    backtest: os.flows.backtest.handler(async function* ({ context, input, signal }) {
      yield* backtest(context.engine.readers, input.yaml, signal);
    }),
  },
  sql: {
    run: os.sql.run.handler(({ context, input, signal }) => context.engine.runSql(input.sql, input.limit, signal)),
    views: os.sql.views.handler(() =>
      VIEWS.map((view) => ({
        name: view.name,
        description: view.description,
        columns: view.columns.map(({ name, description }) => ({ name, description })),
      })),
    ),
  },
});

async function* changes(engine: Engine, signal: AbortSignal | undefined): AsyncGenerator<{ revision: number }> {
  let seen = -1;
  while (!signal?.aborted) {
    if (engine.revision !== seen) {
      seen = engine.revision;
      yield { revision: seen };
      continue;
    }
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        unsubscribe();
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const unsubscribe = engine.onChange(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}
