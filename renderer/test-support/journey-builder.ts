import type {
  WireAttempt,
  WireCoverage,
  WireEventDetail,
  WireEventRow,
  WireFinding,
  WireHop,
  WireJourney,
  WireStateField,
  WireStep,
} from '../../src/api/wire.ts';
import { recordLabel } from '../../src/model/record.ts';
import type { Status } from '../../src/model/status.ts';

/** A journey with its events, as the engine would answer them. */
export interface FakeJourney {
  readonly journey: WireJourney;
  readonly events: readonly WireEventDetail[];
}

/** One attempt, in milliseconds after the journey's zero. Undefined times are unknown times. */
export interface TryInput {
  readonly at?: number;
  readonly ms?: number;
  readonly status?: Status;
  readonly error?: string;
}

export interface StepInput {
  readonly id: string;
  readonly system: string;
  readonly flow?: string;
  readonly step: string;
  readonly tries?: readonly TryInput[];
  readonly after?: readonly string[];
  readonly usual?: { readonly median: number; readonly p95: number; readonly observations: number };
  readonly absence?: 'confirmed' | 'outside-coverage' | 'still-open';
  /** Due time of a ghost, ms after zero. */
  readonly due?: number;
  readonly branch?: number;
  /** The payload that the event shows. */
  readonly payload?: unknown;
  readonly raw?: string;
  readonly kind?: 'step' | 'snapshot';
}

export interface JourneyInput {
  readonly type: string;
  readonly key: string;
  readonly aliases?: readonly string[];
  readonly status: WireJourney['status'];
  readonly reason: string;
  /** ISO time of zero; undefined for a journey without times. */
  readonly zero: string | undefined;
  readonly steps: readonly StepInput[];
  readonly findings?: (events: ReadonlyMap<string, readonly WireEventDetail[]>) => readonly WireFinding[];
  readonly state?: (events: ReadonlyMap<string, readonly WireEventDetail[]>) => readonly WireStateField[];
  readonly related?: WireJourney['related'];
  readonly coverage?: readonly WireCoverage[];
  readonly dataEndsAt?: string;
  readonly notes?: readonly { readonly at: number; readonly system: string; readonly step: string; readonly text: string }[];
  /** Id of the first event, so that journeys do not share events. */
  readonly firstEvent: number;
  readonly files?: Readonly<Record<string, string>>;
}

function defaultPayload(input: JourneyInput, step: StepInput, at: string | null, attempt: TryInput): Record<string, unknown> {
  return {
    timestamp: at,
    system: step.system,
    flow: step.flow,
    step: step.step,
    status: attempt.status ?? 'succeeded',
    [`${input.type}Id`]: input.key,
    durationMs: attempt.ms,
    ...(attempt.error === undefined ? {} : { error: { message: attempt.error } }),
  };
}

