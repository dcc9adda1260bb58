import { describe, expect, it } from 'vitest';
import type { Verdict } from '../types.ts';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { Edit, Line, WorldOptions } from '../testing.ts';

const ORDER = 100;

/** Judges one edited order among healthy ones. */
function edited(edit: Edit, options: WorldOptions = {}): Verdict {
  return world({ ...options, edits: { [ORDER]: edit } }).verdicts[ORDER] as Verdict;
}

function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

const patch =
  (step: string, change: Partial<Line> | ((line: Line) => Line[])): Edit =>
  (lines) =>
    lines.flatMap((line) => (line.step !== step ? [line] : typeof change === 'function' ? change(line) : [{ ...line, ...change }]));
const until =
  (step: string): Edit =>
  (lines) =>
    lines.slice(
      0,
      lines.findIndex((line) => line.step === step),
    );
const later =
  (step: string, seconds: number): Edit =>
  (lines) => {
    const from = lines.find((line) => line.step === step)?.at ?? 0;
    return lines.map((line) => ((line.at ?? 0) >= from && line.system !== 'crm' ? { ...line, at: (line.at ?? 0) + seconds } : line));
  };

describe('error', () => {
  it('reports a step that failed for good', async () => {
    const verdict = edited((lines) => until('allocate')(patch('confirm', { status: 'failed', error: 'credit limit' })(lines, 0), 0));
    expect(kindsOf(verdict)).toEqual(['error/failed']);
    expect(verdict.status).toBe('failed');
    await golden(verdict, 'error/failed');
  });

  it('does not take a call of the same name from elsewhere for a second try, and sees what the caller made of it', () => {
    const verdict = edited((lines) => [
      ...lines,
      { system: 'web', step: 'page', at: 5000, took: 50, execution: 4, span: 1 },
      { system: 'web', step: 'first', at: 5001, took: 9, execution: 4, span: 2, parentSpan: 1 },
      { system: 'api', step: 'get', at: 5002, took: 3, status: 'failed', execution: 4, span: 3, parentSpan: 2 },
      { system: 'web', step: 'second', at: 5020, took: 9, execution: 4, span: 4, parentSpan: 1 },
      { system: 'api', step: 'get', at: 5021, took: 3, execution: 4, span: 5, parentSpan: 4 },
    ]);
    expect(verdict.findings.map(({ kind, system, severity }) => [kind, system, severity])).toEqual([['error', 'api', 'warning']]);
  });

  it('reports exhausted attempts as one finding, with the run around them', async () => {
    const verdict = edited((lines) => [
      ...until('confirm')(lines, 0),
      ...[60, 120, 240].map((at, i): Line => ({
        system: 'erp',
        step: 'confirm',
        at,
        took: 5,
        status: 'failed',
        attempt: i + 1,
        error: 'no answer',
      })),
    ]);
    expect(kindsOf(verdict)).toEqual(['error/exhausted']);
    await golden(verdict, 'error/exhausted');
  });

  it('puts failures of one execution down to the deepest', () => {
    const verdict = edited((lines) => [
      ...until('confirm')(lines, 0),
      { system: 'erp', step: 'run', at: 60, took: 10, status: 'failed', execution: 9 },
      { system: 'erp', step: 'confirm', at: 62, took: 5, status: 'failed', execution: 9, error: 'no answer' },
    ]);
    expect(kindsOf(verdict)).toEqual(['error/failed']);
    expect(verdict.findings[0]).toMatchObject({ step: 'confirm', steps: ['s4', 's3'] });
  });

  it('is only a warning where the journey went on', () => {
    const verdict = edited(patch('confirm', { status: 'failed' }));
    expect(verdict.findings.map(({ kind, severity }) => [kind, severity])).toEqual([['error', 'warning']]);
    expect(verdict.status).toBe('completed');
  });

  it('is silent when a later attempt succeeded', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed' },
        { ...line, at: (line.at ?? 0) + 2 },
      ]),
    );
    expect(kindsOf(verdict)).not.toContain('error/failed');
  });

  it('is silent where the run it failed in was repeated and went well, although the repeat does not tell its steps', () => {
    const verdict = edited((lines) => [
      ...lines,
      { system: 'erp', flow: 'sync', step: 'run', at: 1000, took: 5, status: 'failed', execution: 9 },
      { system: 'erp', flow: 'sync', step: 'post', at: 1001, took: 1, status: 'failed', execution: 9, error: 'no answer' },
      { system: 'erp', flow: 'sync', step: 'run', at: 1300, took: 5, execution: 10, parentExecution: 9 },
    ]);
    expect(kindsOf(verdict)).toContain('retry/declared');
    expect(kindsOf(verdict)).not.toContain('error/failed');
  });
});

