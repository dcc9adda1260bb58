import { SEVERITIES, type Finding } from '../../model/finding.ts';
import type { JourneyStatus } from '../../model/journey.ts';
import {
  findingStates,
  firstEventToCome,
  findingWithJourney,
  journeyEvents,
  journeyRecord,
  journeyStates,
  putChangeSet,
  sourceNames,
  sourceOfEvent,
  sourcesToCome,
  type Change,
  type ChangeCounts,
  type ChangedFinding,
  type ChangeReason,
} from '../../workspace/changes.ts';
import { decidedTexts, type DecidedText } from '../../workspace/identity-decisions.ts';
import { SETTLED } from '../../workspace/finding-decisions.ts';
import { openReader, type Db } from '../../workspace/open.ts';
import { meta, revision } from '../../workspace/readers/meta.ts';
import { presentId } from './standings.ts';

/** Changes of one sort that are listed; all are counted. */
const MOST_LISTED = 500;

/**
 * Compares what an analysis found with what stood there before, and keeps the difference. To be called in the analysis' transaction when its tables are
 * full: another connection still reads the state before. The first analysis of a workspace changes nothing.
 */
export function recordChanges(db: Db, at: string): void {
  if (revision(db) === 0) return;
  const before = openReader(db.name);
  try {
    new Comparison(before, db).record(at);
  } finally {
    before.close();
  }
}

interface Found {
  readonly id: string;
  readonly severity: number;
  /** Of one that was known: its severity before. */
  readonly before: number | undefined;
}

class Comparison {
  readonly #before: Db;
  readonly #now: Db;
  /** The first event that the analysis before did not know. */
  readonly #newEvents: number;
  /** What was said of who is who in between. */
  readonly #decided: readonly string[];

  constructor(before: Db, now: Db) {
    this.#before = before;
    this.#now = now;
    this.#newEvents = meta<number>(before, 'event_end') ?? firstEventToCome(now) ?? Infinity;
    this.#decided = saidBetween(decidedTexts(before), decidedTexts(now));
  }

