import { describe, expect, it } from 'vitest';
import { withPassports } from '../../flows/index.ts';
import { checkPassport } from '../../flows/passport/lint.ts';
import type { Finding } from '../../model/finding.ts';
import { judge } from '../judge.ts';
import { BETWEEN, healthyLines, world, type Edit, type WorldOptions } from '../testing.ts';

const HEAD = 'passport: order-to-cash\nrecord: order\nowner: orders@example.com\nrunbook: https://wiki.example.com/o2c\n';

/** The findings of one order, judged with a passport. */
function found(rules: string, options: WorldOptions & { readonly order?: number } = {}): readonly Finding[] {
  const { passport, complaints } = checkPassport(`${HEAD}${rules}`);
  if (passport === undefined) throw new Error(complaints.map(({ message }) => message).join('; '));
  const { expectations, context, journeys } = world(options);
  const declared = { ...context, expectations: withPassports(expectations, [passport]) };
  return judge(journeys[options.order ?? 0]!, declared).findings;
}

const kinds = (findings: readonly Finding[]): string[] => findings.map(({ kind, subkind }) => `${kind}/${subkind}`);

/** An order in which one step comes at another time; later ones keep their distance. */
const at =
  (system: string, step: string, seconds: number): Edit =>
  (lines) => {
    const moved = lines.find((line) => line.system === system && line.step === step)!;
    const by = seconds - (moved.at ?? 0);
    return lines.map((line) => (line.system !== 'crm' && (line.at ?? 0) >= (moved.at ?? 0) ? { ...line, at: (line.at ?? 0) + by } : line));
  };
const without =
  (...steps: readonly string[]): Edit =>
  (lines) =>
    lines.filter(({ system, step }) => !steps.includes(`${system}.${step}`));

const SHIP = 'steps:\n  - step: wms.ship\n    window: within 2 h of erp.confirm\n';

describe('a declared window', () => {
  it('is missed by a step that came later', () => {
    const [finding, ...others] = found(SHIP, { edits: { 0: at('wms', 'ship', 10_800) } });
    expect(kinds(others)).not.toContain('delay/window');
    expect(finding).toMatchObject({
      kind: 'delay',
      subkind: 'window',
      severity: 'warning',
      confidence: 1,
      system: 'wms',
      step: 'ship',
      expected: expect.stringMatching(/^within 2 h of erp confirm: until 2026-03-01T/) as string,
    });
    expect(finding?.explanation).toContain(
      'Declared in order-to-cash, line 6 (owner: orders@example.com; runbook: https://wiki.example.com/o2c).',
    );
  });

  it('is kept by one that came just in time', () => {
    const confirmed = healthyLines(0).find(({ step }) => step === 'confirm')!.at! + 1;
    const onTime = found(SHIP, { edits: { 0: at('wms', 'ship', confirmed + 7200 - 1) } });
    expect(kinds(onTime)).not.toContain('delay/window');
    expect(kinds(found(SHIP, { edits: { 0: at('wms', 'ship', confirmed + 7200) } }))).toContain('delay/window');
  });

  it('wins over what is usual between the same two steps', () => {
    const late = { edits: { 0: at('wms', 'allocate', 3000) } };
    expect(kinds(found('steps: [{step: wms.pack}]\n', late))).toContain('delay/hop');
    expect(found('steps:\n  - step: wms.allocate\n    window: within 1 h of erp.confirm\n', late)).toEqual([]);
    expect(kinds(found('steps:\n  - step: wms.allocate\n    window: within 10 min of erp.confirm\n', late))).toEqual(['delay/window']);
  });

  it('takes its severity from the rule, then from the passport', () => {
    const late = { edits: { 0: at('wms', 'ship', 10_800) } };
    expect(found(`severity: info\n${SHIP}    severity: critical\n`, late)[0]?.severity).toBe('critical');
    expect(found(`severity: info\n${SHIP}`, late)[0]?.severity).toBe('info');
  });

  it('needs few journeys', () => {
    expect(kinds(found(SHIP, { orders: 3, edits: { 0: at('wms', 'ship', 10_800) } }))).toEqual(['delay/window']);
  });
});

