import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros, MICROS_PER_SECOND } from '../model/time.ts';
import { bursts } from './bursts.ts';
import { inCommon } from './common.ts';
import { explanationOf, incidentsOf, titleOf } from './index.ts';
import { signatures } from './signature.ts';
import type { IncidentFinding, IncidentScope } from './types.ts';

const HOUR = 3600;
/** Seconds since some day → µs. */
const at = (seconds: number) => micros(1_772_400_000_000_000 + Math.round(seconds * MICROS_PER_SECOND));

let next = 0;
function failed(seconds: number | undefined, more: Partial<IncidentFinding> = {}): IncidentFinding {
  next++;
  return {
    id: next.toString(16).padStart(16, '0'),
    journey: next,
    kind: 'error',
    subkind: 'failed',
    severity: 'critical',
    system: 'erp',
    flow: undefined,
    step: 'create',
    facet: undefined,
    cause: `connection refused: order SO-${1000 + next}`,
    at: seconds === undefined ? undefined : at(seconds),
    absence: undefined,
    ...more,
  };
}

/** Ten days in which an order comes every ten minutes. */
const DAYS = 10;
const scope: IncidentScope = {
  coverage: [{ system: 'erp', from: at(0), to: at(DAYS * 24 * HOUR) }],
  dataEnd: at(DAYS * 24 * HOUR),
  starts: Float64Array.from({ length: DAYS * 144 }, (_, i) => at(i * 600)),
};

describe('signatures', () => {
  const of = (...messages: string[]) => {
    const counts = new Map<string, number>();
    for (const message of messages) counts.set(message, (counts.get(message) ?? 0) + 1);
    const result = signatures(counts);
    return messages.map((message) => result.get(message));
  };

  it('takes messages that differ in ids, quotes and numbers for one', () => {
    const messages = Array.from({ length: 20 }, (_, i) => `order SO-${1000 + i} of "customer ${i}" refused after ${i * 17} ms`);
    expect(new Set(of(...messages))).toEqual(new Set(['order <*> of <*> refused after <*> ms']));
  });

  it('keeps codes, which repeat, and tells causes apart by them', () => {
    const messages = Array.from({ length: 40 }, (_, i) => `HTTP ${i % 2 === 0 ? 503 : 404} for SO-${i}`);
    expect(new Set(of(...messages))).toEqual(new Set(['HTTP 503 for <*>', 'HTTP 404 for <*>']));
  });

  it('merges messages that differ in few words, and not those that differ in many', () => {
    const same = of('the gateway of the partner in berlin did not answer', 'the gateway of the partner in madrid did not answer');
    expect(new Set(same)).toEqual(new Set(['the gateway of the partner in <*> did not answer']));
    expect(new Set(of('credit limit exceeded', 'credit card expired')).size).toBe(2);
  });

  it('does not depend on the order of the messages', () => {
    const words = fc.constantFrom('order', 'refused', 'SO-17', 'SO-18', 'timeout', '503', 'by', '"x"');
    const message = fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.uniqueArray(message, { maxLength: 20 }), fc.infiniteStream(fc.nat(9)), (messages, counts) => {
        const counted = messages.map((text) => [text, 1 + (counts.next().value as number)] as const);
        const forward = signatures(new Map(counted));
        const backward = signatures(new Map(counted.toReversed()));
        for (const text of messages) expect(backward.get(text)).toBe(forward.get(text));
      }),
    );
  });
});

describe('bursts', () => {
  it('finds a dense run among scattered events', () => {
    const scattered = Array.from({ length: 10 }, (_, i) => i * 1000 + 500);
    const times = [...scattered, ...Array.from({ length: 12 }, (_, i) => 4600 + i)].toSorted((a, b) => a - b);
    const [burst, ...more] = bursts(times, 10_000, 0.001);
    expect(more).toEqual([]);
    expect(times.slice(burst!.first, burst!.last + 1)).toEqual(expect.arrayContaining(Array.from({ length: 12 }, (_, i) => 4600 + i)));
    expect(burst!.last - burst!.first).toBeLessThan(14);
  });

  it('finds none where events come by chance, as rarely as it says', () => {
    // xorshift: the same events each time.
    let state = 123_456_789;
    const random = (): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return ((state >>> 0) + 0.5) / 2 ** 32;
    };
    let found = 0;
    for (let round = 0; round < 1000; round++) {
      const times = Array.from({ length: 3 + (round % 60) }, () => random() * 1e6).toSorted((a, b) => a - b);
      if (bursts(times, 1e6, 0.01).length > 0) found++;
    }
    expect(found).toBeLessThanOrEqual(25);
  });
});

