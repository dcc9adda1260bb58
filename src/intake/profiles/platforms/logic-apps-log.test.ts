import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf } from '../../../../test/golden/profiles/run-profile.ts';
import type { Entry } from '../../entry.ts';
import { logicAppsLog } from './logic-apps-log.ts';

const HEADER = [
  'TimeGenerated [UTC]',
  'OperationName',
  'status_s',
  'startTime_t [UTC]',
  'endTime_t [UTC]',
  'resource_runId_s',
  'resource_actionName_s',
  'correlation_actionTrackingId_g',
];
const SOURCE = sourceOf('query_data.csv', 'csv', { header: HEADER });

const row = (operation: string, status: string, action: string, id: string, start: string, end = ''): Entry => ({
  kind: 'row',
  place: { offset: 0, length: 0, line: 1 },
  cells: [end || start, `Microsoft.Logic/workflows/${operation}`, status, start, end, 'run-1', action, id],
});
const at = (second: number): string => `3/4/2031, 9:15:${String(second).padStart(2, '0')}.000 AM`;

const ROWS: readonly Entry[] = [
  row('workflowRunStarted', 'Running', '', '', at(1)),
  row('workflowActionStarted', 'Running', 'Post', 'g-1', at(2)),
  row('workflowActionCompleted', 'Failed', 'Post', 'g-1', at(2), at(3)),
  row('workflowActionStarted', 'Running', 'Post', 'g-2', at(4)),
  row('workflowActionCompleted', 'Succeeded', 'Post', 'g-2', at(4), at(5)),
  row('workflowActionStarted', 'Running', 'Wait', 'g-3', at(6)),
];

describe('Logic Apps in Log Analytics', () => {
  it('tells each action once, whole where it completed, whatever the order of the rows', () => {
    const expected = runProfile(logicAppsLog, ROWS, SOURCE)
      .events.map((event) => JSON.stringify(event))
      .toSorted();
    expect(
      expected
        .map((text) => JSON.parse(text) as { step: string; status: string })
        .map(({ step, status }) => `${step} ${status}`)
        .toSorted(),
    ).toEqual(['Post failed', 'Post succeeded', 'Wait running', 'run running']);
    fc.assert(
      fc.property(fc.shuffledSubarray([...ROWS], { minLength: ROWS.length }), (rows) => {
        expect(
          runProfile(logicAppsLog, rows, SOURCE)
            .events.map((event) => JSON.stringify(event))
            .toSorted(),
        ).toEqual(expected);
      }),
    );
  });

  it('reads the day first where the rows show it', () => {
    const days = [
      row('workflowRunCompleted', 'Succeeded', '', '', '14/3/2031, 09:15:01', '14/3/2031, 09:15:02'),
      row('workflowRunCompleted', 'Succeeded', '', '', '4/3/2031, 09:15:01', '4/3/2031, 09:15:02'),
    ];
    expect(runProfile(logicAppsLog, days, SOURCE).events.map((event) => event['time'])).toEqual([
      '2031-03-14T09:15:01Z',
      '2031-03-04T09:15:01Z',
    ]);
  });

  it('takes local times from the zone of the source', () => {
    const local = sourceOf('query_data.csv', 'csv', {
      header: HEADER.map((name) => name.replace('[UTC]', '[Local Time]')),
      zone: 'Europe/Berlin',
    });
    expect(runProfile(logicAppsLog, ROWS.slice(2, 3), local).events[0]).toMatchObject({
      time: '2031-03-04T08:15:02Z',
      end: '2031-03-04T08:15:03Z',
    });
  });
});
