import { describe, expect, it } from 'vitest';
import { inputOf, type Line } from '../findings/testing.ts';
import { buildJourney } from './index.ts';

/** Each step with the number of its attempts. */
function triesOf(lines: readonly Line[]): readonly string[] {
  return buildJourney(inputOf('SO-1', lines)).steps.map(({ step, attempts }) => `${step} ×${attempts.length}`);
}

const push = (at: number, more: Partial<Line> = {}): Line => ({ system: 'erp', step: 'push', at, took: 1, fingerprint: 9, ...more });
const other = (at: number, system = 'erp', step = 'note'): Line => ({ system, step, at, took: 1, fingerprint: at + 100 });

describe('attempts that nothing declares', () => {
  it('are repeats after a failure, whatever they carry', () => {
    expect(triesOf([push(0, { status: 'failed' }), push(5, { fingerprint: 4 })])).toEqual(['push ×2']);
    expect(triesOf([push(0, { status: 'timed-out' }), other(2, 'crm'), push(5)])).toEqual(['push ×2', 'note ×1']);
  });

  it('are repeats of one content after an answer that was not believed, with nothing in between', () => {
    expect(triesOf([push(0), push(5), push(10)])).toEqual(['push ×3']);
    // Near misses: another content, something in between, and no content that could be compared.
    expect(triesOf([push(0), push(5, { fingerprint: 4 })])).toEqual(['push ×1', 'push ×1']);
    expect(triesOf([push(0), other(2), push(5)])).toEqual(['push ×1', 'note ×1', 'push ×1']);
    expect(triesOf([push(0, { fingerprint: 0 }), push(5, { fingerprint: 0 })])).toEqual(['push ×1', 'push ×1']);
  });

  it('go on in a series whose pauses look like back-off, though another branch goes on meanwhile', () => {
    expect(triesOf([push(0), push(10), other(20, 'crm'), push(30)])).toEqual(['push ×3', 'note ×1']);
    expect(triesOf([push(0), push(10), other(15, 'crm'), push(20)])).toEqual(['push ×3', 'note ×1']);
    // Near misses: a pause that is none of the series, and a step of the same system.
    expect(triesOf([push(0), push(10), other(20, 'crm'), push(200)])).toEqual(['push ×2', 'note ×1', 'push ×1']);
    expect(triesOf([push(0), push(10), other(20), push(30)])).toEqual(['push ×2', 'note ×1', 'push ×1']);
  });
});

describe('attempts that are declared', () => {
  it('have numbers that go on; one that begins anew is another step', () => {
    expect(triesOf([push(0, { attempt: 1, fingerprint: 1 }), other(3), push(9, { attempt: 2, fingerprint: 2 })])).toEqual([
      'push ×2',
      'note ×1',
    ]);
    expect(triesOf([push(0, { attempt: 1 }), push(3, { attempt: 2 }), push(9, { attempt: 1 })])).toEqual(['push ×2', 'push ×1']);
  });

  it('name the execution that they repeat, which had failed in that step', () => {
    const first = push(0, { execution: 1, status: 'failed' });
    expect(triesOf([first, other(100, 'crm'), push(4000, { execution: 2, parentExecution: 1, fingerprint: 3 })])).toEqual([
      'push ×2',
      'note ×1',
    ]);
    // A run that was called does the same step as well, of its own.
    expect(triesOf([push(0, { execution: 1 }), push(40, { execution: 2, parentExecution: 1 })])).toEqual(['push ×1', 'push ×1']);
  });
});

describe('what is no attempt', () => {
  it('is a loop that belongs to the process: each round has something in between, or another content', () => {
    const round = (at: number): Line[] => [other(at, 'erp', 'request'), other(at + 10, 'office', 'approve')];
    expect(triesOf([0, 100, 200].flatMap(round))).toEqual([
      'request ×1',
      'approve ×1',
      'request ×1',
      'approve ×1',
      'request ×1',
      'approve ×1',
    ]);
    const poll = (at: number): Line => ({ system: 'erp', step: 'poll', at, status: 'unknown', fingerprint: 9 });
    expect(triesOf([poll(0), poll(60), poll(120)])).toEqual(['poll ×1', 'poll ×1', 'poll ×1']);
  });

  it('is another message of the caller after success, though it says the same', () => {
    expect(triesOf([push(0, { execution: 1 }), push(60, { execution: 2 })])).toEqual(['push ×1', 'push ×1']);
    // Near miss: the first one had failed.
    expect(triesOf([push(0, { execution: 1, status: 'failed' }), push(60, { execution: 2 })])).toEqual(['push ×2']);
  });

  it('is a run of a scheduler that begins while the one before goes on, and ends well', () => {
    const run = (execution: number, from: number, to: number, status: Line['status'] = 'succeeded'): Line[] => [
      { system: 'etl', step: 'load', at: from, status: 'started', execution },
      { system: 'etl', step: 'load', at: to, status, execution },
    ];
    const byTime = (lines: Line[]): Line[] => lines.toSorted((a, b) => a.at! - b.at!);
    expect(triesOf(byTime([...run(1, 0, 900), ...run(2, 600, 1500)]))).toEqual(['load ×1', 'load ×1']);
    // Near misses: it was killed and begun again, or was lost.
    expect(triesOf(byTime([...run(1, 0, 900, 'failed'), ...run(2, 901, 1500)]))).toEqual(['load ×2']);
    expect(triesOf(byTime([run(1, 0, 900)[0]!, ...run(2, 901, 1500)]))).toEqual(['load ×2']);
  });

  it('is the same done for another part of the record', () => {
    expect(triesOf([push(0, { children: ['shipment S-1'] }), push(5, { children: ['shipment S-2'] })])).toEqual(['push ×1', 'push ×1']);
  });

  it('is what was done again much later: a duplicate has an effect twice, and is judged by how often journeys do it', () => {
    expect(triesOf([push(0, { execution: 1 }), other(50, 'crm'), push(4000, { execution: 2 })])).toEqual(['push ×1', 'note ×1', 'push ×1']);
  });
});