describe('retry', () => {
  it('tells a declared retry that went well', async () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed', attempt: 1 },
        { ...line, at: (line.at ?? 0) + 3, attempt: 2 },
      ]),
    );
    expect(kindsOf(verdict)).toEqual(['retry/declared']);
    expect(verdict.findings[0]?.severity).toBe('info');
    await golden(verdict, 'retry/declared');
  });

  it('infers a hidden retry from equal content and back-off', async () => {
    const verdict = edited(patch('allocate', (line) => [0, 5, 15].map((late) => ({ ...line, at: (line.at ?? 0) + late }))));
    expect(kindsOf(verdict)).toEqual(['retry/hidden']);
    await golden(verdict, 'retry/hidden');
  });

  it('takes another execution of the same flow for an attempt when it says which one it retries', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed', execution: 1 },
        { ...line, at: (line.at ?? 0) + 30, execution: 2, parentExecution: 1 },
      ]),
    );
    expect(kindsOf(verdict)).toContain('retry/declared');
  });

  it('leaves a run that failed in every try to the error, with the steps that went well each time', () => {
    const verdict = edited((lines) => [
      ...until('confirm')(lines, 0),
      ...[60, 360, 660].flatMap((at, i): Line[] => [
        { system: 'erp', step: 'listen', at, execution: i + 1 },
        { system: 'erp', step: 'run', at, took: 5, status: 'failed', execution: i + 1, ...(i > 0 ? { parentExecution: 1 } : {}) },
      ]),
    ]);
    expect(kindsOf(verdict)).toContain('error/exhausted');
    expect(kindsOf(verdict).filter((kind) => kind.startsWith('retry'))).toEqual([]);
  });

  it('calls dozens of attempts a storm', async () => {
    const verdict = edited(
      patch('confirm', (line) =>
        Array.from({ length: 25 }, (_, i) => ({
          ...line,
          at: (line.at ?? 0) + i / 10,
          took: 0.05,
          status: i < 24 ? ('failed' as const) : ('succeeded' as const),
        })),
      ),
    );
    expect(kindsOf(verdict)).toEqual(['retry/storm']);
    await golden(verdict, 'retry/storm');
  });

  it('is no delivery twice when another system’s step stands in the middle of the series', () => {
    const verdict = edited(
      (lines) => {
        const line = lines.find((one) => one.step === 'allocate') as Line;
        const at = line.at ?? 0;
        return [...lines, { system: 'crm', step: 'touch', at: at + 3 }, ...[5, 15, 35].map((late): Line => ({ ...line, at: at + late }))];
      },
      { orders: 400 },
    );
    expect(kindsOf(verdict)).toEqual(['retry/hidden']);
  });

  it('is silent where the content differs', () => {
    const verdict = edited(patch('allocate', (line) => [line, { ...line, at: (line.at ?? 0) + 5, fingerprint: 99_999 }]));
    expect(kindsOf(verdict)).not.toContain('retry/hidden');
  });

  it('is silent where every order repeats the step: polling', () => {
    const poll = patch('allocate', (line) => [line, { ...line, at: (line.at ?? 0) + 5 }]);
    const edits = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, poll]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });
});

