import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import { meaningOf, stepOf } from './log-line.ts';
import type { LogLine } from './log-line.ts';
import { boomiProcessLog } from './process-log.ts';

const EXECUTION = 'execution-0a0a0a0a-1b1b-2c2c-3d3d-4e4e4e4e4e01-2031.03.04';
const SOURCE = sourceOf(`history/2031.03.04/${EXECUTION}/process_log.txt`, 'text');

function line(time: string, level: string, shape: string, info: string, message: string): Entry {
  return tree({ time: `2031-03-04T09:15:${time}Z`, level, logger: shape, message, fields: info === '' ? { shape } : { shape, info } });
}

const CALL = 'ERP API: http Connector; Create Order';

describe('boomi-process-log', () => {
  it('takes the execution from the folder and the flow from the first line', () => {
    const { events } = runProfile(
      boomiProcessLog,
      [line('02', 'INFO', 'initializing...', '', 'Executing Process Orders to ERP'), line('02', 'INFO', 'Map', '', 'hello')],
      SOURCE,
    );
    expect(events[1]).toMatchObject({
      execution: EXECUTION,
      executionType: 'execution',
      flow: 'Orders to ERP',
      step: 'Map',
      kind: 'note',
      system: 'boomi',
    });
  });

  it('knows no execution where the name tells none', () => {
    const { events } = runProfile(boomiProcessLog, [line('02', 'INFO', 'Map', '', 'hello')], sourceOf('process_log.txt', 'text'));
    expect(events[0]!['execution']).toBeUndefined();
    expect(events[0]!['executionType']).toBeUndefined();
  });

  it('makes one step of the several lines of one failure, and another of the next try', () => {
    const { events } = runProfile(
      boomiProcessLog,
      [
        line('03', 'INFO', 'Connector', CALL, 'Executing Connector Shape with 1 document(s).'),
        line('05', 'SEVERE', 'Connector', CALL, 'Code 409: Conflict'),
        line('05', 'SEVERE', 'Connector', CALL, 'Shape failed'),
        line('05', 'SEVERE', 'cleanup...', '', 'Process failed'),
        line('06', 'INFO', 'Connector', CALL, 'Executing Connector Shape with 1 document(s).'),
        line('06', 'SEVERE', 'Connector', CALL, 'Code 409: Conflict'),
      ],
      SOURCE,
    );
    expect(events.map((event) => event['kind'])).toEqual(['note', 'step', 'note', 'note', 'note', 'step']);
    expect(events[1]).toMatchObject({
      step: 'Connector Create Order',
      status: 'failed',
      error: 'Code 409: Conflict',
      time: '2031-03-04T09:15:03Z',
      end: '2031-03-04T09:15:05Z',
    });
  });

  it('lays a shape between its lines', () => {
    const { events } = runProfile(
      boomiProcessLog,
      [
        line('02', 'INFO', 'Map', '', 'Executing Map Shape with 1 document(s).'),
        line('02', 'INFO', 'Map', '', 'Shape executed successfully in 120ms.'),
        line('09', 'INFO', 'Branch', '', 'Shape executed successfully in 4827 ms.'),
      ],
      SOURCE,
    );
    expect(events[1]).toMatchObject({ kind: 'step', time: '2031-03-04T09:15:02Z', end: '2031-03-04T09:15:02.120Z' });
    expect(events[2]).toMatchObject({ kind: 'step', time: '2031-03-04T09:15:05Z', end: '2031-03-04T09:15:09.827Z' });
  });

  it('reads the XML form, with the label for the step', () => {
    const event: JsonObject = {
      '@level': 'INFO',
      '@time': '2031-03-04T09:15:02Z',
      '@shapename': 'shape3',
      '@shapetype': 'Connector',
      '@shapelabel': 'Create order',
      '@shapeextendedinfo': CALL,
      Message: 'Shape executed successfully in 412 ms.',
    };
    expect(boomiProcessLog.recognise([tree(event)], sourceOf('process_log.xml', 'xml'))?.confidence).toBe(0.99);
    expect(runProfile(boomiProcessLog, [tree(event)], SOURCE).events[0]).toMatchObject({
      kind: 'step',
      step: 'Create order',
      status: 'succeeded',
      end: '2031-03-04T09:15:02.412Z',
    });
  });

  it('reads five cells of a row', () => {
    const row: Entry = {
      kind: 'row',
      place: { offset: 0, length: 0, line: 1 },
      cells: ['2031-03-04T09:15:02Z', 'INFO', 'Map', '', 'hello'],
    };
    expect(boomiProcessLog.recognise([row], sourceOf('a.txt', 'csv'))).toBeDefined();
  });

  it('refuses a line without a time and does not claim other logs', () => {
    expect(
      runProfile(boomiProcessLog, [tree({ time: 'soon', level: 'INFO', logger: 'Map', message: 'x', fields: { shape: 'Map' } })], SOURCE)
        .refused,
    ).toHaveLength(1);
    expect(
      boomiProcessLog.recognise([tree({ time: '2031-03-04T09:15:02Z', level: 'INFO', logger: 'a.b', message: 'x' })], SOURCE),
    ).toBeUndefined();
    expect(
      boomiProcessLog.recognise(
        [tree({ time: '2031-03-04T09:15:02Z', level: 'INFO', logger: 'a.b', message: 'x', fields: { shape: 'circle' } })],
        SOURCE,
      ),
    ).toBeUndefined();
  });
});

describe('log lines', () => {
  const of = (shape: string, info: string, message: string): LogLine => ({
    time: '',
    level: 'INFO',
    shape,
    shapeId: '',
    label: '',
    info,
    message,
  });

  it('understands what Boomi writes', () => {
    expect(meaningOf(of('initializing...', '', 'Executing Process Orders to ERP...'))).toEqual({
      is: 'run-start',
      process: 'Orders to ERP',
    });
    expect(meaningOf(of('Process Call', '', "Executing process 'Map order'"))).toEqual({ is: 'call', process: 'Map order' });
    expect(meaningOf(of('Process Call', '', 'Executing process [Map order]'))).toEqual({ is: 'call', process: 'Map order' });
    expect(meaningOf(of('Map', '', 'Executing Map Shape with 12 document(s).'))).toEqual({ is: 'shape-start' });
    expect(meaningOf(of('Map', '', 'Shape executed successfully in 12ms.'))).toEqual({ is: 'shape-done', milliseconds: 12 });
    expect(meaningOf(of('cleanup...', '', 'Process execution completed normally.'))).toEqual({ is: 'run-end' });
    expect(meaningOf(of('Start', '', '3 document(s) found for processing.'))).toEqual({ is: 'text' });
  });

  it('names steps', () => {
    expect(stepOf(of('Connector', CALL, ''))).toBe('Connector Create Order');
    expect(stepOf(of('Data Process', '[1] Scripting: groovy2', ''))).toBe('Data Process');
    expect(stepOf(of('cleanup...', '', ''))).toBe('run');
  });
});
