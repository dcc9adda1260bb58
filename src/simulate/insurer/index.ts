import { isOfficeHour } from '../business-hours.ts';
import { DAY, HOUR, calendar } from '../calendar.ts';
import type { Life, LifeRequest } from '../company.ts';
import { defineCompany } from '../define.ts';
import { berlinOffset } from '../local-time.ts';
import { Random } from '../random.ts';
import { claimNumber, dottedPolicy, makeClaim, plainClaim, plainPolicy, slashedClaim } from './claim.ts';
import type { ClaimEvent } from './event.ts';
import { PROMISED } from './promised.ts';
import { PLACES, USUAL, consequences } from './faults.ts';
import { walkClaim } from './walk.ts';
import { insurerWriter } from './write.ts';

/** An insurer: claims from notice to letter. No number is common to all systems, offices close in the evening, and money moves at night. */
export const INSURER = defineCompany<ClaimEvent>({
  id: 'insurer',
  title: 'an insurer and its claims',
  cases: { one: 'claim', many: 'claims' },
  recordType: 'claim',
  systems: [
    { name: 'portal', format: 'JSON lines, an envelope around each message', zone: 'UTC', spelling: 'NT-7F3K2QX, P-778.120.033' },
    { name: 'policy', format: 'table with vertical bars', zone: 'Europe/Berlin, with offset', spelling: '778120033, 260004711' },
    {
      name: 'claims',
      format: 'logback lines; a JSON document of states a day',
      zone: 'Europe/Berlin, with offset',
      spelling: 'NT-7F3K2QX, 26-0004711',
    },
    { name: 'assessors', format: 'XML', zone: 'Europe/Berlin, with offset', spelling: '26/0004711, D5520931' },
    {
      name: 'payments',
      format: 'CSV with semicolons, decimal commas and German words',
      zone: 'Europe/Berlin, without offset',
      spelling: 'D5520931, 9000123456',
    },
    { name: 'ledger', format: 'XML of the state of each payment', zone: 'Europe/Berlin, with offset', spelling: 'D5520931, 9000123456' },
    { name: 'letters', format: 'logfmt', zone: 'UTC', spelling: '9000123456, L40123456' },
  ],
  zone: 'Europe/Berlin',
  rhythm: { window: (start, claims) => calendar(start, claims, 120, 28, 150), weight, margin: 8 * DAY },
  faults: { places: PLACES, usual: USUAL, consequences },
  passports: PROMISED,
  stepOf: ({ channel, step }) => `${channel} ${step}`,
  live,
  writer: insurerWriter,
});

/** Few claims are notified outside office hours, hardly any at night. */
function weight(at: number): number {
  if (isOfficeHour(at)) return 10;
  const hour = Math.floor(((at + berlinOffset(at)) % DAY) / HOUR);
  return hour >= 7 && hour < 22 ? 2.5 : 0.3;
}

function live({ seed, index, at, injection }: LifeRequest): Life<ClaimEvent> {
  const made = makeClaim(new Random(seed, index + 0x20000000), seed, index, at);
  // A fault strikes a life in which it has an occasion: it never hides behind a legitimate variant.
  const claim =
    injection === undefined || made.variant === 'surveyed'
      ? made
      : { ...made, variant: 'surveyed' as const, payments: made.payments.slice(0, 1) };
  const path = walkClaim(claim, new Random(seed, index + 0x40000000), injection);
  const policy = claim.policyShared ? [] : [dottedPolicy(claim), plainPolicy(claim)];
  return {
    events: path.events,
    key: claim.notice,
    related: [
      claimNumber(claim),
      slashedClaim(claim),
      plainClaim(claim),
      claim.dossier,
      ...claim.payments,
      ...claim.letters,
      ...policy,
      ...path.extra,
    ],
    variant: claim.variant,
    struck: path.struck,
  };
}
