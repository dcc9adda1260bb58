import { describe, expect, it } from 'vitest';
import { Draft } from './draft.ts';
import { sourceOf, trees } from './infer/testing.ts';
import { inferMapping } from './infer/infer.ts';
import type { PlatformProfile } from './mapper.ts';
import { parseProfile } from './profiles/user/parse.ts';
import { compileFor, understand } from './understand.ts';

const ENTRIES = trees(
  { ts: '2031-03-04T09:15:02Z', step: 'a', order_id: 'SO-1001', channel: 'web' },
  { ts: '2031-03-04T09:15:03Z', step: 'b', order_id: 'SO-1002', channel: 'app' },
);
const SOURCE = sourceOf('x.ndjson');

function platform(id: string, confidence: number | undefined): PlatformProfile {
  return {
    id,
    title: id,
    recognise: () => (confidence === undefined ? undefined : { confidence, reason: `it is ${id}` }),
    describe: (entries, source) => ({ ...inferMapping(entries, source), profile: id, system: id }),
    compile: (source) => (_entry, draft, emit) => {
      draft.reset();
      draft.step = id;
      draft.system = source.system;
      emit();
      return undefined;
    },
  };
}

function stepOf(understanding: ReturnType<typeof understand>): string {
  const draft = new Draft();
  let step = '';
  const [entry] = ENTRIES;
  if (entry === undefined) throw new Error('no entry');
  understanding.compile(SOURCE, understanding.mapping)(entry, draft, () => {
    step = `${draft.system} ${draft.step}`;
  });
  return step;
}

describe('understand', () => {
  it('takes the platform that is most sure, and inference where none is', () => {
    const found = understand(ENTRIES, SOURCE, {}, [platform('one', 0.6), platform('two', 0.9), platform('three', undefined)]);
    expect(found.mapping).toMatchObject({ profile: 'two', confidence: 0.9, reason: 'it is two' });
    expect(stepOf(found)).toBe('two two');
    const none = understand(ENTRIES, SOURCE, {}, [platform('one', 0.3), platform('three', undefined)]);
    expect(none.mapping.profile).toBe('inferred');
    expect(stepOf(none)).toBe('x a');
  });

  it('does as it is told', () => {
    expect(understand(ENTRIES, SOURCE, { profile: 'inferred' }, [platform('one', 0.9)]).mapping.profile).toBe('inferred');
    expect(understand(ENTRIES, SOURCE, { profile: 'three' }, [platform('one', 0.9), platform('three', undefined)]).mapping.profile).toBe(
      'three',
    );
    expect(() => understand(ENTRIES, SOURCE, { profile: 'nothing' }, [platform('one', 0.9)])).toThrow(
      'there is no profile nothing; there are one',
    );
  });

  it('lets a user’s profile go first, on inference or on a platform', () => {
    const plain = understand(ENTRIES, SOURCE, { userProfile: parseProfile('profile: mine\nfields: [{ path: channel, role: step }]') }, [
      platform('one', 0.9),
    ]);
    expect(plain.mapping.profile).toBe('mine');
    expect(stepOf(plain)).toBe('x web');
    const based = understand(ENTRIES, SOURCE, { userProfile: parseProfile('profile: mine\nbase: one\nsystem: shop') }, [
      platform('one', undefined),
    ]);
    expect(based.mapping).toMatchObject({ profile: 'mine', base: 'one', system: 'shop' });
    expect(stepOf(based)).toBe('shop one');
  });

  it('compiles a mapping that somebody changed, without seeing entries again', () => {
    const { mapping } = understand(ENTRIES, SOURCE, {}, []);
    const changed = {
      ...mapping,
      fields: mapping.fields.map((field) =>
        field.path === 'channel'
          ? { ...field, role: 'step' as const }
          : field.path === 'step'
            ? { ...field, role: 'ignored' as const }
            : field,
      ),
    };
    const steps: string[] = [];
    const draft = new Draft();
    const mapper = compileFor(SOURCE, JSON.parse(JSON.stringify(changed)) as typeof changed, []);
    for (const entry of ENTRIES) mapper(entry, draft, () => steps.push(draft.step));
    expect(steps).toEqual(['web', 'app']);
  });
});
