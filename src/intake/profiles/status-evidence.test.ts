import { describe, expect, it } from 'vitest';
import type { StatusEvidence } from './status-evidence.ts';
import { weighStatus } from './status-evidence.ts';
import type { StatusFormat } from './vocabulary.ts';
import { readStatus } from './vocabulary.ts';

function evidence(name: string, raw: string, format: StatusFormat = 'word'): StatusEvidence {
  return { name, raw, format, status: readStatus(raw, format) };
}

describe('what several fields say', () => {
  it.each([
    ['an end goes before what is open', [evidence('state', 'running'), evidence('result', 'failed')], 'failed', 'failed', 'state=running'],
    [
      'a word before a flag',
      [evidence('ok', 'false', 'success-flag'), evidence('status', 'completed')],
      'succeeded',
      'completed',
      'ok=false',
    ],
    [
      'what agrees is no disagreement',
      [evidence('ok', 'true', 'success-flag'), evidence('status', 'completed')],
      'succeeded',
      'completed',
      undefined,
    ],
    ['the first of two words', [evidence('a', 'failed'), evidence('b', 'completed')], 'failed', 'failed', 'b=completed'],
    [
      'finished says nothing about how',
      [evidence('status', 'running'), evidence('finished', 'true', 'finished-flag')],
      'unknown',
      'running',
      'finished=true',
    ],
    [
      'finished and an outcome',
      [evidence('status', 'success'), evidence('finished', 'true', 'finished-flag')],
      'succeeded',
      'success',
      undefined,
    ],
    [
      'an outcome that is said to be open',
      [evidence('status', 'error'), evidence('finished', 'false', 'finished-flag')],
      'failed',
      'error',
      'finished=false',
    ],
    ['not finished', [evidence('finished', 'false', 'finished-flag')], 'running', 'false', undefined],
    [
      'success with errors',
      [evidence('status', 'completed'), evidence('numError', '3', 'error-count')],
      'succeeded-with-warning',
      'completed',
      undefined,
    ],
    [
      'success without errors',
      [evidence('status', 'completed'), evidence('numError', '0', 'error-count')],
      'succeeded',
      'completed',
      undefined,
    ],
    ['errors alone', [evidence('numError', '3', 'error-count')], 'failed', '3', undefined],
    ['unknown words', [evidence('status', 'frobnicated')], 'unknown', 'frobnicated', undefined],
    ['nothing', [], 'unknown', '', undefined],
  ] as const)('%s', (_what, all, status, raw, disagreement) => {
    expect(weighStatus(all)).toEqual({ status, raw, disagreement });
  });
});