  record(at: string): void {
    const sources = sourcesToCome(this.#now);
    const present = sourceNames(this.#now);
    const known = meta<readonly (readonly [number, string])[]>(this.#before, 'analysed_sources') ?? [];
    const removed = known.filter(([id]) => !present.has(id)).map(([, name]) => name);
    const { fresh, gone } = this.#findings();
    const reasons = new Map<number, ChangeReason>();
    const flips = this.#flips();
    // An analysis that was only repeated must not push what an import changed out of the list.
    if (sources.length + removed.length + this.#decided.length + fresh.length + gone.length + flips.length === 0) return;
    const goneReasons = gone.map(({ journey }) => this.#reason(journey, reasons));
    const counts: ChangeCounts = {
      new: bySeverity(fresh.map(({ severity }) => severity)),
      gone: bySeverity(gone.map(({ finding }) => SEVERITIES.indexOf(finding.severity) + 1)),
      late: goneReasons.filter(({ why }) => why === 'arrived').length,
      flipped: countFlips(flips),
    };
    const changes: Change[] = [
      ...fresh.slice(0, MOST_LISTED).flatMap((found) => this.#newChange(found, reasons)),
      ...gone
        .map(({ finding }, i): Change => ({ what: 'gone', finding: changed(finding, undefined), reason: goneReasons[i]! }))
        .slice(0, MOST_LISTED),
      ...flips.slice(0, MOST_LISTED).flatMap(({ journey, from, to }): Change[] => {
        const record = journeyRecord(this.#now, journey);
        return record === undefined ? [] : [{ what: 'flipped', record, from, to, reason: this.#reason(journey, reasons) }];
      }),
    ];
    putChangeSet(this.#now, { id: revision(this.#now) + 1, at, sources, removed, decided: this.#decided, counts }, changes);
  }

  /** What was not there before or not as bad, and what is not there any more, the worst first. What is settled is no news either way. */
  #findings(): {
    readonly fresh: readonly Found[];
    readonly gone: readonly { readonly finding: Finding; readonly journey: number | undefined }[];
  } {
    const now = new Map(findingStates(this.#now).map(([id, severity, status]) => [id, { severity, status }]));
    const before = new Map(findingStates(this.#before).map(([id, severity, status]) => [id, { severity, status }]));
    const renamed = new Set<string>();
    const gone: { finding: Finding; journey: number | undefined }[] = [];
    for (const [id, { status }] of before) {
      if (now.has(id) || status >= SETTLED) continue;
      const known = findingWithJourney(this.#before, id);
      if (known === undefined) continue;
      const other = presentId(this.#now, { finding: id, body: known.finding });
      if (other === undefined) gone.push(known);
      else renamed.add(other);
    }
    const fresh: Found[] = [];
    for (const [id, { severity, status }] of now) {
      const was = before.get(id);
      if (status < SETTLED && !renamed.has(id) && (was === undefined || was.severity < severity))
        fresh.push({ id, severity, before: was?.severity });
    }
    return {
      fresh: fresh.toSorted((a, b) => b.severity - a.severity),
      gone: gone.toSorted((a, b) => SEVERITIES.indexOf(b.finding.severity) - SEVERITIES.indexOf(a.finding.severity)),
    };
  }

  #flips(): { readonly journey: number; readonly from: JourneyStatus; readonly to: JourneyStatus }[] {
    const before = new Map(journeyStates(this.#before));
    return journeyStates(this.#now).flatMap(([journey, to]) => {
      const from = before.get(journey);
      return from === undefined || from === to ? [] : [{ journey, from, to }];
    });
  }

  #newChange({ id, before }: Found, reasons: Map<number, ChangeReason>): Change[] {
    const known = findingWithJourney(this.#now, id);
    if (known === undefined) return [];
    return [{ what: 'new', finding: changed(known.finding, before), reason: this.#reason(known.journey, reasons) }];
  }

  /** Why what is said of a journey may have changed. */
  #reason(journey: number | undefined, known: Map<number, ChangeReason>): ChangeReason {
    if (journey === undefined) return USUAL;
    let reason = known.get(journey);
    if (reason === undefined) known.set(journey, (reason = this.#reasonOf(journey)));
    return reason;
  }

  #reasonOf(journey: number): ChangeReason {
    const now = journeyEvents(this.#now, journey);
    const came = now.filter((event) => event >= this.#newEvents);
    if (came.length > 0) {
      const sources = new Set(came.flatMap((event) => sourceOfEvent(this.#now, event) ?? []));
      return { why: 'arrived', sources: [...sources].toSorted() };
    }
    const still = new Set(now);
    const before = journeyEvents(this.#before, journey);
    const isWhole = before.every((event) => still.has(event));
    if (this.#decided.length > 0 && (!isWhole || before.length !== now.length)) return { why: 'decided', sources: [] };
    return isWhole ? USUAL : { why: 'gone', sources: [] };
  }
}

/** Decisions that are new, and those that were taken back. */
function saidBetween(before: readonly DecidedText[], now: readonly DecidedText[]): readonly string[] {
  const added = now.filter((one) => !before.some(({ decision }) => decision === one.decision)).map(({ text }) => text);
  const takenBack = before.filter((one) => !now.some(({ decision }) => decision === one.decision)).map(({ text }) => `taken back: ${text}`);
  return [...added, ...takenBack];
}

const USUAL: ChangeReason = { why: 'usual', sources: [] };

function changed({ id, kind, subkind, severity, title, system, step, record }: Finding, before: number | undefined): ChangedFinding {
  return { id, kind, subkind, severity, title, system, step, record, before: before === undefined ? undefined : SEVERITIES[before - 1] };
}

function bySeverity(severities: readonly number[]): ChangeCounts['new'] {
  const count = (place: number): number => severities.filter((severity) => severity === place).length;
  return { info: count(1), warning: count(2), critical: count(3) };
}

function countFlips(flips: readonly { readonly from: string; readonly to: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { from, to } of flips) counts[`${from}>${to}`] = (counts[`${from}>${to}`] ?? 0) + 1;
  return counts;
}
