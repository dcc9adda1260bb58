import type { Desk, Writer } from '../company.ts';
import type { Channel } from '../files.ts';
import { berlinIso, berlinOffset, dateText, germanLocal, isoMs, logbackBerlin } from '../local-time.ts';
import { claimNumber, dottedPolicy, plainClaim, plainPolicy, slashedClaim } from './claim.ts';
import type { Claim } from './claim.ts';
import type { ClaimEvent } from './event.ts';

const money = (cents: number): string => (cents / 100).toFixed(2);
/** `1.290,50` */
const germanMoney = (cents: number): string =>
  money(cents)
    .replace('.', ',')
    .replace(/\B(?=(\d{3})+(?!\d))/g, '.');

/** The claim as the entry numbers it. */
const numbered = ({ claim, number }: ClaimEvent): Claim => (number === claim.number ? claim : { ...claim, number });

/** The portal: an envelope around each message. */
export function portalLine(event: ClaimEvent): string {
  const { claim } = event;
  const type = event.step === 'notified' ? 'ClaimNotified' : 'ClaimWithdrawn';
  return (
    `{"header":{"type":"${type}","sender":"portal","sentAt":"${isoMs(event.at)}","version":3}` +
    `,"body":{"noticeId":"${claim.notice}","policyNumber":"${dottedPolicy(claim)}","estimatedLoss":{"amount":"${money(event.amountCents)}","currency":"EUR"}` +
    `,"elapsedMs":${event.durationMs},"result":"accepted"}}\n`
  );
}

/** Policy administration: bars between the fields, the host's words in capitals. */
export function policyRow(event: ClaimEvent): string {
  const { claim } = event;
  const result = { ok: 'OK', failed: 'ERROR', timeout: 'TIMEOUT' }[event.outcome];
  return `${berlinIso(event.at)}|${event.step}|${plainPolicy(claim)}|${plainClaim(claim)}|${result}|${event.state}|${event.attempt}|${event.durationMs}|${event.message}\n`;
}

const CLAIMS_LOGGERS: { readonly [step: string]: string } = {
  register: 'IntakeService',
  'open-dossier': 'DossierGateway',
  paid: 'ReturnFileReader',
  close: 'ClaimService',
  reject: 'ClaimService',
  withdraw: 'ClaimService',
};

/** The claims system: logback lines with the context in brackets. Each names only the pair of identifiers that its step knows. */
export function claimsLine(event: ClaimEvent): string {
  const { claim } = event;
  const pair =
    event.step === 'register' || event.step === 'withdraw'
      ? `notice=${claim.notice}, `
      : event.step === 'open-dossier'
        ? `dossier=${claim.dossier}, `
        : event.step === 'paid'
          ? `payment=${event.payment}, `
          : '';
  return (
    `${logbackBerlin(event.at)} INFO  [exec-${1 + (claim.number % 6)}] d.h.claims.${CLAIMS_LOGGERS[event.step]} ` +
    `[${pair}claim=${claimNumber(numbered(event))}, action=${event.step}, took=${event.durationMs}ms] - ${event.message}\n`
  );
}

/** What changed in the claims system on a day. */
export function claimState(event: ClaimEvent): string {
  return `{"claim_number":"${claimNumber(event.claim)}","status":"${event.state}","approved_amount":${money(event.amountCents)},"currency":"EUR","changed_at":"${berlinIso(event.at)}"}`;
}

/** The assessors: an element for each thing that happened to a dossier. The claim is named when the dossier is opened, and never again. */
export function dossierElement(event: ClaimEvent): string {
  const { claim } = event;
  const reference = event.step === 'Opened' ? `<ClaimReference>${slashedClaim(claim)}</ClaimReference>` : '';
  const error = event.outcome === 'failed' ? `<Error>${event.message}</Error>` : '';
  return (
    `  <DossierEvent><DossierNumber>${claim.dossier}</DossierNumber>${reference}<Activity>${event.step}</Activity><Timestamp>${berlinIso(event.at)}</Timestamp>` +
    `<Result>${event.outcome === 'failed' ? 'FAILED' : 'DONE'}</Result><Amount currency="EUR">${money(event.amountCents)}</Amount>` +
    `<DurationSeconds>${(event.durationMs / 1000).toFixed(3)}</DurationSeconds>${error}</DossierEvent>\n`
  );
}

const PAYMENTS_HEADER = 'Zeitpunkt;Zahlungsnummer;Dossiernummer;Vorgang;Status;Betrag;Waehrung;Versuch;Dauer_ms;Lauf;Meldung\n';

