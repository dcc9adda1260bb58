import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../test/golden/profiles/run-profile.ts';
import type { Entry } from '../entry.ts';
import { boomiExecutionRecord } from './boomi/execution-record.ts';
import { recogniseShare } from './define.ts';
import { PLATFORM_PROFILES } from './index.ts';
import { otlpTraces } from './traces/otlp-traces.ts';
import { xes } from './process-mining/xes.ts';

const RUN = tree({
  '@type': 'ExecutionRecord',
  executionId: 'execution-1',
  executionTime: '2031-03-04T09:15:02Z',
  status: 'COMPLETE',
  processName: 'P',
});

describe('the system of a source', () => {
  it('is the platform itself, unless another was given', () => {
    expect(runProfile(boomiExecutionRecord, [RUN], sourceOf('a.json', 'json')).events[0]!['system']).toBe('boomi');
    expect(runProfile(boomiExecutionRecord, [RUN], sourceOf('a.json', 'json', { system: 'boomi-eu' })).events[0]!['system']).toBe(
      'boomi-eu',
    );
  });

  it('is never empty', () => {
    for (const profile of PLATFORM_PROFILES)
      expect(profile.describe([], sourceOf('/home/someone/exports/wms-2031.xes', 'xes')).system).not.toBe('');
  });

  it('comes from the file name where the entries name none', () => {
    expect(xes.describe([], sourceOf('wms-2031.xes', 'xes')).system).toBe('wms');
    const span = tree({ traceId: 'ab', spanId: 'cd', name: 'x', startTimeUnixNano: '1930000000000000000' });
    expect(runProfile(otlpTraces, [span], sourceOf('gateway.jsonl', 'ndjson')).events[0]!['system']).toBe('gateway');
  });
});

describe('a mapping', () => {
  it('lists only fields that occur, with up to three values', () => {
    const entries: Entry[] = [1, 2, 3, 4].map((n) =>
      tree({
        '@type': 'ExecutionRecord',
        executionId: `execution-${n}`,
        executionTime: '2031-03-04T09:15:02Z',
        status: 'COMPLETE',
        processName: 'P',
      }),
    );
    const { fields } = boomiExecutionRecord.describe(entries, sourceOf('a.json', 'json'));
    expect(fields.find((field) => field.path === 'executionId')!.samples).toEqual(['execution-1', 'execution-2', 'execution-3']);
    expect(fields.some((field) => field.path === 'message')).toBe(false);
    for (const field of fields) expect(field.reason).not.toBe('');
  });
});

describe('recogniseShare', () => {
  const yes = tree({ yes: true });
  const no = tree({});
  const matches = (entry: Entry): boolean => entry === yes;

  it('wants at least half of the entries', () => {
    expect(recogniseShare([yes, yes, no], matches, 'yes')).toEqual({ confidence: 0.66, reason: '2 of the first 3 entries are yes' });
    expect(recogniseShare([yes, no, no], matches, 'yes')).toBeUndefined();
    expect(recogniseShare([], matches, 'yes')).toBeUndefined();
  });
});