describe('a declared step that is absent', () => {
  const edits = { 199: without('wms.ship', 'shop.fulfilled', 'erp.export', 'shop.export') };
  const order = 199;

  it('is missing when its window is over and its system was logged', () => {
    const [finding] = found(SHIP, { edits, order, after: 86_400 });
    expect(finding).toMatchObject({
      kind: 'gap',
      absence: 'confirmed',
      severity: 'critical',
      confidence: 1,
      expected: 'wms ship within 2 h',
    });
    expect(finding?.explanation).toContain('Declared in order-to-cash, line 6');
  });

  it('is still open while its window is', () => {
    const [finding] = found(SHIP, { edits, order, after: 3600 });
    expect(finding).toMatchObject({ kind: 'gap', absence: 'still-open', severity: 'info' });
    expect(finding?.explanation).toMatch(/Its time is over at 2026-03-\d\dT[\d:.]+Z, after the end of the data\./);
  });

  it('cannot be known where its system was not logged', () => {
    const endsAt = { wms: 199 * BETWEEN + 600 };
    const [finding] = found(SHIP, { edits, order, endsAt });
    expect(finding).toMatchObject({ kind: 'gap', absence: 'outside-coverage', severity: 'info' });
  });

  it('may be declared to be no loss', () => {
    const rules = `${SHIP}    optional: true\n  - step: shop.fulfilled\n    after: wms.ship\n    optional: true\n`;
    expect(kinds(found('steps: [{step: wms.ship}]\n', { edits, order }))).toContain('gap/partial');
    expect(found(rules, { edits, order })).toEqual([]);
  });

  it('is not due where a passport excuses it', () => {
    const cancelled: Edit = (lines, n) => [
      ...without('wms.ship', 'shop.fulfilled', 'erp.export', 'shop.export')(lines, n),
      { system: 'shop', step: 'cancel', at: 900 },
    ];
    expect(kinds(found(SHIP, { edits: { 7: cancelled }, order: 7 }))).toContain('gap/partial');
    expect(found(`${SHIP}    unless: shop.cancel\n  - step: shop.cancel\n    end: true\n`, { edits: { 7: cancelled }, order: 7 })).toEqual(
      [],
    );
  });

  it('may be one that no log ever showed', () => {
    const [finding] = found('steps:\n  - step: mail.confirmation\n    window: within 1 h of shop.checkout\n');
    expect(finding).toMatchObject({ kind: 'gap', absence: 'outside-coverage', system: 'mail', step: 'confirmation' });
    expect(finding?.explanation).toContain('mail was not logged');
  });
});

describe('a declared system that never heard of the record', () => {
  const rules = 'systems:\n  - system: crm\n    after: erp.confirm\n    window: within 1 h\n';
  it('is missing, open, or not to be seen', () => {
    const edits = { 150: without('crm.update') };
    const about = { kind: 'gap', subkind: 'missing-step', system: 'crm' };
    expect(found(rules, { edits, order: 150 })[0]).toMatchObject({ ...about, absence: 'confirmed', title: 'crm never heard of it' });
    expect(
      found(rules, { edits: { 199: without('crm.update') }, order: 199, after: 60 }).find(({ step }) => step === 'any step'),
    ).toMatchObject({
      ...about,
      absence: 'still-open',
      title: 'crm has not heard of it yet after erp confirm',
    });
    expect(found(rules, { edits, order: 150, endsAt: { crm: 140 * BETWEEN } }).find(({ step }) => step === 'any step')).toMatchObject({
      ...about,
      absence: 'outside-coverage',
    });
    expect(found(rules)).toEqual([]);
  });
});

