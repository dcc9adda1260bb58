import { fnv1a } from '../flows/index.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import { MICROS_PER_SECOND, type Micros } from '../model/time.ts';
import { activityOf, type Activity } from './activity.ts';
import { bursts } from './bursts.ts';
import { signatures } from './signature.ts';
import type { Cause, Incident, IncidentFinding, IncidentScope, IncidentState } from './types.ts';

/** Fewer journeys are findings, each for itself: of two nothing can be said to be common. */
export const MIN_JOURNEYS = 3;
/** An incident is over when nothing came for this many usual gaps, by the clock and by what was done, while its system was logged. */
export const OVER_GAPS = 10;

/** Probability that among all causes together a burst is there by chance. */
const BURST_BY_CHANCE = 0.05;

/**
 * Groups findings by cause (what failed, where, and in which words), and each cause by bursts in time; what lies outside of bursts is an incident of its
 * own when it is enough. Absences that are not confirmed are no claim that something went wrong, but tell that it may not be over. The worst first.
 */
export function incidentsOf(findings: readonly IncidentFinding[], scope: IncidentScope): readonly Incident[] {
  const templates = signatures(countCauses(findings));
  const activity = activityOf(scope.starts);
  const groups = new Map<string, { readonly cause: Cause; readonly members: IncidentFinding[]; undecided: number }>();
  for (const finding of findings) {
    const cause = causeOf(finding, templates);
    let group = groups.get(cause.key);
    if (group === undefined) groups.set(cause.key, (group = { cause, members: [], undecided: -Infinity }));
    if (finding.absence === undefined || finding.absence === 'confirmed') group.members.push(finding);
    else if (finding.absence === 'still-open') group.undecided = Math.max(group.undecided, finding.at ?? -Infinity);
  }
  const incidents = [...groups.values()].flatMap(({ cause, members, undecided }) =>
    split({ cause, members, undecided }, scope, activity, BURST_BY_CHANCE / groups.size),
  );
  return incidents.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.journeys.length - a.journeys.length || (a.id < b.id ? -1 : 1),
  );
}

function countCauses(findings: readonly IncidentFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { cause } of findings) if (cause !== undefined) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return counts;
}

/** A failure that was recovered by a retry and one that was not have the same cause when they say the same at the same step. */
function causeOf({ kind, subkind, system, flow, step, facet, cause }: IncidentFinding, templates: ReadonlyMap<string, string>): Cause {
  const signature = cause === undefined ? undefined : (templates.get(cause) ?? cause);
  const failed = kind === 'error' || (kind === 'retry' && signature !== undefined);
  const about: Omit<Cause, 'key'> = {
    kind: failed ? 'error' : kind,
    subkind: failed ? undefined : subkind,
    system: system ?? undefined,
    flow: flow ?? undefined,
    step: step ?? undefined,
    facet: facet ?? undefined,
    signature,
  };
  return { ...about, key: JSON.stringify(Object.values(about).map((part) => part ?? null)) };
}

interface Group {
  readonly cause: Cause;
  readonly members: readonly IncidentFinding[];
  /** When the last absence began that may yet be confirmed (µs). */
  readonly undecided: number;
}

function split({ cause, members, undecided }: Group, scope: IncidentScope, activity: Activity, chance: number): Incident[] {
  const ordered = members.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || (a.id < b.id ? -1 : 1));
  const times = ordered.flatMap(({ at }) => at ?? []);
  const logged = spanOf(cause.system, scope, times);
  const rest: IncidentFinding[] = [];
  const incidents: Incident[] = [];
  const make = (findings: readonly IncidentFinding[], burst: boolean): boolean => {
    const journeys = [...new Set(findings.map(({ journey }) => journey))];
    if (journeys.length < MIN_JOURNEYS) return false;
    const rhythm = rhythmOf(findings, activity);
    const state = stateOf(rhythm, undecided, logged.to, activity);
    const [from, to] = [findings[0]?.at, rhythm.last];
    // The first finding tells bursts of one cause apart, and keeps its id when later ones come.
    const id = `${fnv1a(cause.key).toString(16).padStart(8, '0')}${(findings[0]?.id ?? '').slice(0, 8)}`;
    incidents.push({ id, cause, severity: worst(findings), findings, journeys, from, to, burst, usualGap: rhythm.gap, state });
    return true;
  };
  let next = 0;
  const done = times.map(activity.at);
  for (const { first, last } of bursts(done, activity.at(logged.to) - activity.at(logged.from), chance)) {
    rest.push(...ordered.slice(next, first));
    next = last + 1;
    const inside = ordered.slice(first, next);
    if (!make(inside, true)) rest.push(...inside);
  }
  rest.push(...ordered.slice(next));
  make(rest, false);
  return incidents;
}

/** When the system was logged; the time of the findings themselves where nothing says it. */
function spanOf(system: string | undefined, { coverage, dataEnd }: IncidentScope, times: readonly number[]) {
  const own = coverage.filter((one) => one.system === system);
  const lanes = own.length > 0 ? own : coverage;
  const from = Math.min(...lanes.map((lane) => lane.from), times[0] ?? Infinity);
  const to = Math.max(...lanes.map((lane) => lane.to), times.at(-1) ?? -Infinity);
  return { from, to: lanes.length > 0 ? to : (dataEnd ?? to) };
}

/** How far apart findings usually are; undefined where they came in one moment, or without a time. */
interface Rhythm {
  readonly last: Micros | undefined;
  /** By the clock (µs). */
  readonly gap: number | undefined;
  /** By what was done (journeys). */
  readonly work: number;
}

/** Findings within a second are one moment: a batch says everything at once, and when it comes again is not told by that. */
function rhythmOf(findings: readonly IncidentFinding[], activity: Activity): Rhythm {
  const times = findings.flatMap(({ at }) => at ?? []);
  const moments: Micros[] = [];
  for (const time of times) if (moments.length === 0 || time - (moments.at(-1) as number) >= MICROS_PER_SECOND) moments.push(time);
  const last = times.at(-1);
  if (moments.length < 2) return { last, gap: undefined, work: 0 };
  return { last, gap: usual(moments), work: Math.max(1, usual(moments.map(activity.at))) };
}

/** The larger of median and mean of the gaps: where most come close together and some far apart, the few long gaps are as usual. */
function usual(moments: readonly number[]): number {
  const gaps = moments.slice(1).map((time, i) => time - (moments[i] as number));
  const sorted = gaps.toSorted((a, b) => a - b);
  const median = ((sorted[(gaps.length - 1) >> 1] as number) + (sorted[gaps.length >> 1] as number)) / 2;
  return Math.max(median, ((moments.at(-1) as number) - (moments[0] as number)) / gaps.length);
}

/** Over: nothing came for long, the work and the log went on meanwhile, and no absence of the same kind is still undecided. */
function stateOf({ last, gap, work }: Rhythm, undecided: number, loggedTo: number, activity: Activity): IncidentState {
  if (last === undefined || gap === undefined) return 'unknown';
  const quiet = loggedTo - last > OVER_GAPS * gap && activity.at(loggedTo) - activity.at(last) > OVER_GAPS * work;
  return quiet && undecided <= last ? 'over' : 'going-on';
}

function worst(findings: readonly IncidentFinding[]): Severity {
  return findings.reduce<Severity>(
    (sum, { severity }) => (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(sum) ? severity : sum),
    'info',
  );
}
