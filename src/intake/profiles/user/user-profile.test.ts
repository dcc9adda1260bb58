import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../model/errors.ts';
import { inferMapping } from '../../infer/infer.ts';
import { fieldOf, run, sourceOf, trees } from '../../infer/testing.ts';
import { applyProfile } from './apply.ts';
import { toYaml } from './export.ts';
import { parseProfile, readProfile } from './parse.ts';

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
    parseProfile(yaml, 'erp.yaml', ['one']);
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
    ['profile: x\nfields:\n  - path: a\n    role: tiem\n', 4, 11, '"role" of field 1 must be one of time, end-time'],
    ['profile: x\nsytem: erp\n', 2, 1, '"sytem" is not understood; is system meant?'],
    ['profile: x\nzone: Mars/Olympus\n', 2, 7, '"zone" is no time zone'],
    ['profile: x\nfields:\n  - path: a\n    role: time\n    format: isso\n', 5, 13, '"isso" is no form of time'],
    ['profile: x\nfields:\n  - path: t\n    role: time\n    format: dd.MM.yyyy Q\n', 5, 24, '"Q" is no letter of a time pattern'],
    ['profile: x\nfields:\n  - path: a\n    role: duration\n    format: fortnight\n', 5, 13, 'no unit of duration'],
    ['profile: Bad Name\n', 1, 10, '"profile" must be lower-case letters, digits and hyphens'],
    ['profile: [\n', 2, 1, 'not valid YAML'],
    ['profile: x\nprofile: y\n', 2, 1, 'not valid YAML: Map keys must be unique'],
    ['just text', 1, 1, 'this is no profile'],
    ['', 1, 1, 'this is no profile'],
    ['profile: x\nfields:\n  - path: s\n    role: status\n    values: { a: brilliant }\n', 5, 18, '"brilliant" is no status'],
    ['profile: x\nfields:\n  - role: status\n', 3, 5, 'a field needs a path, a constant or a template'],
    ['profile: x\nfields:\n  - path: a\n    constant: b\n    role: step\n', 4, 15, 'either a path or a constant'],
    ['profile: x\nrecords: //o:Order/o:Line\n', 2, 10, 'the prefix o has no namespace'],
    ['profile: x\nlines: "^(\\\\S+) x"\n', 2, 8, 'needs named groups'],
    ['profile: x\nlines: "^(?=a)"\n', 2, 8, 'not a regular expression: invalid or unsupported Perl syntax'],
    ['profile: x\nformat: yaml\n', 2, 9, 'there is no format yaml'],
    ['profile: x\nmatch: { fiel: a }\n', 2, 10, '"match.fiel" is not understood; is file meant?'],
    ['profile: x\nmatch: { file: 3 }\n', 2, 16, '"match.file" must be a text or a list of texts'],
    ['profile: x\nfields:\n  - path: a[b=]c\n    role: step\n', 3, 16, '"a[b=]c" is no path'],
    ['profile: x\nfields:\n  - path: a.\n    role: step\n', 3, 12, 'the path ends with a dot'],
    ['profile: x\nfields:\n  - template: "{a"\n    role: step\n', 3, 15, '"{" without "}"'],
    ['profile: x\nfields:\n  - { path: q, role: step }\n  - { path: q, role: flow }\n', 4, 13, '"q" is named twice'],
    ['profile: x\nfields:\n  - { path: q, role: step, zone: UTC }\n', 3, 34, '"zone" is only for times'],
    ['profile: x\ntypes: { order: { capture: "(" } }\n', 2, 28, 'not a regular expression: missing closing )'],
    ['profile: x\nbase: nothing\n', 2, 7, 'there is no profile nothing to stand on; there are one'],
    ['profile: one\n', 1, 10, "one is a profile of Waybill's own"],
    ['profile: x\nbase: one\nrecords: a[*]\n', 3, 10, 'records has no meaning'],
    ['profile: x\nvocabulary: sap\n', 2, 13, '"vocabulary" must be one of boomi'],
    ['profile: x\nlines: "(?<a>.{900}.{900}.{900}.{900})"\n', 2, 8, 'the regular expression repeats too much'],
  ])('is refused with line and column: %j', (yaml, line, column, message) => {
    const error = errorOf(yaml);
    expect(error.code).toBe('profile-invalid');
    expect(error.place).toBe(`erp.yaml, line ${line}, column ${column}`);
    expect(error.message).toContain(message);
    expect(error.message).toContain(error.place);
  });

  it('limits the length of expressions', () => {
    expect(errorOf(`profile: x\nlines: "${'(?<a>x)'.repeat(200)}"\n`).message).toContain(
      'a regular expression has at most 1000 characters',
    );
  });

  it('says everything that is wrong, in the order of the file', () => {
    const { problems } = readProfile('profile: x\nzone: nowhere\nfields:\n  - path: a\n    role: tiem\n');
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 7],
      [5, 11],
    ]);
  });

  it('never throws anything but what is wrong with it', () => {
    const line = fc.constantFrom(
      'profile: x',
      'fields:',
      '  - path: a',
      '    role: time',
      'match:',
      '  file: "*"',
      'records: a[*].b',
      'types: {a: {}}',
      '[',
      ': :',
      'lines: "("',
      '- x',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(line).map((lines) => lines.join('\n')),
          fc.string(),
        ),
        (yaml) => {
          const { profile, problems } = readProfile(yaml);
          expect(profile === undefined).toBe(problems.length > 0);
          for (const problem of problems) expect(problem.line).toBeGreaterThan(0);
        },
      ),
    );
  });
});
