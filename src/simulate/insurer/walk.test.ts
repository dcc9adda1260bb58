import { describe, expect, it } from 'vitest';
import { isOfficeHour, nextNight } from '../business-hours.ts';
import type { Fault } from '../faults.ts';
import { Random } from '../random.ts';
import { makeClaim } from './claim.ts';
import type { Claim, Variant } from './claim.ts';
import type { ClaimEvent } from './event.ts';
import { PLACES } from './faults.ts';
import type { ClaimPath } from './path.ts';
import { walkClaim } from './walk.ts';
import { claimsLine, dossierElement, letterLine, paymentRow, policyRow, portalLine } from './write.ts';

/** A Tuesday, ten in the morning in Berlin. */
const AT = Date.UTC(2026, 2, 3, 9);
const HOUR = 3_600_000;

function claimOf(index: number, variant: Variant = 'surveyed'): Claim {
  const made = makeClaim(new Random(1, index), 1, index, AT);
  return { ...made, variant, payments: made.payments.slice(0, 1) };
}

const live = (index: number, fault?: Fault, place = '', variant: Variant = 'surveyed'): ClaimPath =>
  walkClaim(claimOf(index, variant), new Random(2, index), fault === undefined ? undefined : { fault, place, factor: 30 });
const of = (path: ClaimPath, step: string): ClaimEvent[] => path.events.filter((event) => event.step === step);
const steps = (path: ClaimPath): string[] => path.events.toSorted((a, b) => a.at - b.at).map(({ step }) => step);

describe('a claim without a fault', () => {
  it('goes from notice to letter, effects after their causes', () => {
    for (let index = 0; index < 100; index++) {
      const path = live(index);
      const chain = [
        'notified',
        'register',
        'COVER_CHECK',
        'open-dossier',
        'Opened',
        'Assigned',
        'Surveyed',
        'Approved',
        'Anweisung',
        'Ausfuehrung',
      ];
      expect(steps(path).filter((step) => chain.includes(step))).toEqual(chain);
      expect(of(path, 'post')[0]!.at).toBeGreaterThan(of(path, 'render')[0]!.at);
      expect(of(path, 'close')[0]!.at).toBeGreaterThan(of(path, 'paid')[0]!.at);
      expect(path.events.every(({ outcome }) => outcome === 'ok')).toBe(true);
      expect(path.struck).toBeUndefined();
    }
  });

  it('has people work in office hours and money move at night', () => {
    for (let index = 0; index < 100; index++) {
      const path = live(index);
      expect(isOfficeHour(of(path, 'Assigned')[0]!.at)).toBe(true);
      expect(isOfficeHour(of(path, 'Approved')[0]!.at)).toBe(true);
      const instructed = of(path, 'Anweisung')[0]!;
      const night = nextNight(instructed.at + instructed.durationMs, 2);
      expect(of(path, 'Ausfuehrung')[0]!.at - night).toBeLessThan(HOUR / 4);
    }
  });

  it('has legitimate lives that end early', () => {
    expect(steps(live(1, undefined, '', 'not-covered'))).not.toContain('Opened');
    expect(steps(live(1, undefined, '', 'withdrawn'))).toEqual(expect.arrayContaining(['withdrawn', 'withdraw']));
    expect(steps(live(1, undefined, '', 'fast-track'))).not.toContain('Surveyed');
  });

  it('is named by no number in all systems', () => {
    const path = live(1);
    const texts = new Map<string, string>();
    const text = {
      portal: portalLine,
      policy: policyRow,
      claims: claimsLine,
      dossier: dossierElement,
      payments: paymentRow,
      letters: letterLine,
    };
    for (const event of path.events) {
      const write = text[event.channel as keyof typeof text] as ((event: ClaimEvent) => string) | undefined;
      if (write !== undefined) texts.set(event.system, `${texts.get(event.system) ?? ''}${write(event)}`);
    }
    const { notice, dossier, payments, letters, number, policy } = path.claim;
    const shown = (key: string): string[] => [...texts].filter(([, written]) => written.includes(key)).map(([system]) => system);
    expect(shown(notice)).toEqual(['portal', 'claims']);
    expect(shown(dossier)).toEqual(['claims', 'assessors', 'payments']);
    expect(shown(payments[0]!)).toEqual(['claims', 'payments', 'letters']);
    expect(shown(letters[0]!)).toEqual(['letters']);
    expect(shown(String(policy))).toEqual(['policy']);
    expect(shown(String(number).padStart(7, '0'))).toEqual(['claims', 'policy', 'assessors']);
  });
});

describe('each fault', () => {
  it.each(Object.entries(PLACES).flatMap(([fault, places]) => places.map(({ name }): [Fault, string] => [fault as Fault, name])))(
    '%s at %s is noted and changes the life',
    (fault, place) => {
      for (let index = 0; index < 20; index++) {
        const path = live(index, fault, place);
        expect(path.struck?.note).toBeTruthy();
        expect(JSON.stringify(path.events)).not.toBe(JSON.stringify(live(index).events));
        expect(steps(path)).toContain('notified');
      }
    },
  );

  it('a payment that is made too early stands before its approval, a late one in a later run', () => {
    const early = live(3, 'order/out-of-order', 'instruct');
    expect(of(early, 'Anweisung')[0]!.at).toBeLessThan(of(early, 'Approved')[0]!.at);
    expect(of(live(3, 'delay/hop', 'execute'), 'Ausfuehrung')[0]!.at - of(live(3), 'Ausfuehrung')[0]!.at).toBeGreaterThan(48 * HOUR);
  });
});
