import { describe, expect, it } from 'vitest';
import { toYaml } from '../profiles/user/export.ts';
import { readWith } from '../profiles/user/testing.ts';

const IN_BERLIN = { zone: 'Europe/Berlin' };

function csv(header: string, ...rows: readonly string[]): string {
  return [header, ...rows].join('\n');
}

async function rolesOf(name: string, text: string): Promise<readonly string[]> {
  const { mapping } = await readWith(undefined, name, text, IN_BERLIN);
  return mapping.fields.flatMap(({ path, role, format }) => (role === 'time' || role === 'end-time' ? [`${role} ${path} ${format}`] : []));
}

const SAP = csv(
  'VBELN;ERDAT;ERZET;NETWR;STATUS',
  '0000001042;20310304;091502;100,50;offen',
  '0000001043;20310304;101502;200,50;erledigt',
  '0000001044;20310304;235959;300,50;offen',
  '0000001045;00000000;000000;300,50;offen',
  '0000001046;20310305;;300,50;offen',
);

describe('a day in one field and its time of day in another', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['SAP', 'sap.csv', SAP, ['time {ERDAT} {ERZET} compact+HHmmss', 'time ERDAT compact']],
    [
      'German, with a column between',
      'a.csv',
      csv('Auftrag;Erstellt am Datum;Wer;Erstellt am Uhrzeit;Schritt', 'SO-1;14.03.2031;x;9:15:02;pick', 'SO-2;04.03.2031;y;10:15;pack'),
      ['time {Erstellt am Datum} {Erstellt am Uhrzeit} day-first+clock', 'time Erstellt am Datum day-first'],
    ],
    [
      'Created On and Created At',
      'b.csv',
      csv('Order,Created On,Created At,Step', 'SO-1,2031-03-04,09:15:02,pick', 'SO-1,2031-03-04,09:16:02,pack'),
      ['time {Created On} {Created At} iso+clock', 'time Created On iso'],
    ],
    [
      'two of them, American',
      'c.csv',
      csv(
        'order_id,start_date,start_time,end_date,end_time,task',
        'SO-1,3/4/2031,9:15 AM,3/4/2031,9:16 AM,pick',
        'SO-1,3/14/2031,9:15 PM,3/14/2031,9:16 PM,pack',
      ),
      [
        'time {start_date} {start_time} month-first+clock',
        'time start_date month-first',
        'end-time {end_date} {end_time} month-first+clock',
      ],
    ],
    [
      'numbers that lost their zeros',
      'd.ndjson',
      '{"date":20310304,"time":91502,"order":"SO-1","step":"pick"}\n{"date":20310304,"time":101502,"order":"SO-1","step":"pack"}',
      ['time {date} {time} compact+HHmmss', 'time date compact'],
    ],
    [
      'days as spreadsheets count them',
      'e.csv',
      csv('Order,Date,Time,Step', 'SO-1,47911,0.385439814814815,pick', 'SO-2,47912,0.5,pack'),
      ['time {Date} {Time} excel+clock', 'time Date excel'],
    ],
    [
      'OData',
      'f.ndjson',
      '{"SalesOrder":"1042","CreationDate":"/Date(1930348800000)/","CreationTime":"PT09H15M02S","Step":"x"}',
      ['time {CreationDate} {CreationTime} odata+clock', 'time CreationDate odata'],
    ],
    [
      'midnight and a clock, within an object',
      'g.ndjson',
      '{"order":"SO-1","log":{"date":"2031-03-04 00:00:00","time":"09:15:02"},"step":"pick"}',
      ['time {log.date} {log.time} iso+clock', 'time log.date iso'],
    ],
    [
      'not where a whole time is better',
      'h.csv',
      csv(
        'order_id,invoice_date,invoice_time,updated_at',
        'SO-1,2031-03-04,09:15,2031-03-05T10:00:00Z',
        'SO-2,2031-03-05,10:15,2031-03-06T10:00:00Z',
      ),
      ['time updated_at iso'],
    ],
    [
      'not with a duration, nor of another day',
      'i.csv',
      csv(
        'order_id,invoice_date,processing_time,due_date,time',
        'SO-1,2031-03-04,00:01:05,2031-04-04,09:15',
        'SO-2,2031-03-05,00:01:07,2031-04-05,10:15',
      ),
      ['time invoice_date iso'],
    ],
    [
      'not with prices',
      'j.csv',
      csv('order_id,date,price_at,step', 'SO-1,2031-03-04,12.30,pick', 'SO-2,2031-03-05,10.15,pack'),
      ['time date iso'],
    ],
  ])('%s', async (_what, name, text, expected) => {
    expect(await rolesOf(name, text)).toEqual(expected);
  });

  it('is read in the zone of the source, and the day alone where there is no time of day', async () => {
    const { events, mapping, refused } = await readWith(undefined, 'sap.csv', SAP, IN_BERLIN);
    expect(refused).toEqual([]);
    expect(events.map(({ time, precision }) => `${time} ${precision}`)).toEqual([
      '2031-03-04T08:15:02Z second',
      '2031-03-04T09:15:02Z second',
      '2031-03-04T22:59:59Z second',
      'undefined second',
      '2031-03-04T23:00:00Z day',
    ]);
    expect(events[3]?.attributes['time.implausible']).toBe('00000000 000000');
    const time = mapping.fields.find(({ role }) => role === 'time');
    expect(time?.reason).toContain('"ERDAT" has the day');
    expect(time?.reason).toContain('"ERZET" the time of day');
    expect(mapping.zoneReason).toContain('carry no zone');
  });

  it('goes into a profile and comes back, and gives way to what the profile says', async () => {
    const { mapping, events } = await readWith(undefined, 'sap.csv', SAP, IN_BERLIN);
    const yaml = toYaml(mapping);
    expect(yaml).toContain('template: "{ERDAT} {ERZET}"');
    const back = await readWith(yaml, 'sap.csv', SAP);
    expect(back.events).toEqual(events);
    expect(back.mapping.fields.map(({ path, role }) => `${role} ${path}`)).toEqual(
      mapping.fields.map(({ path, role }) => `${role} ${path}`),
    );
    const other = await readWith(
      'profile: day-only\nfields:\n  - { path: ERDAT, role: time, format: compact }\n',
      'sap.csv',
      SAP,
      IN_BERLIN,
    );
    expect(other.events[0]?.time).toBe('2031-03-03T23:00:00Z');
  });
});