/** Builds honest wire values: every step's attempts, hops and evidence refer to events that exist. */
export function buildJourney(input: JourneyInput): FakeJourney {
  const zero = input.zero === undefined ? undefined : Date.parse(input.zero);
  const iso = (ms: number | undefined): string | null =>
    zero === undefined || ms === undefined ? null : new Date(zero + ms).toISOString();
  let nextEvent = input.firstEvent;
  const events: WireEventDetail[] = [];
  const ofStep = new Map<string, WireEventDetail[]>();

  const addEvent = (
    row: Omit<WireEventRow, 'id' | 'source' | 'line'>,
    stepInput: StepInput,
    attempt: TryInput,
    number: number | null,
  ): WireEventDetail => {
    const id = nextEvent;
    nextEvent += 1;
    const source = input.files?.[row.system] ?? `${row.system.toLowerCase().replaceAll(' ', '-')}.ndjson`;
    const payload = stepInput.payload ?? defaultPayload(input, stepInput, row.at, attempt);
    const text = stepInput.raw ?? JSON.stringify(payload);
    const line = 1000 + id * 7;
    const event: WireEventDetail = {
      ...row,
      id,
      source,
      line,
      identifiers: [
        {
          type: input.type,
          value: (input.aliases ?? []).find((alias) => text.includes(alias)) ?? input.key,
          path: `$.${input.type}Id`,
          key: input.key,
        },
      ],
      attributes: attempt.ms === undefined ? [] : [{ name: 'durationMs', value: String(attempt.ms) }],
      execution: zero === undefined ? null : `execution-${row.system}-${input.key}`,
      attempt: number,
      precision: zero === undefined ? 'day' : 'millisecond',
      zone: row.system === 'erp' ? 'Europe/Berlin' : 'UTC',
      payload,
      raw: {
        text,
        truncated: false,
        offset: line * 350,
        length: text.length,
        line,
        sha256: '9f2c41d07be0c1a8f6d2a5b3e94c7710d8a5f1e2b6c3049d7e8f1a2b3c4d5ee1',
        sourceId: 1,
        format: source.endsWith('.xml') ? 'xml' : 'ndjson',
        profile: 'inferred',
      },
    };
    events.push(event);
    return event;
  };

  const steps = input.steps.map((step): WireStep => {
    const record = { type: input.type, key: input.key };
    if (step.absence !== undefined) {
      return {
        id: step.id,
        system: step.system,
        flow: step.flow ?? null,
        step: step.step,
        record,
        startedAt: iso(step.due),
        endedAt: null,
        durationMs: null,
        status: 'unknown',
        attempts: [],
        absent: true,
        absence: step.absence,
        branch: step.branch ?? 0,
        raw: null,
      };
    }
    const tries = step.tries ?? [{}];
    const own: WireEventDetail[] = [];
    const attempts = tries.map((attempt, index): WireAttempt => {
      const at = iso(attempt.at);
      const endedAt = attempt.at === undefined || attempt.ms === undefined ? at : iso(attempt.at + attempt.ms);
      const status = attempt.status ?? 'succeeded';
      const event = addEvent(
        {
          at,
          endedAt,
          system: step.system,
          flow: step.flow ?? null,
          step: step.step,
          kind: step.kind ?? 'step',
          status,
          statusRaw: status.toUpperCase(),
          error: attempt.error ?? null,
          carriedBy:
            step.kind === 'snapshot'
              ? { via: 'file-name', execution: `run-${step.id}`, why: `the file is called run-${step.id}.json` }
              : null,
        },
        step,
        attempt,
        tries.length > 1 ? index + 1 : null,
      );
      own.push(event);
      return { at, endedAt, status, statusRaw: event.statusRaw, error: event.error, event: event.id, events: [event.id], raw: null };
    });
    ofStep.set(step.id, own);
    const last = tries.at(-1);
    const end = last?.at === undefined ? undefined : last.at + (last.ms ?? 0);
    const start = tries[0]?.at;
    return {
      id: step.id,
      system: step.system,
      flow: step.flow ?? null,
      step: step.step,
      record,
      startedAt: iso(start),
      endedAt: iso(end),
      durationMs: start === undefined || end === undefined ? null : end - start,
      status: last?.status ?? 'succeeded',
      attempts,
      absent: false,
      absence: null,
      branch: step.branch ?? 0,
      raw: null,
    };
  });
  for (const note of input.notes ?? []) {
    addEvent(
      {
        at: iso(note.at),
        endedAt: null,
        system: note.system,
        flow: null,
        step: note.step,
        kind: 'note',
        status: 'unknown',
        statusRaw: null,
        error: null,
        carriedBy: null,
      },
      { id: '', system: note.system, step: note.step, raw: note.text, payload: note.text },
      {},
      null,
    );
  }

  const byId = new Map(steps.map((step) => [step.id, step]));
  const hops: WireHop[] = [];
  for (const [index, step] of input.steps.entries()) {
    for (const from of step.after ?? (index === 0 ? [] : [input.steps[index - 1]?.id ?? ''])) {
      const source = byId.get(from);
      const target = byId.get(step.id);
      if (source === undefined || target === undefined) continue;
      const latency =
        source.endedAt === null || target.startedAt === null ? null : Date.parse(target.startedAt) - Date.parse(source.endedAt);
      hops.push({
        from,
        to: step.id,
        latencyMs: latency,
        crossesSystem: source.system !== target.system,
        why:
          step.absence !== undefined
            ? 'expected after it in comparable journeys'
            : input.type === 'trace'
              ? 'its parent span'
              : 'time order within the record',
        reason: step.absence !== undefined ? 'expected' : input.type === 'trace' ? 'parent-span' : 'time',
        usualMs: step.usual ?? null,
      });
    }
  }
  const times = steps
    .filter((step) => !step.absent)
    .flatMap((step) => [step.startedAt, step.endedAt])
    .filter((at) => at !== null)
    .toSorted();
  const startedAt = times[0] ?? null;
  const endedAt = times.at(-1) ?? null;
  const ordered = events.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '') || a.id - b.id);
  return {
    journey: {
      record: { type: input.type, key: input.key, aliases: [...(input.aliases ?? [])] },
      status: input.status,
      statusReason: input.reason,
      startedAt,
      endedAt,
      durationMs: startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
      systems: [...new Set(steps.filter((step) => !step.absent).map((step) => step.system))],
      related: input.related ?? [],
      steps,
      hops,
      state: [...(input.state?.(ofStep) ?? [])],
      completeness: completenessOf(steps),
      conflicts: [],
      clocks: [],
      documents: ordered.filter(({ kind }) => kind === 'snapshot').map(({ id, ...event }) => documentOf(id, event)),
      findings: [...(input.findings?.(ofStep) ?? [])],
      coverage: [...(input.coverage ?? [])],
      events: events.length,
      dataEndsAt: input.dataEndsAt ?? endedAt,
    },
    events: ordered,
  };
}