describe('incidents', () => {
  it('groups what fails in the same words at the same step, recovered or not, and counts records', () => {
    const findings = [0, 30, 60, 90].map((hour, i) =>
      failed(hour * HOUR, i % 2 === 0 ? {} : { kind: 'retry', subkind: 'declared', severity: 'info' }),
    );
    const [incident, ...more] = incidentsOf(findings, scope);
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      severity: 'critical',
      burst: false,
      cause: { kind: 'error', signature: 'connection refused: order <*>' },
    });
    expect(incident?.journeys).toHaveLength(4);
    expect(titleOf(incident!.cause)).toBe('erp create failed: connection refused: order …');
  });

  it('says nothing of two records', () => {
    expect(incidentsOf([failed(0), failed(HOUR)], scope)).toEqual([]);
    const one = failed(0);
    expect(incidentsOf([one, failed(HOUR, { journey: one.journey }), failed(2 * HOUR, { journey: one.journey })], scope)).toEqual([]);
  });

  it('tells a burst from what the same cause does otherwise, and that it is over', () => {
    const scattered = Array.from({ length: 8 }, (_, i) => failed(i * 29 * HOUR + 1000));
    const outage = Array.from({ length: 10 }, (_, i) => failed(100 * HOUR + i * 300));
    const incidents = incidentsOf([...scattered, ...outage], scope);
    const burst = incidents.find((incident) => incident.burst);
    expect(burst?.journeys).toHaveLength(10);
    expect(burst?.state).toBe('over');
    expect(explanationOf(burst!)).toContain('10 journeys are affected');
    expect(incidents.find((incident) => !incident.burst)?.journeys).toHaveLength(8);
  });

  it('does not call it over because of the night: nothing was done meanwhile', () => {
    // Work until hour 100, then a log that goes on for a day in which nothing is ordered.
    const quiet = { ...scope, starts: scope.starts.filter((start) => start < at(100 * HOUR)) };
    const outage = Array.from({ length: 10 }, (_, i) => failed(99 * HOUR + i * 300));
    expect(incidentsOf(outage, quiet).map(({ state }) => state)).toEqual(['going-on']);
    expect(incidentsOf(outage, scope).map(({ state }) => state)).toEqual(['over']);
  });

  it('does not take a busy hour for a burst', () => {
    // Ninety in a hundred orders come in one hour of each day, and so do the failures.
    const starts = Float64Array.from({ length: 10_000 }, (_, i) => {
      const [day, order] = [Math.floor(i / 1000), i % 1000];
      return at(day * 24 * HOUR + (order < 900 ? 12 * HOUR + order * 4 : 13 * HOUR + (order - 900) * 360));
    }).toSorted();
    const findings = Array.from({ length: 400 }, (_, i) => failed((starts[i * 25 + 7]! - at(0)) / MICROS_PER_SECOND));
    expect(incidentsOf(findings, { ...scope, starts }).map(({ burst }) => burst)).toEqual([false]);
    expect(incidentsOf(findings, scope).some(({ burst }) => burst)).toBe(true);
  });

  it('cannot tell whether a batch that failed at once is over', () => {
    expect(incidentsOf([failed(HOUR), failed(HOUR + 0.1), failed(HOUR + 0.2)], scope).map(({ state }) => state)).toEqual(['unknown']);
  });

  it('leaves out absences that are not confirmed, and does not call over what may yet be confirmed', () => {
    const gap = { kind: 'gap', subkind: 'partial', cause: undefined } as const;
    const confirmed = Array.from({ length: 6 }, (_, i) => failed(HOUR + i * 300, { ...gap, absence: 'confirmed' }));
    const open = failed(200 * HOUR, { ...gap, absence: 'still-open', severity: 'info' });
    expect(incidentsOf(confirmed, scope).map(({ state }) => state)).toEqual(['over']);
    expect(incidentsOf([...confirmed, open], scope).map(({ state, findings }) => [state, findings.length])).toEqual([['going-on', 6]]);
    expect(
      incidentsOf([open, failed(0, { ...gap, absence: 'outside-coverage' }), failed(1, { ...gap, absence: 'still-open' })], scope),
    ).toEqual([]);
  });

  it('does not depend on the order of the findings', () => {
    const findings = Array.from({ length: 30 }, (_, i) => failed(i * 5000, { step: i % 3 === 0 ? 'create' : 'confirm' }));
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: findings.length }), (shuffled) => {
        expect(incidentsOf(shuffled, scope)).toEqual(incidentsOf(findings, scope));
      }),
      { numRuns: 20 },
    );
  });
});

describe('what the affected have in common', () => {
  it('names the value that sets them apart, with counts', () => {
    const counts = [
      { field: 'country', value: 'NO', affected: 18, others: 40 },
      { field: 'channel', value: 'web', affected: 19, others: 900 },
      { field: 'voucher', value: 'X', affected: 2, others: 0 },
    ];
    const found = inCommon(counts, 20, 1000);
    expect(found.map(({ field, value }) => `${field}=${value}`)).toEqual(['country=NO']);
    expect(found[0]).toMatchObject({ affected: 18, affectedOf: 20, others: 40, othersOf: 1000 });
    expect(found[0]!.lift).toBeCloseTo(0.9 / (58 / 1020), 6);
  });

  it('computes Fisher’s probability: the lady tasting tea', () => {
    // Four of four cups right: 1 in 70 (Fisher 1935), which is not enough to report it.
    expect(inCommon([{ field: 'tea', value: 'first', affected: 4, others: 0 }], 4, 4)).toEqual([]);
    const [strong] = inCommon([{ field: 'f', value: 'v', affected: 5, others: 0 }], 5, 10);
    expect(strong?.byChance).toBeCloseTo(1 / 3003, 8);
  });

  it('reports nothing that chance explains among many fields', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ field: `f${i}`, value: 'x', affected: 8, others: 60 }));
    expect(inCommon(many, 10, 100)).toEqual([]);
  });

  it('reports at most five, and nothing where there are no others', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ field: `f${i}`, value: 'x', affected: 20, others: 1 }));
    expect(inCommon(many, 20, 1000)).toHaveLength(5);
    expect(inCommon(many, 20, 0)).toEqual([]);
  });
});
