import { describe, expect, it } from 'vitest';
import { fieldOf, infer, sourceOf, trees } from './testing.ts';

describe('keys of what nobody listed', () => {
  const claims = (more: (i: number) => Record<string, string>) =>
    infer(
      trees(
        ...Array.from({ length: 24 }, (_, i) => ({
          at: `2031-03-04T09:15:${String(10 + i)}Z`,
          event: i % 2 === 0 ? 'registered' : 'closed',
          ...more(i),
        })),
      ),
      sourceOf('claims.ndjson'),
    ).mapping;

  it('are known by how they are written, after a word for a number or alone', () => {
    const mapping = claims((i) => ({
      claim_no: `26000${4700 + (i >> 1)}`,
      Dossiernummer: `D55209${30 + (i >> 1)}`,
      letter: `L4012${3400 + (i >> 1)}`,
      notice: `NT-${'ABCDEFGHKLMN'[i >> 1]}QX${i < 4 ? 'WYZ' : '234'}`,
    }));
    expect(fieldOf(mapping, 'claim_no')).toMatchObject({ role: 'identifier', type: 'claim' });
    expect(fieldOf(mapping, 'Dossiernummer')).toMatchObject({ role: 'identifier', type: 'dossier' });
    expect(fieldOf(mapping, 'letter')).toMatchObject({ role: 'identifier', type: 'letter' });
    expect(fieldOf(mapping, 'notice')).toMatchObject({ role: 'identifier', type: 'notice' });
  });

  it('take the text of an element with attributes for the element', () => {
    const { mapping } = infer(
      trees(
        ...Array.from({ length: 6 }, (_, i) => ({
          At: `2031-03-04T09:15:1${i}Z`,
          Activity: i % 2 === 0 ? 'Opened' : 'Approved',
          Amount: { '@currency': 'EUR', '#text': `${120 + i}.50` },
        })),
      ),
      sourceOf('dossiers.xml'),
    );
    expect(fieldOf(mapping, 'Amount.#text')).toMatchObject({ role: 'attribute', type: 'amount' });
  });

  it('are no numbers of places and machinery, no amounts, no addresses, no words, and nothing of which there are few', () => {
    const mapping = claims((i) => ({
      phone_no: `0301234${50 + i}`,
      pressure: `${101300 + i}`,
      peer: `10.0.12.${i + 1}`,
      weather: ['sunny', 'cloudy'][i % 2]!,
      cabinet: `CAB-100${i % 4}`,
      release: `1.20.${i}`,
    }));
    for (const path of ['phone_no', 'pressure', 'peer', 'weather', 'cabinet', 'release']) {
      expect([path, fieldOf(mapping, path)?.role]).not.toEqual([path, 'identifier']);
    }
  });
});