describe('a declared field', () => {
  const cheaper =
    (by: number): Edit =>
    (lines) =>
      lines.map((line) =>
        line.system === 'erp' && line.attributes !== undefined
          ? { ...line, attributes: { amount: Number(line.attributes['amount']) - by } }
          : line,
      );
  const rules = (more = ''): string => `fields:\n  - field: amount\n    between: [shop, erp]\n${more}`;

  it('must agree, in few journeys as well', () => {
    const [finding] = found(rules(), { orders: 3, edits: { 0: cheaper(1) } });
    expect(finding).toMatchObject({
      kind: 'mismatch',
      subkind: 'field',
      severity: 'critical',
      system: 'erp',
      expected: '50 in both',
      actual: '49',
    });
    expect(finding?.explanation).toContain('Declared in order-to-cash, line 6');
  });

  it('is one finding where one system disagrees with all others', () => {
    const told: Edit = (lines, n) => [...cheaper(1)(lines, n), { system: 'crm', step: 'copy', at: 5000, attributes: { amount: 50 } }];
    const all =
      'fields:\n  - field: amount\n    between: [shop, erp]\n  - field: amount\n    between: [erp, crm]\n  - field: amount\n    between: [shop, crm]\n';
    const findings = found(all, { edits: { 0: told } });
    expect(kinds(findings)).toEqual(['mismatch/field']);
    expect(findings[0]).toMatchObject({ system: 'erp', expected: '50 in both', actual: '49' });
    expect(findings[0]?.explanation).toContain('erp disagrees with 2 others');
  });

  it('may differ within its tolerance', () => {
    expect(found(rules('    tolerance: 1\n'), { edits: { 0: cheaper(1) } })).toEqual([]);
    expect(kinds(found(rules('    tolerance: 1\n'), { edits: { 0: cheaper(1.01) } }))).toEqual(['mismatch/field']);
    expect(found(rules('    tolerance: 2 %\n'), { edits: { 0: cheaper(1) } })).toEqual([]);
    expect(kinds(found(rules('    tolerance: 1 %\n'), { edits: { 0: cheaper(1) } }))).toEqual(['mismatch/field']);
  });

  it('wins over what was learned', () => {
    expect(kinds(found('steps: [{step: shop.checkout}]\n', { edits: { 0: cheaper(1) } }))).toEqual(['mismatch/field']);
    expect(found(rules('    ignore: true\n'), { edits: { 0: cheaper(1) } })).toEqual([]);
  });

  it('may be said in words that mean the same', () => {
    const status = 'fields:\n  - field: status\n    between: [shop, erp]\n    values: {fulfilled: [delivered, SHIPPED]}\n';
    expect(found(status, { orders: 3 })).toEqual([]);
    const behind: Edit = (lines) => lines.map((line) => (line.statusRaw === 'DELIVERED' ? { ...line, statusRaw: 'CREATED' } : line));
    expect(found(status, { orders: 3, edits: { 0: behind } })[0]).toMatchObject({
      kind: 'mismatch',
      subkind: 'state',
      expected: 'delivered or shipped',
      actual: 'CREATED',
    });
  });

  it('is in flight as long as declared', () => {
    const edits = { 199: cheaper(1) };
    const early = { edits, order: 199, after: 1200 };
    expect(kinds(found(rules('    within: 2 h\n'), early))).not.toContain('mismatch/field');
    expect(kinds(found(rules('    within: 2 h\n'), { ...early, after: 86_400 }))).toContain('mismatch/field');
  });
});

describe('declared thresholds', () => {
  const slow: Edit = (lines) =>
    lines.map((line) =>
      line.step === 'create' ? { ...line, took: 8 } : { ...line, at: (line.at ?? 0) + (line.step === 'checkout' ? 0 : 7) },
    );

  it('say how long a step may run', () => {
    const [finding] = found('steps:\n  - step: erp.create\n    takes: 5 s\n', { orders: 3, edits: { 0: slow } });
    expect(finding).toMatchObject({ kind: 'delay', subkind: 'step', expected: 'at most 5 s', actual: '8 s' });
    expect(found('steps:\n  - step: erp.create\n    takes: 9 s\n', { edits: { 0: slow } })).toEqual([]);
  });

  it('say how much slower is worth telling', () => {
    expect(kinds(found('steps: [{step: shop.checkout}]\n', { edits: { 0: slow } }))).toContain('delay/step');
    expect(found('thresholds: {slow-more-than: 10 s}\nsteps: [{step: shop.checkout}]\n', { edits: { 0: slow } })).toEqual([]);
  });
});

it('judges nothing anew where no passport is', () => {
  const { expectations } = world({ orders: 40 });
  expect(withPassports(expectations, [])).toBe(expectations);
});