/** Payments: German words, decimal commas, wall time without offset. The run is named in the night only, the dossier by day only. */
export function paymentRow(event: ClaimEvent): string {
  const night = event.step === 'Ausfuehrung';
  const run = night ? `ZL-${dateText(event.at + berlinOffset(event.at)).replaceAll('-', '')}` : '';
  return (
    `${germanLocal(event.at)};${event.payment};${night ? '' : event.claim.dossier};${event.step};${event.outcome === 'failed' ? 'FEHLER' : 'OK'}` +
    `;${germanMoney(event.amountCents)};EUR;${event.attempt};${event.durationMs};${run};${event.message}\n`
  );
}

/** The ledger: what each payment has come to. */
export function ledgerElement(event: ClaimEvent): string {
  return (
    `  <Posting paymentNumber="${event.payment}" dossierNumber="${event.claim.dossier}"><Status>${event.state}</Status>` +
    `<Amount currency="EUR">${money(event.amountCents)}</Amount><ChangedAt>${berlinIso(event.at)}</ChangedAt></Posting>\n`
  );
}

/** Letters: logfmt in UTC. A letter names its payment when it is rendered; one without a payment names its claim. */
export function letterLine(event: ClaimEvent): string {
  const about = event.step !== 'render' ? '' : event.payment === '' ? ` claim=${claimNumber(event.claim)}` : ` payment=${event.payment}`;
  const failed = event.outcome === 'failed';
  const error = failed ? ` error=${JSON.stringify(event.message)}` : '';
  return (
    `time=${isoMs(event.at)} level=${failed ? 'error' : 'info'} app=letters event=${event.step} status=${failed ? 'failed' : 'ok'} letter=${event.letter}${about}` +
    ` duration_ms=${event.durationMs}${error}\n`
  );
}

const CHANNELS: { readonly [channel in ClaimEvent['channel']]: { readonly to: Channel; readonly text: (event: ClaimEvent) => string } } = {
  portal: {
    to: {
      slot: 'portal',
      file: (day) => `portal/portal-messages-${day}.jsonl`,
      noise: (at) => `{"header":{"type":"Heartbeat","sender":"portal","sentAt":"${isoMs(at)}","version":3},"body":{"result":"accepted"}}\n`,
      breakable: true,
    },
    text: portalLine,
  },
  policy: {
    to: {
      slot: 'policy',
      file: (day) => `policy/policy-journal-${day}.psv`,
      offset: berlinOffset,
      head: 'timestamp|operation|policy_no|claim_no|result|answer|attempt|elapsed_ms|text\n',
      breakable: true,
    },
    text: policyRow,
  },
  claims: {
    to: {
      slot: 'claims',
      file: (day) => `claims/claims-${day}.log`,
      offset: berlinOffset,
      noise: (at) => `${logbackBerlin(at)} DEBUG [health-1] d.h.claims.Health [] - database answered in 3 ms\n`,
      breakable: true,
    },
    text: claimsLine,
  },
  'claims-state': {
    to: {
      slot: 'claims-state',
      file: (day) => `claims/claims-states-${day}.json`,
      head: '{"export":"claim-states","claims":[\n',
      between: ',\n',
      tail: '\n]}\n',
    },
    text: claimState,
  },
  dossier: {
    to: {
      slot: 'dossier',
      file: (day) => `assessors/assessors-dossiers-${day}.xml`,
      offset: berlinOffset,
      head: '<?xml version="1.0" encoding="UTF-8"?>\n<DossierEvents>\n',
      tail: '</DossierEvents>\n',
    },
    text: dossierElement,
  },
  payments: {
    to: { slot: 'payments', file: (day) => `payments/payments-${day}.csv`, offset: berlinOffset, head: PAYMENTS_HEADER, breakable: true },
    text: paymentRow,
  },
  ledger: {
    to: {
      slot: 'ledger',
      file: (day) => `ledger/ledger-${day}.xml`,
      offset: berlinOffset,
      head: '<?xml version="1.0" encoding="UTF-8"?>\n<Ledger>\n',
      tail: '</Ledger>\n',
    },
    text: ledgerElement,
  },
  letters: {
    to: {
      slot: 'letters',
      file: (day) => `letters/letters-${day}.log`,
      noise: (at) => `time=${isoMs(at)} level=debug app=letters event=healthcheck status=ok duration_ms=1\n`,
      breakable: true,
    },
    text: letterLine,
  },
};

/** Writes each event to its system's file of the day, in that system's format. */
export function insurerWriter({ files }: Desk): Writer<ClaimEvent> {
  return {
    write: (event) => {
      const { to, text } = CHANNELS[event.channel];
      files.add(to, event.at, text(event));
    },
    events: () => files.entries,
    finish: () => undefined,
  };
}
