import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf } from '../../../../test/golden/profiles/run-profile.ts';
import type { Entry } from '../../entry.ts';
import { boomiReporting, elapsedMicros } from './reporting.ts';
import { reportingTable } from './reporting-columns.ts';

const row = (...cells: readonly string[]): Entry => ({ kind: 'row', place: { offset: 0, length: 0, line: 1 }, cells });

describe('durations of Process Reporting', () => {
  it.each([
    ['7', 7_000_000],
    ['12.5 s', 12_500_000],
    ['350 ms', 350_000],
    ['00:07', 7_000_000],
    ['33:14', 1_994_000_000],
    ['1:26:26', 5_186_000_000],
    ['1:26:26.5', 5_186_500_000],
  ])('%s', (text, micros) => {
    expect(elapsedMicros(text)).toBe(micros);
  });

  it.each(['', '-', 'soon', '1:2:3:4', '7 h'])('%j is none', (text) => {
    expect(elapsedMicros(text)).toBeNaN();
  });
});

describe('times of Process Reporting', () => {
  const header = ['Time', 'Process', 'Atom', 'In', 'Out', 'Elapsed Time'];
  const timesOf = (...texts: readonly string[]): readonly unknown[] =>
    runProfile(
      boomiReporting,
      texts.map((text) => row(text, 'Orders', 'atom-a', '1', '1', '')),
      sourceOf('executions_acme_20310304101500.csv', 'csv', { header, zone: 'Europe/Berlin' }),
    ).events.map((event) => event['time']);

  it('are those of the given zone, with twelve hours or with all', () => {
    expect(
      timesOf('2031-03-04 09:15:02 AM', '2031-03-04 12:00:00 AM', '2031-03-04 12:00:00 PM', '11 May 2031 07:00:00', '2031-03-04 21:15:02'),
    ).toEqual(['2031-03-04T08:15:02Z', '2031-03-03T23:00:00Z', '2031-03-04T11:00:00Z', '2031-05-11T05:00:00Z', '2031-03-04T20:15:02Z']);
    expect(timesOf('2031-03-04 13:00:00 PM')).toEqual([]);
  });
});

describe('tables of Process Reporting', () => {
  it('are known by what only Boomi has, however it is spelled', () => {
    expect(reportingTable(['TIME', 'process_name', 'Atom Name', 'In', 'Out'], 'a.csv')?.holds).toBe('executions');
    expect(reportingTable(['Date Processed', 'Process', 'Atom', 'Action Type'], 'a.csv')?.holds).toBe('documents');
    expect(reportingTable(['Date Processed', 'Atom', 'ISA Control'], 'a.csv')?.holds).toBe('trading-partners');
    expect(reportingTable(['Time', 'Process', 'Status'], 'a.csv')).toBeUndefined();
    expect(reportingTable(['Time', 'Process', 'Atom'], 'a.csv')).toBeUndefined();
  });
});
