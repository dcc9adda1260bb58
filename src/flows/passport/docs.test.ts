import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputOf, world } from '../../findings/testing.ts';
import { judge } from '../../findings/judge.ts';
import { buildJourney } from '../../journey/index.ts';
import { micros } from '../../model/time.ts';
import { withPassports } from './declare.ts';
import { parseWindow } from './grammar.ts';
import { checkPassport } from './lint.ts';
import { PERIODS } from './passport.ts';
import { NAME_STYLES, passportSchema } from './schema.ts';
import { deadlineOf } from './windows.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/passports.md'), 'utf8');
const [YAML] = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!);

describe('the page about passports', () => {
  it('has an example in which nothing is wrong', () => {
    expect(checkPassport(YAML!).complaints).toEqual([]);
  });

  it('says what its example finds', () => {
    const { passport } = checkPassport(YAML!);
    const { context, expectations } = world({ orders: 3 });
    const placed = Date.parse('2026-04-30T13:00:00Z') / 1000;
    const at = (time: string): number => Date.parse(time) / 1000 - placed;
    const journey = buildJourney(
      inputOf(
        'SO-1',
        [
          { system: 'shop', step: 'checkout', at: 0 },
          { system: 'erp', step: 'create', at: 60 },
          { system: 'erp', step: 'confirm', at: at('2026-04-30T15:00:00Z') },
          { system: 'crm', step: 'update', at: at('2026-04-30T15:01:00Z') },
          { system: 'wms', step: 'ship', at: at('2026-04-30T17:30:00Z') },
        ],
        placed,
      ),
    );
    const dataEnd = micros(Date.parse('2026-05-10T00:00:00Z') * 1000);
    const [finding, ...others] = judge(journey, { ...context, dataEnd, expectations: withPassports(expectations, [passport!]) }).findings;
    expect(others).toEqual([]);
    const { kind, subkind, expected, actual, explanation } = finding!;
    for (const row of [
      `| kind | \`${kind}/${subkind}\` |`,
      `| expected | ${expected} |`,
      `| actual | ${actual} |`,
      `| explanation | ${explanation} |`,
    ])
      expect(PAGE).toContain(row);
    const { window } = passport!.steps.find(({ step }) => step === 'wms.ship')!;
    expect(deadlineOf(window!)(Date.parse('2026-04-30T16:30:00Z') * 1000)).toBe(Date.parse('2026-05-04T16:00:00Z') * 1000);
  });

  it('names every key, style and period', () => {
    const { shape } = passportSchema;
    const keys = [
      ...Object.keys(shape),
      ...Object.keys(shape.steps.unwrap().element.shape),
      ...Object.keys(shape.fields.unwrap().element.shape),
      ...Object.keys(shape.volume.unwrap().element.shape),
      ...Object.keys(shape.calendar.unwrap().shape),
      ...Object.keys(shape.thresholds.unwrap().shape),
      ...NAME_STYLES,
      ...PERIODS,
    ];
    for (const key of keys) expect(PAGE).toContain(`\`${key}\``);
  });

  it('has windows that can be read', () => {
    const rows = [...PAGE.matchAll(/^\| `((?:within|before) [^`]+)` \|/gm)].map((match) => match[1]!);
    expect(rows).toHaveLength(5);
    for (const row of rows)
      expect(parseWindow(row.replace('…', 'a.b'), { zone: 'UTC', days: [1], holidays: [], hours: undefined })).toHaveProperty('window');
  });
});
