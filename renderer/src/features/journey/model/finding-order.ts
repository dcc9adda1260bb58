import type { WireFinding, WireHop, WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import { isSettled, SEVERITIES, type Severity } from '../../../../../src/model/finding.ts';

/** What is settled comes last; worst first, then surest, then earliest, then by id. */
export function compareFindings(a: WireFinding, b: WireFinding): number {
  return (
    Number(isSettled(a.status)) - Number(isSettled(b.status)) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    b.confidence - a.confidence ||
    (a.at ?? '').localeCompare(b.at ?? '') ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** The worst severity among findings; undefined for none. */
export function worst(findings: readonly WireFinding[]): Severity | undefined {
  return findings.reduce<Severity | undefined>(
    (found, { severity }) => (found === undefined || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(found) ? severity : found),
    undefined,
  );
}

/** The step where the eye should go first: what the worst finding says is absent, else the last step that it is about. */
export function worstStep({ findings, steps }: Pick<WireJourney, 'findings' | 'steps'>): WireStep | undefined {
  const first = findings.toSorted(compareFindings)[0];
  if (first === undefined) return undefined;
  return (
    steps.find((step) => step.absent && step.system === first.system && step.step === first.step) ??
    steps.findLast((step) => first.steps.includes(step.id))
  );
}

/** Whether a finding is about the way between two steps rather than about a step. */
export function isAboutHop(finding: WireFinding, hop: WireHop): boolean {
  if (finding.kind !== 'delay' || finding.subkind === 'step' || !finding.steps.includes(hop.to)) return false;
  return finding.steps.length === 1 || finding.steps.includes(hop.from);
}

/** What the findings of a journey are counted by in its head: `2 delays`, `1 hidden retry`. */
export interface FindingGroup {
  readonly key: string;
  readonly label: string;
  readonly severity: Severity;
  readonly findings: readonly WireFinding[];
}

function word(finding: WireFinding): string {
  if (finding.kind === 'retry' && finding.subkind !== 'declared') return `${finding.subkind} retry`;
  if (finding.kind === 'mismatch') return `${finding.subkind} mismatch`;
  return finding.kind;
}

function pluralWord(text: string, count: number): string {
  if (count === 1) return text;
  if (text.endsWith('retry')) return `${text.slice(0, -1)}ies`;
  return text.endsWith('s') || text.endsWith('h') ? `${text}es` : `${text}s`;
}

/** Groups findings by what they are called, worst group first. */
export function groupFindings(findings: readonly WireFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, WireFinding[]>();
  for (const finding of findings.toSorted(compareFindings)) {
    const list = groups.get(word(finding));
    if (list === undefined) groups.set(word(finding), [finding]);
    else list.push(finding);
  }
  return [...groups].map(([key, list]) => ({
    key,
    label: `${list.length} ${pluralWord(key, list.length)}`,
    severity: worst(list) ?? 'info',
    findings: list,
  }));
}
