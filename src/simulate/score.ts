import { ClockScore } from './score-clocks.ts';
import type { ClockError } from './score-clocks.ts';
import { rows, tally } from './score-rows.ts';
import type { KindScore, Tally } from './score-rows.ts';
import type { Truth, TruthFault } from './truth.ts';

/** What a score needs of a finding; `waybill findings --json` prints more. */
export interface ScoredFinding {
  readonly kind: string;
  readonly subkind: string;
  readonly severity: string;
  readonly record: { readonly type: string; readonly key: string } | null;
  readonly absence?: string | null | undefined;
  readonly title?: string | undefined;
  /** Of `clock/skew`: whose clock, and how far it was said to be ahead. */
  readonly system?: string | null | undefined;
  readonly offsetMs?: number | undefined;
}

export interface Score {
  readonly bySubkind: readonly KindScore[];
  /** A fault counts as found when any subkind of its kind was reported for its order. */
  readonly byKind: readonly KindScore[];
  readonly findings: number;
  /** Findings on no single record, which this score does not judge but for clocks. */
  readonly population: number;
  /** Findings that follow from an injected fault. */
  readonly consequences: number;
  /** Second and later findings of a fault that was already found. */
  readonly repeats: number;
  /** Absences reported as open or outside coverage where the truth says the same. */
  readonly absencesExplained: number;
  readonly cleanOrders: number;
  /** False alarms of severity warning or critical on clean orders, and per 1,000 of them. */
  readonly alarmsOnClean: number;
  readonly alarmsPerThousandClean: number | undefined;
  /** Of clocks that were found: what was said minus what is true, where something was said, in milliseconds. */
  readonly clockErrors: readonly ClockError[];
  /** Up to 5 missed faults of each kind and 20 false alarms, for a look. */
  readonly missedExamples: readonly string[];
  readonly falseExamples: readonly string[];
}

/** One spelling for all of an order's (`SO-100042`, `SO100042`, `0000100042`, the shop's URN); other keys only lose their case. */
export function normalKey(key: string): string {
  const text = key.trim().toUpperCase();
  const order = /^(?:SO-?|GID:\/\/SHOP\/ORDER\/|#)?0*(\d{1,12})$/.exec(text);
  return order === null ? text : order[1]!;
}

type Verdict = 'hit' | 'repeat' | 'consequence' | 'explained' | 'false';

/**
 * Sets findings against the truth. A finding is a hit when it names a fault's order with its kind and subkind; it is neutral
 * when it follows from the fault, repeats a hit, or explains an absence as the truth does; else it is a false alarm.
 * An absence that is not confirmed is no hit: it does not say that anything went wrong.
 */
export function score(truth: Truth, findings: Iterable<ScoredFinding>): Score {
  const faults = indexFaults(truth.faults);
  const unprovable = new Set([...truth.open, ...truth.outsideCoverage, ...truth.unprovable].map(normalKey));
  const seen = new Map<TruthFault, Set<string>>();
  const subkinds = new Map<string, Tally>();
  const kinds = new Map<string, Tally>();
  const counts: Record<Verdict, number> = { hit: 0, repeat: 0, consequence: 0, explained: 0, false: 0 };
  const falseExamples: string[] = [];
  let total = 0;
  let population = 0;
  let alarmsOnClean = 0;
  const clocks = new ClockScore(truth.clocks ?? [], truth.backwards);
  for (const finding of findings) {
    total++;
    if (finding.record === null) {
      population++;
      if (finding.kind === 'clock') clocks.add(finding);
      continue;
    }
    const key = normalKey(finding.record.key);
    const fault = faults.get(key);
    const verdict = judge(finding, fault, unprovable.has(key), seen);
    counts[verdict]++;
    if (verdict !== 'false') continue;
    tally(subkinds, `${finding.kind}/${finding.subkind}`).false++;
    // The wrong subkind of the right kind is forgiven where subkinds are summed up.
    if (fault?.kind !== finding.kind) tally(kinds, finding.kind).false++;
    if (fault === undefined && !unprovable.has(key) && finding.severity !== 'info') alarmsOnClean++;
    if (falseExamples.length < 20) falseExamples.push(`${finding.kind}/${finding.subkind} ${finding.record.key}: ${finding.title ?? ''}`);
  }
  const missedExamples = [...countFaults(truth.faults, seen, subkinds, kinds), ...clocks.missed()];
  clocks.count(subkinds);
  clocks.count(kinds, 'clock');
  return {
    bySubkind: rows(subkinds),
    byKind: rows(kinds),
    findings: total,
    population,
    consequences: counts.consequence,
    repeats: counts.repeat,
    absencesExplained: counts.explained,
    cleanOrders: truth.clean,
    alarmsOnClean,
    alarmsPerThousandClean: truth.clean === 0 ? undefined : (1000 * alarmsOnClean) / truth.clean,
    clockErrors: clocks.errors,
    missedExamples,
    falseExamples: [...falseExamples, ...clocks.false],
  };
}

/** Faults by every identifier under which a finding may be filed. At most one fault an order, so identifiers are unambiguous. */
function indexFaults(faults: readonly TruthFault[]): Map<string, TruthFault> {
  const index = new Map<string, TruthFault>();
  for (const fault of faults) {
    for (const related of fault.related) index.set(normalKey(related), fault);
  }
  // The order's own number last: it wins over whatever else might be spelled like it.
  for (const fault of faults) index.set(normalKey(fault.record.key), fault);
  return index;
}

function judge(finding: ScoredFinding, fault: TruthFault | undefined, unprovable: boolean, seen: Map<TruthFault, Set<string>>): Verdict {
  const name = `${finding.kind}/${finding.subkind}`;
  const certain = (finding.absence ?? 'confirmed') === 'confirmed';
  if (!certain && unprovable) return 'explained';
  if (fault === undefined) return 'false';
  const follows = fault.consequences.includes(finding.kind) || fault.consequences.includes(name);
  if (finding.kind !== fault.kind) return follows ? 'consequence' : 'false';
  if (!certain) return 'consequence';
  const before = seen.get(fault);
  if (before === undefined) seen.set(fault, new Set([finding.subkind]));
  else before.add(finding.subkind);
  if (finding.subkind === fault.subkind) return before?.has(finding.subkind) === true ? 'repeat' : 'hit';
  return follows ? 'consequence' : 'false';
}

function countFaults(
  faults: readonly TruthFault[],
  seen: ReadonlyMap<TruthFault, ReadonlySet<string>>,
  subkinds: Map<string, Tally>,
  kinds: Map<string, Tally>,
): string[] {
  const missed: string[] = [];
  for (const fault of faults) {
    const reported = seen.get(fault);
    const name = `${fault.kind}/${fault.subkind}`;
    const exact = tally(subkinds, name);
    const loose = tally(kinds, fault.kind);
    exact.injected++;
    loose.injected++;
    if (reported === undefined) {
      loose.missed++;
      if (exact.missed < 5) missed.push(`${name} ${fault.record.key} at ${fault.system}.${fault.step}: ${fault.note}`);
    } else {
      loose.found++;
    }
    if (reported?.has(fault.subkind) === true) exact.found++;
    else exact.missed++;
    if (reported !== undefined && !reported.has(fault.subkind)) exact.other++;
  }
  return missed;
}
