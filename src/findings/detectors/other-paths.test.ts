import { expect, test } from 'vitest';
import { createLearner } from '../../flows/index.ts';
import { buildJourney } from '../../journey/index.ts';
import { micros } from '../../model/time.ts';
import { judge } from '../judge.ts';
import { inputOf } from '../testing.ts';
import type { Line } from '../testing.ts';

const CASES = 800;
const ODD = 100;
const BETWEEN = 600;
const END = CASES * BETWEEN + 200_000;

/** Learns from all cases and judges the odd one. Times in seconds after the case began. */
function judged(linesOf: (i: number) => Line[]) {
  const journeys = Array.from({ length: CASES }, (_, i) => buildJourney(inputOf(`C-${i}`, linesOf(i), i * BETWEEN, 1 + i * 100)));
  const systems = ['office', 'claims', 'ledger'];
  const scope = { coverage: systems.map((system) => ({ system, from: micros(0), to: micros(END * 1e6) })) };
  const learner = createLearner();
  for (const journey of journeys) learner.observe(journey);
  const context = { expectations: learner.finish(scope), scope, dataEnd: micros(END * 1e6) };
  return judge(journeys[ODD]!, context).findings.map(({ kind, subkind, system, step }) => [`${kind}/${subkind}`, system, step]);
}

const u = (i: number, k: number): number => ((i + 1) * [0.618034, 0.414214, 0.732051][k]!) % 1;

test('what came on the way to a step that is absent is no other branch of it', () => {
  // Half of the cases take the short way to approval, so it is best predicted by the opening.
  const lines = (i: number): Line[] => {
    const long = i % 2 === 0;
    const way: Line[] = long
      ? [
          { system: 'office', step: 'assigned', at: 60 + 30 * u(i, 0), took: 1 },
          { system: 'office', step: 'surveyed', at: 200 + 60 * u(i, 1), took: 1 },
        ]
      : [];
    const approved: Line = { system: 'office', step: 'approved', at: 300 + 30 * u(i, 2), took: 1 };
    return [
      { system: 'office', step: 'opened', at: 0, took: 1 },
      { system: 'claims', step: 'reserved', at: 3 + u(i, 0), took: 1 },
      ...way,
      ...(i === ODD ? [] : [approved]),
    ];
  };
  expect(judged(lines)).toContainEqual(['gap/stopped', 'office', 'surveyed']);
});

test('a system that is told first where it is always told last is behind, however short the time between', () => {
  const document = (system: string, at: number, statusRaw: string): Line => ({ system, step: 'export', kind: 'snapshot', at, statusRaw });
  const lines = (i: number): Line[] => [
    { system: 'office', step: 'opened', at: 0, took: 1 },
    document('claims', 50, 'APPROVED'),
    document('ledger', 100 + 5 * u(i, 0), 'EXECUTED'),
    ...(i === ODD ? [] : [document('claims', 200 + 5 * u(i, 1), 'PAID')]),
  ];
  expect(judged(lines)).toEqual([['mismatch/stale', 'claims', 'snapshot: export']]);
});

test('paying one of two payees twice is no usual way of paying two', () => {
  const pay = (at: number, payment: string): Line => ({ system: 'ledger', step: 'pay', at, took: 1, children: [`payment ${payment}`] });
  const lines = (i: number): Line[] => [
    { system: 'office', step: 'opened', at: 0, took: 1 },
    pay(100 + u(i, 0), `A${i}`),
    ...(i % 5 === 0 ? [pay(130 + u(i, 1), `B${i}`)] : []),
    ...(i === ODD ? [pay(90_000, `A${i}`)] : []),
    { system: 'claims', step: 'paid', at: 200 + u(i, 2), took: 1 },
  ];
  expect(judged(lines)).toEqual([['duplicate/delivery', 'ledger', 'pay']]);
});

test('a document is of the same type in every journey, whatever else the journey holds', () => {
  const posting = (at: number): Line => ({ system: 'ledger', step: '', kind: 'snapshot', at, children: ['payment PAY-1', 'dossier D-1'] });
  const survey = (at: number): Line => ({ system: 'office', step: 'survey', at, children: ['dossier D-1'] });
  const stepsOf = (lines: Line[]): string[] => buildJourney(inputOf('C-1', lines)).steps.map(({ step }) => step);
  expect(stepsOf([posting(9)])).toEqual(['snapshot: payment']);
  expect(stepsOf([survey(1), survey(2), posting(9)]).at(-1)).toBe('snapshot: payment');
  const paid: Line = { system: 'claims', step: 'paid', at: 7, children: ['payment PAY-1'] };
  expect(stepsOf([posting(3), { ...paid, at: 7 }, { ...paid, at: 8, fingerprint: 2 }, posting(9)])[0]).toBe('snapshot: payment');
});