/** Of the systems behind the first: reached, or never heard of it. Nothing is known of the rest. */
function completenessOf(steps: readonly WireStep[]): WireJourney['completeness'] {
  const reached = new Set(steps.filter((step) => !step.absent).map((step) => step.system));
  const missed = new Set(steps.filter((step) => step.absence === 'confirmed' && !reached.has(step.system)).map((step) => step.system));
  const met = Math.max(0, reached.size - 1);
  const of = met + missed.size;
  const unknown = { met: 0, of: 0, unknown: 'nothing is known of it', lacks: [], undecided: [] };
  return {
    share: of === 0 ? null : met / of,
    systems: {
      met,
      of,
      unknown: of === 0 ? 'no other system is always reached from where it is' : null,
      lacks: [...missed].map((name) => ({ name, why: 'never heard of the record', step: null })),
      undecided: [],
    },
    fields: unknown,
    times: unknown,
  };
}

function documentOf(
  event: number,
  { source, line, at, system, step, carriedBy }: Omit<WireEventDetail, 'id'>,
): WireJourney['documents'][number] {
  return { event, source, line, at, system, step, carriedBy };
}

/** A finding about steps, with the events of those steps as evidence. */
export function buildFinding(
  journey: { readonly type: string; readonly key: string },
  events: ReadonlyMap<string, readonly WireEventDetail[]>,
  finding: Partial<WireFinding> &
    Pick<WireFinding, 'kind' | 'subkind' | 'severity' | 'title' | 'explanation' | 'expected' | 'actual' | 'steps'>,
): WireFinding {
  const evidence = finding.steps.flatMap((id) => events.get(id) ?? []).slice(0, 6);
  const first = evidence[0];
  return {
    id: `${finding.kind}-${finding.subkind}-${recordLabel(journey)}-${finding.steps.join('-')}`,
    confidence: 0.98,
    record: { type: journey.type, key: journey.key },
    system: first?.system ?? null,
    flow: first?.flow ?? null,
    step: first?.step ?? null,
    at: first?.at ?? null,
    absence: null,
    evidence: evidence.map(({ id, source, line, at, system, step }) => ({ event: id, source, line, at, system, step })),
    baseline: null,
    status: 'open',
    note: null,
    decidedAt: null,
    taughtBy: null,
    ...finding,
  };
}
