import { expect, it } from 'vitest';
import { makeProgress } from '../../../../test-support/fake-import.ts';
import { fileTotals, noticesOf } from './summary-totals.ts';

const { summary } = makeProgress('job', 20);
if (summary === null) throw new Error('the last message has the summary');

it('adds up what became of the files', () => {
  expect(fileTotals(summary)).toEqual({ rejected: 3, imported: 2, known: 1 });
});

it('lists notices with their files', () => {
  expect(noticesOf(summary).map((notice) => notice.name)).toEqual(['wms-events.ndjson', 'wms-events.ndjson']);
});
