import { describe, expect, it } from 'vitest';
import { UserError } from '../../model/errors.ts';
import { inferMapping } from '../infer/infer.ts';
import { fieldOf, run, sourceOf, trees } from '../infer/testing.ts';
import { applyProfile, parseProfile, toYaml } from './user-profile.ts';

const ENTRIES = trees(
  { when: '2031-03-04 09:15:02', what: 'A12', belegnr: 'X-77', zustand: 'fertig', order_id: 'SO-1001' },
  { when: '2031-03-04 09:16:02', what: 'B13', belegnr: 'X-78', zustand: 'kaputt', order_id: 'SO-1002' },
);
const SOURCE = sourceOf('legacy.ndjson');

const YAML = `profile: legacy-erp
system: erp
zone: Europe/Berlin
fields:
  - path: what
    role: step
  - path: belegnr
    role: identifier
    type: document
  - path: zustand
    role: status
    values: { fertig: succeeded, kaputt: failed }
`;

function errorOf(yaml: string): UserError {
  try {
    parseProfile(yaml, 'erp.yaml');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a user’s profile', () => {
  it('overrides what was inferred and leaves the rest', () => {
    const mapping = applyProfile(inferMapping(ENTRIES, SOURCE), parseProfile(YAML));
    expect(mapping).toMatchObject({ profile: 'legacy-erp', system: 'erp', zone: 'Europe/Berlin', confidence: 1 });
    expect(fieldOf(mapping, 'order_id')).toMatchObject({ role: 'identifier', type: 'order' });
    const { events } = run(ENTRIES, SOURCE, mapping);
    expect(events[0]).toMatchObject({ system: 'erp', step: 'A12', status: 'succeeded', statusRaw: 'fertig' });
    expect(events[1]).toMatchObject({ status: 'failed' });
    expect(events[0]?.ids).toEqual(expect.arrayContaining(['document X-77', 'order SO-1001']));
    expect(new Date((events[0]?.time ?? 0) / 1000).toISOString()).toBe('2031-03-04T08:15:02.000Z');
  });

  it('takes single roles over from inferred fields', () => {
    const entries = trees({ ts: '2031-03-04T09:15:02Z', step: 'a', phase: 'p' }, { ts: '2031-03-04T09:15:02Z', step: 'b', phase: 'q' });
    const mapping = applyProfile(inferMapping(entries, SOURCE), parseProfile('profile: p\nfields: [{ path: phase, role: step }]'));
    expect(mapping.fields.filter((field) => field.role === 'step').map((field) => field.path)).toEqual(['phase']);
  });

  it('comes back from YAML as it went in', () => {
    const mapping = applyProfile(inferMapping(ENTRIES, SOURCE), parseProfile(YAML));
    const again = parseProfile(toYaml(mapping));
    expect(again.profile).toBe('legacy-erp');
    const plain = (
      fields: readonly { path: string; role: string; type?: string | undefined; format?: string | undefined; values?: unknown }[],
    ) => fields.map(({ path, role, type, format, values }) => ({ path, role, type, format, values }));
    expect(plain(again.fields)).toEqual(plain(mapping.fields));
    expect(run(ENTRIES, SOURCE, applyProfile(inferMapping(ENTRIES, SOURCE), again)).events).toEqual(run(ENTRIES, SOURCE, mapping).events);
  });

  it.each([
    ['profile: x\nfields:\n  - path: a\n    role: tiem\n', 'erp.yaml, line 4'],
    ['profile: x\nsytem: erp\n', 'erp.yaml, line 1'],
    ['profile: x\nzone: Mars/Olympus\n', 'erp.yaml, line 2'],
    ['profile: x\nfields:\n  - path: a\n    role: time\n    format: isso\n', 'erp.yaml, line 5'],
    ['profile: x\nfields:\n  - path: a\n    role: duration\n    format: fortnight\n', 'erp.yaml, line 5'],
    ['profile: Bad Name\n', 'erp.yaml, line 1'],
    ['profile: [\n', 'erp.yaml, line 2'],
    ['just text', 'erp.yaml, line 1'],
    ['profile: x\nfields:\n  - path: s\n    role: status\n    values: { a: brilliant }\n', 'erp.yaml, line 5'],
  ])('is refused with the line: %j', (yaml, place) => {
    const error = errorOf(yaml);
    expect(error.code).toBe('profile-invalid');
    expect(error.place).toBe(place);
    expect(error.message).toContain('erp.yaml');
  });
});
