import { describe, expect, it } from 'vitest';
import { makeManyParts, makePlan } from '../../../../test-support/fake-import.ts';
import { bytesOf, commonName, groupParts } from './plan-groups.ts';
import { planRows } from './plan-rows.ts';

const plan = makePlan('p');
const none: ReadonlySet<string> = new Set();

describe('groups of a plan', () => {
  it('puts parts of one profile, format and set of fields together', () => {
    const { groups, known, refused } = groupParts(plan, none);
    expect(groups.map((group) => group.parts.map((part) => part.name))).toContainEqual([
      'wms-2026-05-01.ndjson',
      'wms-2026-05-02.ndjson',
      'wms-2026-05-03.ndjson',
    ]);
    expect([...groups.flatMap((group) => group.parts), ...known, ...refused]).toHaveLength(plan.parts.length);
    expect(known.map((part) => part.outcome)).toEqual(['known']);
    expect(refused.map((part) => part.outcome)).toEqual(['refused']);
  });

  it('leaves a part that was taken out alone, and the others together', () => {
    const all = groupParts(plan, none).groups.find((group) => group.parts.length === 3);
    const [first] = all?.parts ?? [];
    if (first === undefined) throw new Error('a group of three was expected');
    const { groups } = groupParts(plan, new Set([first.id]));
    expect(groups.find((group) => group.id === first.id)).toMatchObject({ apart: true, parts: [first] });
    expect(groups.find((group) => group.id === all?.id)?.parts).toHaveLength(2);
  });

  it('names a group by what its names share', () => {
    expect(commonName(['wms-2026-05-01.ndjson', 'wms-2026-05-12.ndjson'])).toBe('wms-2026-05-*.ndjson');
    expect(commonName(['only.csv'])).toBe('only.csv');
    expect(commonName(['a.log', 'a.log'])).toBe('a.log');
    expect(commonName(['aa', 'aaa'])).toBeUndefined();
    expect(commonName(['shop', 'erp'])).toBeUndefined();
  });

  it('adds up sizes that are known', () => {
    const [one, two] = plan.parts;
    if (one === undefined || two === undefined) throw new Error('the plan has parts');
    expect(
      bytesOf([
        { ...one, bytes: 3 },
        { ...two, bytes: null },
      ]),
    ).toBe(3);
    expect(bytesOf([{ ...one, bytes: null }])).toBeUndefined();
  });
});

describe('lines of the list', () => {
  const grouped = groupParts(plan, none);

  it('hides the parts of a group until it is opened', () => {
    const closed = planRows(grouped, none, '');
    const group = closed.find((row) => row.kind === 'group');
    expect(group).toMatchObject({ expanded: false });
    const open = planRows(grouped, new Set([group?.id ?? '']), '');
    expect(open).toHaveLength(closed.length + 3);
  });

  it('shows what a filter finds, in groups and sections', () => {
    expect(planRows(grouped, none, '05-02').map((row) => row.kind)).toEqual(['group', 'part']);
    expect(planRows(grouped, none, 'README').map((row) => row.kind)).toEqual(['section', 'part']);
    expect(planRows(grouped, none, 'no such file')).toEqual([]);
  });

  it('lays a thousand files out as one line a group', () => {
    const many = groupParts({ id: 'm', parts: makeManyParts(1000) }, none);
    expect(planRows(many, none, '').length).toBeLessThan(10);
  });
});