describe('gap', () => {
  it('confirms a branch that never came', async () => {
    const verdict = edited((lines) => lines.filter((line) => line.system !== 'crm'));
    expect(kindsOf(verdict)).toEqual(['gap/partial']);
    expect(verdict.status).toBe('incomplete');
    expect(verdict.ghosts.map(({ system, step, absence }) => [system, step, absence])).toEqual([['crm', 'update', 'confirmed']]);
    await golden(verdict, 'gap/partial');
  });

  it('confirms a message that never arrived, and draws what would have followed', async () => {
    const verdict = edited((lines) => lines.slice(0, 1));
    expect(kindsOf(verdict)).toEqual(['gap/missing-step']);
    expect(verdict.findings[0]).toMatchObject({ system: 'erp', step: 'create', absence: 'confirmed', severity: 'critical' });
    expect(verdict.ghosts.length).toBeGreaterThan(4);
    await golden(verdict, 'gap/missing-step');
  });

  it('says where a system stopped', async () => {
    const verdict = edited(until('confirm'));
    expect(kindsOf(verdict)).toEqual(['gap/stopped']);
    expect(verdict.findings[0]).toMatchObject({ system: 'erp', step: 'create' });
    await golden(verdict, 'gap/stopped');
  });

  it('claims nothing where the log of the system had ended', async () => {
    const { verdicts } = world({ endsAt: { crm: 150 * 600 } });
    const late = verdicts[170] as Verdict;
    expect(late.findings.map(({ kind, absence, severity }) => [kind, absence, severity])).toEqual([['gap', 'outside-coverage', 'info']]);
    expect(late.status).toBe('unknown');
    await golden(late, 'gap/outside-coverage');
    expect(kindsOf(verdicts[100])).toEqual([]);
  });

  it('calls it open while there is time', async () => {
    const { verdicts } = world({ after: -560 });
    const last = verdicts[199] as Verdict;
    expect(last.findings.map(({ kind, absence, severity }) => [kind, absence, severity])).toEqual([['gap', 'still-open', 'info']]);
    expect(last.status).toBe('open');
    await golden(last, 'gap/still-open');
  });

  it('excuses a variant that does not go on', () => {
    const cancel: Edit = (lines) => [...until('ship')(lines, 0), { system: 'shop', step: 'cancel', at: 400 }];
    const edits = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i * 15, cancel]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('says which of two shipments never left', async () => {
    const split: Edit = (lines) =>
      lines.flatMap((line) =>
        line.system === 'wms' ? ['shipment A', 'shipment B'].map((child) => ({ ...line, children: [child] })) : [line],
      );
    const edits: Record<number, Edit> = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i * 5, split]));
    edits[ORDER] = (lines, order) =>
      split(lines, order).filter((line) => !(line.step === 'ship' && line.children?.[0] === 'shipment B') && line.system !== 'shop');
    const { verdicts } = world({ edits });
    expect(verdicts.flatMap((verdict, i) => (i === ORDER ? [] : kindsOf(verdict)))).toEqual([]);
    const gap = verdicts[ORDER]?.findings.find((finding) => finding.kind === 'gap' && finding.record?.key === 'B');
    expect(gap).toMatchObject({ subkind: 'partial', step: 'ship', record: { type: 'shipment', key: 'B' } });
  });
});

describe('delay', () => {
  it('reports a slow hop once, against its baseline', async () => {
    const verdict = edited(later('ship', 40_000));
    expect(kindsOf(verdict)).toEqual(['delay/hop']);
    expect(verdict.findings[0]).toMatchObject({ step: 'ship', severity: 'warning' });
    await golden(verdict, 'delay/hop');
  });

  it('reports a slow step', async () => {
    const vary: Edit = patch('create', (line) => [{ ...line, took: 0.5 }]);
    const edits = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, vary]));
    edits[ORDER] = (lines) => later('confirm', 60)(patch('create', { took: 60 })(lines, 0), 0);
    const verdict = world({ edits }).verdicts[ORDER] as Verdict;
    expect(kindsOf(verdict)).toEqual(['delay/step']);
    await golden(verdict, 'delay/step');
  });

  it('does not take the order for the cause of a shipment because their numbers are equal', () => {
    const twoShipments = (second: string): Edit =>
      patch('ship', (line) => [
        { ...line, children: ['shipment A'] },
        { ...line, at: line.at! + 40_000, children: [`shipment ${second}`] },
      ]);
    expect(kindsOf(edited(twoShipments(`SO-${1000 + ORDER}`)))).toEqual(kindsOf(edited(twoShipments('B'))));
  });

  it('is silent at twice the usual, which is no news', () => {
    expect(kindsOf(edited(later('ship', 900)))).toEqual([]);
  });

  it('is silent with too few journeys to judge', () => {
    const { verdicts } = world({ orders: 20, edits: { 10: later('ship', 40_000) } });
    expect(verdicts.flatMap(kindsOf)).toEqual([]);
  });
});

