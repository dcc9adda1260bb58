import type { ClaimPath } from './path.ts';
import type { ClaimStates } from './states.ts';

/** Claims system and assessors: from cover to an approved amount. Answers when, or undefined when it ends here. */
export function walkDossier(path: ClaimPath, states: ClaimStates, coveredAt: number): number | undefined {
  const { claim } = path;
  const openAt = path.hop('open', coveredAt, 'claims', 'open-dossier');
  path.write('claims', openAt, 'claims', 'open-dossier', { durationMs: 140, message: 'dossier handed over to the assessors' });
  states.claim(openAt, 'IN_REVIEW');
  const openedAt = path.hop('told', openAt + 140, 'assessors', 'Opened');
  if (path.has('gap/missing-step', 'open')) {
    path.strike(
      'assessors',
      'Opened',
      openedAt,
      'the claims system says it handed the dossier over, the assessors never saw it; nothing follows',
    );
    return undefined;
  }
  const open = path.duration('open', openedAt, 'assessors', 'Opened');
  path.write('dossier', openedAt, 'assessors', 'Opened', { durationMs: open, amountCents: claim.estimateCents });
  const reserveAt = path.hop('reserve', openedAt + open, 'policy', 'RESERVE');
  path.write('policy', reserveAt, 'policy', 'RESERVE', { durationMs: path.random.int(150, 400), attempt: 1, state: 'BOOKED' });
  let readyAt = openedAt + open;
  if (claim.variant !== 'fast-track') {
    const assignAt = path.hop('assign', readyAt, 'assessors', 'Assigned');
    path.write('dossier', assignAt, 'assessors', 'Assigned', { durationMs: 200, amountCents: claim.estimateCents });
    if (path.has('gap/stopped', 'assign')) {
      path.strike('assessors', 'Assigned', assignAt, 'assigned to an assessor who never went there; nothing follows');
      return undefined;
    }
    const surveyAt = path.hop('survey', assignAt + 200, 'assessors', 'Surveyed');
    const survey = path.duration('survey', surveyAt, 'assessors', 'Surveyed');
    const failed = path.has('error/failed', 'survey');
    path.write('dossier', surveyAt, 'assessors', 'Surveyed', {
      outcome: failed ? 'failed' : 'ok',
      durationMs: survey,
      amountCents: failed ? claim.estimateCents : claim.approvedCents,
      message: failed ? 'report could not be stored: attachment too large' : '',
    });
    if (failed) {
      path.strike('assessors', 'Surveyed', surveyAt, 'the report could not be stored and was not stored again; nothing follows');
      return undefined;
    }
    if (path.has('gap/stopped', 'survey')) {
      path.strike('assessors', 'Surveyed', surveyAt, 'surveyed, and never approved; nothing follows');
      return undefined;
    }
    readyAt = surveyAt + survey;
  }
  const approveAt = path.hop('approve', readyAt, 'assessors', 'Approved');
  path.write('dossier', approveAt, 'assessors', 'Approved', { durationMs: 250, amountCents: claim.approvedCents });
  states.amountCents = claim.approvedCents;
  states.claim(approveAt + 250, 'APPROVED');
  return approveAt + 250;
}
