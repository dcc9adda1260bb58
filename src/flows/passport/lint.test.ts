import { describe, expect, it } from 'vitest';
import { world } from '../../findings/testing.ts';
import { checkPassport } from './lint.ts';

const HEAD = 'passport: order-to-cash\nrecord: order\nowner: orders@example.com\n';
const told = (yaml: string, learned?: Parameters<typeof checkPassport>[1]): string[] =>
  checkPassport(yaml, learned).complaints.map(({ line, column, level, rule, message }) => `${line}:${column} ${level} ${rule}: ${message}`);

describe('what is wrong with a passport', () => {
  it.each([
    ['record: order\n', '1:1 error invalid: "passport" must be a text'],
    ['passport: Order\nrecord: order\n', '1:11 error invalid: "passport" must be in kebab-case, such as order-to-cash'],
    [`${HEAD}onwer: x\n`, '4:1 error invalid: "onwer" is not understood; is owner meant?'],
    [`${HEAD}severity: bad\n`, '4:11 error invalid: "severity" must be one of info, warning, critical'],
    [`${HEAD}calendar: {zone: Mars/Base}\n`, '4:18 error invalid: "calendar.zone" is no time zone'],
    [`${HEAD}calendar: {holidays: [2026-02-30]}\n`, '4:23 error invalid: "calendar.holidays.0" is no day such as 2026-12-25'],
    [`${HEAD}calendar: {hours: 18:00-08:00}\n`, '4:19 error invalid: opening hours must end after they begin, on the same day'],
    [`${HEAD}retention: for ever\n`, '4:12 error invalid: "retention" needs an amount of time such as 2 h, 30 min or 3 days'],
    [`${HEAD}thresholds: {usual-share: 40 %}\n`, '4:27 error invalid: must lie between 50 % and 100 %'],
    [`${HEAD}steps:\n  - step: a.b\n    wndow: within 2 h\n`, '6:5 error invalid: "wndow" of step 1 is not understood; is window meant?'],
    [
      `${HEAD}steps:\n  - step: a.b\n    window: within 2 moons of c.d\n`,
      '6:22 error invalid: "window" of step 1: moons is no unit of time; there are ms, s, min, h, days, weeks, business days and business hours',
    ],
    [
      `${HEAD}steps:\n  - step: a.b\n    window: within 2 h\n`,
      '6:13 error invalid: nothing says from when the window counts: add "after", or "of" a step to the window',
    ],
    [
      `${HEAD}steps:\n  - step: a.b\n    after: c.d\n    window: within 2 h of e.f\n`,
      '7:27 error invalid: the window counts from e.f, and "after" says c.d: say one',
    ],
    [`${HEAD}steps:\n  - step: a.b\n    after: a.b\n`, '5:11 error invalid: a step cannot follow itself'],
    [`${HEAD}steps:\n  - step: a.b\n  - step: a.b\n`, '6:11 error invalid: "a.b" is named twice, first as step 1'],
    [`${HEAD}systems:\n  - system: wms\n`, '5:5 error invalid: nothing says when wms must hear of it: add "after"'],
    [`${HEAD}fields:\n  - field: amount\n    between: [shop]\n`, '6:14 error invalid: "between" of field 1 is empty'],
    [
      `${HEAD}fields:\n  - field: amount\n    between: [shop, erp]\n    tolerance: much\n`,
      '7:16 error invalid: "tolerance" of field 1 must be a number, or a share such as 2 %',
    ],
    [
      `${HEAD}volume:\n  - step: a.b\n    per: day\n    at-least: 9\n    at-most: 5\n`,
      '8:14 error invalid: is below "at-least": no day could meet both',
    ],
  ])('has its place and one sentence: %#', (yaml, complaint) => {
    expect(told(yaml)).toContain(complaint);
  });

  it('is nothing where all is well', () => {
    expect(told(`${HEAD}steps:\n  - step: a.b\n  - step: c.d\n    window: within 2 h of a.b\n`)).toEqual([]);
  });
});

describe('what is unwise in a passport', () => {
  it('is an owner that is missing, and nothing that is declared', () => {
    expect(told('passport: a\nrecord: order\n')).toEqual([
      '1:11 warning owner-missing: nobody is named who answers for it: add "owner"',
      '1:11 warning empty: nothing is declared: add "steps", "systems" or "fields"',
    ]);
  });

  it('is a window that can never begin or end', () => {
    const circle = `${HEAD}steps:\n  - step: a.b\n    after: c.d\n  - step: c.d\n    window: within 1 h of a.b\n`;
    expect(told(circle)).toEqual(['6:12 error unreachable: a.b waits for itself: a.b → c.d → a.b']);
    const holidays = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    const free = `${HEAD}calendar: {days: [mon], holidays: [${holidays.join(', ')}]}\nsteps:\n  - step: a.b\n    window: within 1 business day of c.d\n`;
    expect(told(free)).toEqual([]);
    const kept = `${HEAD}retention: 2 days\nsteps:\n  - step: a.b\n    window: within 3 days of c.d\n`;
    expect(told(kept)).toEqual([
      '7:13 warning unreachable: the window is longer than the logs are kept (2 d): nobody could see that it was missed',
    ]);
  });

  it('is a name that breaks the naming rules', () => {
    expect(told(`${HEAD}naming: {steps: kebab-case}\nsteps:\n  - step: shop.CheckOut\n`)).toEqual([
      '6:11 warning naming: CheckOut is not in kebab-case',
    ]);
  });

  it('is what the data of a workspace does not know, or never does', () => {
    const { expectations } = world();
    const yaml = [
      HEAD.trimEnd(),
      'steps:',
      '  - step: erp.creat',
      '    after: shop.checkout',
      '    window: within 1 h',
      '  - step: wms.ship',
      '    window: within 1 s of wms.allocate',
      'systems:',
      '  - system: wsm',
      '    after: erp.create',
      'fields:',
      '  - field: amuont',
      '    between: [shop, erp]',
    ].join('\n');
    expect(told(yaml, expectations)).toEqual([
      '5:11 warning unknown-step: no journey has a step erp.creat; is erp.create meant?',
      expect.stringMatching(
        /^9:13 warning unreachable: most journeys would miss it: it usually takes .* \(200 journeys\), and 1 s is declared$/,
      ) as string,
      '11:13 warning unknown-system: no journey has a step in wsm; is wms meant?',
      '14:12 warning unknown-field: no two systems tell amuont of one record; is amount meant?',
    ]);
    expect(told('passport: a\nowner: b\nrecord: ordr\nsteps: [{step: a.b}]\n', expectations)).toEqual([
      '3:9 warning unknown-record: there are no journeys of ordr; is order meant?',
    ]);
    expect(told(`${HEAD}naming: {systems: PascalCase}\nsteps: [{step: shop.checkout}]\n`, expectations)).toEqual([
      '4:19 warning naming: in the logs shop, erp, wms and 1 more are not in PascalCase',
    ]);
  });
});