describe('mismatch', () => {
  it('names the system with the odd amount, and the factor', async () => {
    const verdict = edited((lines) =>
      lines.map((line) =>
        line.system === 'erp' && line.attributes !== undefined
          ? { ...line, attributes: { amount: (line.attributes['amount'] as number) * 100 } }
          : line,
      ),
    );
    expect(kindsOf(verdict)).toEqual(['mismatch/field']);
    expect(verdict.findings[0]).toMatchObject({ severity: 'critical' });
    expect(verdict.findings[0]?.explanation).toContain('factor is 100');
    await golden(verdict, 'mismatch/field');
  });

  it('lets rounding pass', () => {
    const verdict = edited((lines) =>
      lines.map((line) =>
        line.step === 'export' && line.attributes !== undefined
          ? { ...line, attributes: { amount: (line.attributes['amount'] as number) + 0.004 } }
          : line,
      ),
    );
    expect(kindsOf(verdict)).toEqual([]);
  });

  const cancelled: Edit = (lines) =>
    lines.map((line) => (line.step !== 'export' ? line : { ...line, statusRaw: line.system === 'erp' ? 'CANCELLED' : 'cancelled' }));
  const some = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i * 10 + 1, cancelled]));

  it('finds words of state that do not go together', async () => {
    const { verdicts } = world({
      edits: { ...some, [ORDER]: patch('export', (line) => [line.system === 'erp' ? { ...line, statusRaw: 'CANCELLED' } : line]) },
    });
    expect(kindsOf(verdicts[ORDER])).toEqual(['mismatch/state']);
    expect(kindsOf(verdicts[11])).toEqual([]);
    await golden(verdicts[ORDER] as Verdict, 'mismatch/state');
  });

  it('finds a system that never got the last update', async () => {
    const stale = patch('export', (line) => [line.system === 'erp' ? { ...line, at: 50, statusRaw: 'CONFIRMED' } : line]);
    const { verdicts } = world({ edits: { ...some, [ORDER]: stale } });
    expect(kindsOf(verdicts[ORDER])).toEqual(['mismatch/stale']);
    expect(verdicts[ORDER]?.findings[0]).toMatchObject({ system: 'erp' });
    await golden(verdicts[ORDER] as Verdict, 'mismatch/stale');
  });

  it('is silent while the update is on its way', () => {
    const stale = patch('export', (line) => [line.system === 'erp' ? { ...line, at: 50, statusRaw: 'CONFIRMED' } : line]);
    const orders = 200;
    const end = world({ orders }).journeys[orders - 1]?.endedAt ?? 0;
    const { verdicts } = world({ orders, edits: { ...some, [orders - 1]: stale }, after: end / 1e6 - 1_772_400_000 - orders * 600 - 1 });
    expect(kindsOf(verdicts[orders - 1])).not.toContain('mismatch/stale');
  });
});

describe('duplicate', () => {
  it('reports what was done again after it had succeeded', async () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, execution: 1 },
        { ...line, at: (line.at ?? 0) + 400, execution: 2 },
      ]),
      { orders: 400 },
    );
    expect(kindsOf(verdict)).toContain('duplicate/delivery');
    await golden(verdict, 'duplicate/delivery');
  });

  it('reports what was sent again, also where nothing told how the first sending went', () => {
    const untold = patch('update', { status: 'unknown' });
    const twice = patch('update', (line) => [
      { ...line, status: 'unknown', execution: 1 },
      { ...line, status: 'unknown', at: (line.at ?? 0) + 86_400, execution: 2 },
    ]);
    const orders = 400;
    const edits = Object.fromEntries(Array.from({ length: orders }, (_, i) => [i, i === ORDER ? twice : untold]));
    const { verdicts } = world({ orders, edits });
    expect(verdicts.flatMap((verdict, i) => (kindsOf(verdict).some((kind) => kind.startsWith('duplicate')) ? [i] : []))).toEqual([ORDER]);
    // Here the first one went well as far as anybody knows, and the second may never have ended.
    const unsure = patch('update', (line) => [line, { ...line, status: 'unknown', at: (line.at ?? 0) + 86_400, execution: 2 }]);
    expect(kindsOf(edited(unsure, { orders }))).not.toContain('duplicate/delivery');
  });

  it('is silent for steps that many orders repeat', () => {
    const twice = patch('update', (line) => [line, { ...line, at: (line.at ?? 0) + 400, fingerprint: 5 }]);
    const edits = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i * 5, twice]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });
});

describe('human work in one system', () => {
  const options: WorldOptions = { rename: () => 'office' };

  it('warns of what is absent or done again, and calls neither critical', () => {
    const absent = edited(until('ship'), options);
    expect(absent.findings.filter(({ kind }) => kind === 'gap').map(({ severity }) => severity)).toEqual(['warning']);
    const again = edited((lines) => [...lines, { system: 'erp', step: 'confirm', at: 4000, took: 1 }], { ...options, orders: 400 });
    expect(again.findings.map(({ kind, severity }) => [kind, severity])).toEqual([['duplicate', 'warning']]);
  });
});

describe('a rare step', () => {
  it('explains the step that answers it: no delay by the clock of the usual cause', () => {
    // As after a return: half a day later somebody corrects the order, and the update goes out again the usual time after that.
    const corrected: Edit = (lines) => {
      const update = lines.find((line) => line.step === 'update') as Line;
      const confirmed = lines.find((line) => line.step === 'confirm')?.at ?? 0;
      const others = lines.filter((line) => line !== update);
      return [...others, { system: 'erp', step: 'correct', at: 40_000, took: 1 }, { ...update, at: 40_000 + (update.at ?? 0) - confirmed }];
    };
    expect(kindsOf(edited(corrected)).filter((kind) => kind.startsWith('delay'))).toEqual([]);
    expect(kindsOf(edited((lines) => corrected(lines, 0).filter((line) => line.step !== 'correct')))).toContain('delay/hop');
  });
});
