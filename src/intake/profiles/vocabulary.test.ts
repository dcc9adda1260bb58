import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../model/status.ts';
import { grpcStatus, httpStatus, idocStatus, levelClass, levelStatus, normaliseStatus, readStatus } from './vocabulary.ts';

describe('normaliseStatus', () => {
  it.each([
    ['STARTED', 'started'],
    ['In Progress', 'running'],
    ['INPROCESS', 'running'],
    ['ENQUEUED', 'waiting'],
    ['COMPLETE', 'succeeded'],
    ['complete_warn', 'succeeded-with-warning'],
    ['Complete Warn', 'succeeded-with-warning'],
    ['ERROR', 'failed'],
    ['Canceled', 'cancelled'],
    ['CANCELLED', 'cancelled'],
    ['TIMED_OUT', 'timed-out'],
    ['Timed Out', 'timed-out'],
    ['Skipped', 'skipped'],
    ['DISCARDED', 'discarded'],
    ['STATUS_CODE_ERROR', 'failed'],
    ['WORKFLOW_EXECUTION_STATUS_COMPLETED', 'succeeded'],
    ['HTTP 504', 'timed-out'],
    ['503 Service Unavailable', 'failed'],
    ['partially_refunded', 'succeeded-with-warning'],
    ['bezahlt', 'succeeded'],
    ['', 'unknown'],
    ['closed', 'unknown'],
    ['frobnicated', 'unknown'],
    ['200', 'unknown'],
  ] as const)('%s is %s', (word, status) => {
    expect(normaliseStatus(word)).toBe(status);
  });

  it('lets a platform mean something else by a word', () => {
    expect(normaliseStatus('new')).toBe('started');
    expect(normaliseStatus('unknown', 'xes')).toBe('unknown');
    expect(normaliseStatus('ESCALATED', 'sap-cpi-mpl')).toBe('failed');
    expect(normaliseStatus('ABANDONED', 'sap-cpi')).toBe('timed-out');
    expect(normaliseStatus('B', 'netsuite')).toBe('running');
    expect(normaliseStatus('closed', 'netsuite')).toBe('cancelled');
    expect(normaliseStatus('COMPLETE', 'boomi-execution-record')).toBe('succeeded');
  });

  it('does not care for case, spaces, underscores and hyphens, and always answers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('completed with warnings', 'in progress', 'timed out', 'partial success', 'failed'),
        fc.constantFrom(' ', '_', '-', ''),
        fc.boolean(),
        (phrase, glue, upper) => {
          const word = phrase.replaceAll(' ', glue);
          expect(normaliseStatus(upper ? word.toUpperCase() : word)).toBe(normaliseStatus(phrase));
          expect(normaliseStatus(phrase)).not.toBe('unknown');
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (word) => STATUSES.includes(normaliseStatus(word))));
  });
});

describe('codes and levels', () => {
  it('reads HTTP, gRPC and IDoc codes', () => {
    expect([200, 202, 302, 404, 408, 409, 429, 499, 503, 504, 100, 42].map(httpStatus)).toEqual([
      'succeeded',
      'running',
      'succeeded',
      'failed',
      'timed-out',
      'failed',
      'failed',
      'cancelled',
      'failed',
      'timed-out',
      'unknown',
      'unknown',
    ]);
    expect([0, 1, 4, 14, 17].map(grpcStatus)).toEqual(['succeeded', 'cancelled', 'timed-out', 'failed', 'unknown']);
    expect(['53', '51', '3', '68', '28'].map(idocStatus)).toEqual(['succeeded', 'failed', 'running', 'discarded', 'unknown']);
  });

  it('reads flags both ways', () => {
    expect(readStatus('true', 'success-flag')).toBe('succeeded');
    expect(readStatus('0', 'success-flag')).toBe('failed');
    expect(readStatus('true', 'failure-flag')).toBe('failed');
    expect(readStatus('maybe', 'failure-flag')).toBe('unknown');
    expect(readStatus('503', 'http')).toBe('failed');
    expect(readStatus('DEADLINE_EXCEEDED', 'grpc')).toBe('timed-out');
  });

  it('lets only errors say something about the outcome', () => {
    expect(['INFO', 'warn', 'SEVERE', '30', '50', 'allocated', '99'].map(levelClass)).toEqual([
      'info',
      'warning',
      'error',
      'info',
      'error',
      undefined,
      undefined,
    ]);
    expect(['INFO', 'WARN', 'FATAL'].map(levelStatus)).toEqual(['unknown', 'unknown', 'failed']);
  });
});
