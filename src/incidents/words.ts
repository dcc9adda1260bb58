import { formatDuration, formatIso, type Micros } from '../model/time.ts';
import { WILDCARD } from './signature.ts';
import type { Cause, Incident } from './types.ts';

const ELLIPSIS = '…';

/** One line: what happens where. */
export function titleOf({ kind, subkind, system, step, facet, signature }: Cause): string {
  const place = placeText(system, step);
  switch (kind) {
    case 'error':
      return signature === undefined ? `${place} failed` : `${place} failed: ${signature.replaceAll(WILDCARD, ELLIPSIS)}`;
    case 'retry':
      return subkind === 'storm' ? `${place} was tried again and again` : `${place} had to be tried again`;
    case 'gap':
      return subkind === 'stopped' ? `Nothing came after ${place}` : `${place} did not come`;
    case 'delay':
      return subkind === 'step' ? `${place} took too long` : `The way to ${place} took too long`;
    case 'mismatch':
      return subkind === 'stale' ? `${system ?? place} did not get the last update` : `${facet ?? 'A field'} differs at ${place}`;
    case 'duplicate':
      return `${place} was done twice`;
    case 'order':
      return `${place} came out of order`;
    case 'loss':
      return `Records were lost at ${place}`;
    case 'drift':
      return `${place} changed`;
    case 'clock':
      return `The clock of ${system ?? place} is off`;
  }
}

/** What a support engineer needs to know of it, in plain sentences. */
export function explanationOf(incident: Incident): string {
  const { journeys, from, to, burst, usualGap } = incident;
  const when =
    from === undefined || to === undefined
      ? 'at unknown times'
      : from === to
        ? `at ${time(from)}`
        : `between ${time(from)} and ${time(to)}`;
  const how = burst ? 'all in one burst' : 'scattered over that time';
  const gap = usualGap === undefined ? '' : `, usually one every ${formatDuration(usualGap)}`;
  return `${journeys.length} journeys are affected ${when}, ${how}${gap}. ${stateText(incident)}`;
}

function stateText({ state, usualGap, cause }: Incident): string {
  const log = cause.system === undefined ? 'the data goes' : `the log of ${cause.system} goes`;
  if (state === 'over') return `It is over: nothing of it came for more than ten times as long, and ${log} on.`;
  if (state === 'going-on' && usualGap !== undefined)
    return `It is not known to be over: ${log} no further than ten times that beyond the last.`;
  return 'Whether it is over cannot be told: all of it came in one moment.';
}

function placeText(system: string | undefined, step: string | undefined): string {
  return [system, step].filter((part) => part !== undefined && part !== '').join(' ') || 'A step';
}

/** `2031-05-04 08:00 UTC`. */
function time(at: Micros): string {
  return `${formatIso(at).slice(0, 16).replace('T', ' ')} UTC`;
}
