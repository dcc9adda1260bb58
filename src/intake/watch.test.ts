import { describe, expect, it } from 'vitest';
import { BatchBuilder } from './batch.ts';
import { Draft } from './draft.ts';
import { noticeTexts } from './notices.ts';
import { readWith } from './profiles/user/testing.ts';

const lines = (...values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const START = 'profile: p\nzone: Europe/Berlin\nothers: ignore\nstep: s\nfields:\n';

describe('times that cannot be', () => {
  it('are taken from their events, which keep what was written', async () => {
    const { events, refused, notices } = await readWith(
      `${START}  - { path: at, role: time }\n  - { path: to, role: end-time, format: iso }\n  - { path: id, role: identifier, type: order }\n`,
      'x.ndjson',
      lines(
        { at: '2031-03-04 10:15:02', id: 'A', to: '9999-12-31' },
        { at: '1970-01-01 01:00:00', id: 'B' },
        { at: '9999-12-31 23:59:59', id: 'C' },
        { at: '2041-03-04 10:15:02', id: 'D' },
        { at: '0000-00-00 00:00:00', id: 'E' },
        { at: '2031-03-04 10:15:03', id: 'F', to: '2190-01-01' },
        { at: 'soon', id: 'G' },
      ),
    );
    expect(events.map(({ time, end, ids, attributes }) => [ids[0], time, end, attributes['time.implausible']])).toEqual([
      ['order A', '2031-03-04T09:15:02Z', undefined, undefined],
      ['order B', undefined, undefined, '1970-01-01T00:00:00Z'],
      ['order C', undefined, undefined, '9999-12-31 23:59:59'],
      ['order D', undefined, undefined, '2041-03-04T09:15:02Z'],
      ['order E', undefined, undefined, '0000-00-00 00:00:00'],
      ['order F', '2031-03-04T09:15:03Z', undefined, undefined],
    ]);
    expect(refused).toEqual(['"at" is no time of the form iso: "soon"']);
    expect(notices.implausible).toBe(4);
  });

  it('at the change of clocks are counted', async () => {
    const { notices, events } = await readWith(
      `${START}  - { path: at, role: time, format: iso }\n`,
      'x.ndjson',
      lines(
        { at: '2031-10-26 02:30:00' },
        { at: '2031-10-26 02:59:59' },
        { at: '2031-03-30 02:30:00' },
        { at: '2031-10-26 02:30:00Z' },
        { at: '2031-10-26 03:00:00' },
      ),
    );
    expect(notices).toMatchObject({ twice: 2, never: 1, implausible: 0 });
    expect(events[0]?.time).toBe('2031-10-26T00:30:00Z');
    expect(noticeTexts(notices)).toEqual([
      '2 times exist twice at the change of clocks; the earlier instant was taken',
      '1 time does not exist at the change of clocks',
    ]);
  });
});

describe('status words', () => {
  it('that nobody listed are counted, however they are spelled', async () => {
    const { notices, events } = await readWith(
      `${START}  - { path: s, role: status }\n  - { path: level, role: level }\n`,
      'x.ndjson',
      lines({ s: 'Frob' }, { s: 'FROB' }, { s: 'done' }, { s: 'zurückgestellt' }, { level: 'WARN' }, {}),
    );
    expect(notices.unknownStatuses).toEqual([
      { word: 'Frob', count: 2 },
      { word: 'zurückgestellt', count: 1 },
    ]);
    expect(events.map((event) => event.status)).toEqual(['unknown', 'unknown', 'succeeded', 'unknown', 'unknown', 'unknown']);
    expect(noticeTexts(notices)).toEqual(['status words that are not known: Frob (2), zurückgestellt (1)']);
  });

  it('of two fields that disagree leave a note', async () => {
    const { notices, events } = await readWith(
      `${START}  - { path: status, role: status }\n  - { path: finished, role: status, format: finished-flag }\n`,
      'x.ndjson',
      lines({ status: 'running', finished: true }, { status: 'success', finished: true }),
    );
    expect(events.map((event) => [event.status, event.statusRaw, event.attributes['status.disagrees']])).toEqual([
      ['unknown', 'running', 'finished=true'],
      ['succeeded', 'success', undefined],
    ]);
    expect(notices.disagreements).toBe(1);
  });

  it('mean what the chosen vocabulary says', async () => {
    const { events } = await readWith(
      `${START.replace('step: s', 'step: s\nvocabulary: netsuite')}  - { path: s, role: status }\n`,
      'x.ndjson',
      lines({ s: 'B' }, { s: 'closed' }),
    );
    expect(events.map((event) => event.status)).toEqual(['running', 'cancelled']);
  });
});

describe('order', () => {
  it('is what the source declares, else that of the file', () => {
    const builder = new BatchBuilder(4);
    const draft = new Draft();
    const place = { offset: 0, length: 1, line: 1 };
    for (const [entry, sequence] of [
      [0, 7],
      [1, Number.NaN],
      [2, 2 ** 40],
      [3, -1],
    ] as const) {
      draft.reset();
      draft.sequence = sequence;
      builder.add(draft, place, entry);
    }
    expect([...builder.take().entry.subarray(0, 4)]).toEqual([7, 1, 2, 3]);
  });

  it('goes from the end where a source is written newest first', async () => {
    const yaml = `${START}  - { path: at, role: time }\n`;
    const at = (second: number): object => ({ at: `2031-03-04T09:15:${String(second).padStart(2, '0')}Z` });
    const falling = await readWith(yaml, 'x.ndjson', lines(at(9), at(8), at(8), at(5), at(4), at(4)));
    expect(falling.mapping.newestFirst).toBe(true);
    const order = falling.events.map((event) => event.sequence);
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    const rising = await readWith(yaml, 'x.ndjson', lines(at(4), at(4), at(5), at(8), at(9)));
    expect(rising.mapping.newestFirst).toBeUndefined();
    expect(rising.events.every((event) => Number.isNaN(event.sequence))).toBe(true);
    const mixed = await readWith(yaml, 'x.ndjson', lines(at(9), at(1), at(8), at(2), at(7), at(3)));
    expect(mixed.mapping.newestFirst).toBeUndefined();
  });
});
