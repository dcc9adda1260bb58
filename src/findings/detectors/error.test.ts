import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf } from '../testing.ts';
import type { Line } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, patch, until } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('error', () => {
  it('reports a step that failed for good', async () => {
    const verdict = edited((lines) => until('allocate')(patch('confirm', { status: 'failed', error: 'credit limit' })(lines, 0), 0));
    expect(kindsOf(verdict)).toEqual(['error/failed']);
    expect(verdict.status).toBe('failed');
    await golden(verdict, 'error/failed');
  });

  it('does not take a call of the same name from elsewhere for a second try, and sees what the caller made of it', () => {
    const verdict = edited((lines) => [
      ...lines,
      { system: 'web', step: 'page', at: 5000, took: 50, execution: 4, span: 1 },
      { system: 'web', step: 'first', at: 5001, took: 9, execution: 4, span: 2, parentSpan: 1 },
      { system: 'api', step: 'get', at: 5002, took: 3, status: 'failed', execution: 4, span: 3, parentSpan: 2 },
      { system: 'web', step: 'second', at: 5020, took: 9, execution: 4, span: 4, parentSpan: 1 },
      { system: 'api', step: 'get', at: 5021, took: 3, execution: 4, span: 5, parentSpan: 4 },
    ]);
    expect(verdict.findings.map(({ kind, system, severity }) => [kind, system, severity])).toEqual([['error', 'api', 'warning']]);
  });

  it('reports exhausted attempts as one finding, with the run around them', async () => {
    const verdict = edited((lines) => [
      ...until('confirm')(lines, 0),
      ...[60, 120, 240].map((at, i): Line => ({
        system: 'erp',
        step: 'confirm',
        at,
        took: 5,
        status: 'failed',
        attempt: i + 1,
        error: 'no answer',
      })),
    ]);
    expect(kindsOf(verdict)).toEqual(['error/exhausted']);
    await golden(verdict, 'error/exhausted');
  });

  it('puts failures of one execution down to the deepest', () => {
    const verdict = edited((lines) => [
      ...until('confirm')(lines, 0),
      { system: 'erp', step: 'run', at: 60, took: 10, status: 'failed', execution: 9 },
      { system: 'erp', step: 'confirm', at: 62, took: 5, status: 'failed', execution: 9, error: 'no answer' },
    ]);
    expect(kindsOf(verdict)).toEqual(['error/failed']);
    expect(verdict.findings[0]).toMatchObject({ step: 'confirm', steps: ['s4', 's3'] });
  });

  it('is only a warning where the journey went on', () => {
    const verdict = edited(patch('confirm', { status: 'failed' }));
    expect(verdict.findings.map(({ kind, severity }) => [kind, severity])).toEqual([['error', 'warning']]);
    expect(verdict.status).toBe('completed');
  });

  it('is silent when a later attempt succeeded', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed' },
        { ...line, at: (line.at ?? 0) + 2 },
      ]),
    );
    expect(kindsOf(verdict)).not.toContain('error/failed');
  });

  it('is silent where the run it failed in was repeated and went well, although the repeat does not tell its steps', () => {
    const verdict = edited((lines) => [
      ...lines,
      { system: 'erp', flow: 'sync', step: 'run', at: 1000, took: 5, status: 'failed', execution: 9 },
      { system: 'erp', flow: 'sync', step: 'post', at: 1001, took: 1, status: 'failed', execution: 9, error: 'no answer' },
      { system: 'erp', flow: 'sync', step: 'run', at: 1300, took: 5, execution: 10, parentExecution: 9 },
    ]);
    expect(kindsOf(verdict)).toContain('retry/declared');
    expect(kindsOf(verdict)).not.toContain('error/failed');
  });

  it('does not call attempts exhausted of which the last went well', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed', attempt: 1 },
        { ...line, at: (line.at ?? 0) + 3, status: 'timed-out', attempt: 2 },
        { ...line, at: (line.at ?? 0) + 6, attempt: 3 },
      ]),
    );
    expect(kindsOf(verdict)).toEqual(['retry/declared']);
  });
});
