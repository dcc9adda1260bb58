import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf } from '../../../../test/golden/profiles/run-profile.ts';
import type { JsonObject } from '../../entry.ts';
import { readText } from '../../formats/test-harness.ts';
import { readEdifactDocument } from './edifact-read.ts';
import { EDI_PROFILES } from './index.ts';
import { ediNumber, Packages, Quantities } from './lines.ts';
import { isoDay, keyOf, plainNumber } from './message.ts';
import { readX12Document } from './x12-read.ts';
import { Draft } from '../../draft.ts';

/** The events of a file, as the profile of its format reads it. */
async function eventsOf(
  content: string,
  zone = '',
): Promise<{ readonly events: readonly JsonObject[]; readonly refused: readonly string[] }> {
  const { format, entries, options } = await readText('a.edi', content);
  const source = sourceOf('a.edi', format.id, { options, zone });
  const profile = EDI_PROFILES.find((one) => one.recognise(entries, source) !== undefined);
  if (profile === undefined) throw new Error('no profile fits');
  return runProfile(profile, entries, source);
}

function x12(functional: string, ...sets: readonly string[]): string {
  const blanks = ' '.repeat(10);
  const header = `ISA*00*${blanks}*00*${blanks}*ZZ*${'A'.padEnd(15)}*ZZ*${'B'.padEnd(15)}*310304*0915*U*00401*000000077*0*P*>~`;
  return `${header}GS*${functional}*A*B*20310304*0915*77*X*004010~${sets.join('')}GE*${sets.length}*77~IEA*1*000000077~`;
}

describe('values of EDI', () => {
  it.each([
    ['12.50', 12.5],
    ['12,50', 12.5],
    ['-0012', -12],
    ['12-', -12],
    ['.5', 0.5],
    ['0', 0],
    ['1.234.567', Number.NaN],
    ['', Number.NaN],
    ['.', Number.NaN],
    ['1e3', Number.NaN],
  ])('reads the number %j', (text, number) => {
    expect(ediNumber(text)).toBe(number);
  });

  it('reads days with and without a century, and no others', () => {
    expect([isoDay('20310304'), isoDay('310304'), isoDay('960807')]).toEqual(['2031-03-04', '2031-03-04', '1996-08-07']);
    expect([isoDay('20311304'), isoDay('310332'), isoDay('2031'), isoDay('')]).toEqual(['', '', '', '']);
  });

  it('names messages only where every number is there', () => {
    expect(keyOf('A', 'B', 'PO', '77')).toBe('A/B/PO/77');
    expect(keyOf('A', '', '77')).toBe('A/77');
    expect(keyOf('A', 'B', 'PO', '')).toBe('');
    expect([plainNumber('000077'), plainNumber('0'), plainNumber('0A')]).toEqual(['77', '0', '0A']);
  });

  it.each(['x12', 'edifact', 'tradacoms', 'hl7'])('knows %s by its format where no message is complete in what was looked at', (format) => {
    const source = sourceOf('a.edi', format, {});
    const [profile, ...others] = EDI_PROFILES.filter((one) => one.recognise([], source) !== undefined);
    expect([others.length, profile?.describe([], source).reason]).toEqual([0, expect.stringContaining('none of them ends')]);
  });

  it('does not count the lines of a message that was not read whole', () => {
    const line = (tag: string, elements: JsonObject): JsonObject => ({ segment: tag, ...elements });
    const x12Lines = [line('BEG', { BEG03: 'PO-1' }), line('PO1', { PO101: '1', PO102: '12', PO103: 'EA' })];
    const edifactLines = [
      line('BGM', { BGM01: '220', BGM02: 'PO-1' }),
      line('LIN', { LIN01: '1' }),
      line('QTY', { QTY01: ['21', '12', 'PCE'] }),
      line('UNS', { UNS01: 'S' }),
      line('MOA', { MOA01: ['86', '127.90'] }),
    ];
    const told = (partial: boolean): readonly (readonly [ids: string, names: string])[] =>
      ([['850', x12Lines, readX12Document] as const, ['ORDERS', edifactLines, readEdifactDocument] as const] as const).map(
        ([type, segments, read]) => {
          const draft = new Draft();
          read({ type, control: '1', segments, interchange: undefined, group: undefined, problems: [], partial }, draft);
          return [draft.idValues.join(' '), draft.attrNames.join(' ')];
        },
      );
    expect(told(false)).toEqual([
      ['PO-1', 'items quantity'],
      ['PO-1', 'amount items quantity'],
    ]);
    expect(told(true)).toEqual([
      ['PO-1', ''],
      ['PO-1', 'amount'],
    ]);
  });

  it('adds up what has one unit, and lists packages only while they are few', () => {
    const draft = new Draft();
    const same = new Quantities();
    same.add('0.1', 'EA', 'q');
    same.add('0,2', 'EA', 'q');
    same.tell(draft);
    const mixed = new Quantities();
    mixed.add('1', 'EA', 'q');
    mixed.add('1', 'KG', 'q');
    mixed.tell(draft);
    expect([draft.attrNames, draft.attrNumbers]).toEqual([['quantity'], [0.3]]);
    const packages = new Packages();
    for (let i = 0; i < 21; i++) packages.add(`P-${i}`, 'p');
    packages.tell(draft);
    expect(draft.idValues).toEqual([]);
  });
});

describe('acknowledgements', () => {
  it('names the original as the original names itself', async () => {
    const { events: sent } = await eventsOf(x12('PO', 'ST*850*0001~BEG*00*SA*PO-1**20310304~SE*3*0001~'));
    const answer = x12('FA', 'ST*997*0009~AK1*PO*000077~AK2*850*1~AK5*A~AK9*A*1*1*1~SE*6*0009~').replace(
      `ZZ*${'A'.padEnd(15)}*ZZ*${'B'.padEnd(15)}`,
      `ZZ*${'B'.padEnd(15)}*ZZ*${'A'.padEnd(15)}`,
    );
    const { events: answered } = await eventsOf(answer);
    expect(answered).toHaveLength(1);
    expect(answered[0]!['execution']).toBe(sent[0]!['execution']);
    expect(answered[0]!['identifiers']).toContain('edi-document A/B/PO/77/1 (AK202)');
    expect(sent[0]!['identifiers']).toContain('edi-document A/B/PO/77/1 (ST02)');
    expect([answered[0]!['system'], sent[0]!['system']]).toEqual(['B', 'A']);
  });

  it('tells of the group where its sets are not told one by one, or not all of them', async () => {
    const { events: whole } = await eventsOf(x12('FA', 'ST*997*1~AK1*PO*77~AK9*A*3*3*3~SE*4*1~'));
    expect(whole.map((event) => [event['step'], event['status'], event['execution']])).toEqual([
      ['acknowledge group', 'succeeded', 'B/A/PO/77'],
    ]);
    const { events: some } = await eventsOf(x12('FA', 'ST*997*1~AK1*PO*77~AK2*850*2~AK5*R*5~AK9*P*3*3*2~SE*6*1~'));
    expect(some.map((event) => [event['step'], event['status']])).toEqual([
      ['acknowledge 850', 'failed'],
      ['acknowledge group', 'succeeded-with-warning'],
    ]);
  });

  it('keeps an unknown answer unknown, and refuses what says nothing', async () => {
    const { events, refused } = await eventsOf(
      x12('FA', 'ST*997*1~AK1*PO*77~AK2*850*1~AK5*Q~AK9*Q*1*1*1~SE*6*1~', 'ST*997*2~AK9*A*1*1*1~SE*3*2~'),
    );
    expect(events.map((event) => [event['status'], event['statusRaw']])).toEqual([['unknown', 'Q']]);
    expect(refused).toEqual(['the 997 does not say which group it acknowledges: AK1 is missing']);
  });

  it('an answer without a code is no success', async () => {
    const { events } = await eventsOf(x12('FA', 'ST*997*1~AK1*PO*77~AK2*850*1~AK9*A*1*1*1~SE*5*1~'));
    expect(events.map((event) => event['status'])).toEqual(['unknown']);
  });
});

describe('documents', () => {
  it('keep an order and its response apart where both have one number', async () => {
    const { events } = await eventsOf("UNB+UNOC:3+S+B+310304:0915+R1'UNH+1+ORDRSP:D:96A:UN'BGM+231+7+29'RFF+ON:7'UNT+4+1'UNZ+1+R1'");
    expect(events[0]!['identifiers']).toEqual([
      'order-response 7 (BGM02)',
      'order 7 (RFF01 ON)',
      'edi-document S/B/R1/1 (UNH01)',
      'interchange S/B/R1 (interchange.UNB05)',
    ]);
  });

  it('read times in the zone of the source', async () => {
    const set = 'ST*850*0001~BEG*00*SA*PO-1**20310304~SE*3*0001~';
    expect((await eventsOf(x12('PO', set), 'Europe/Berlin')).events[0]!['time']).toBe('2031-03-04T08:15:00Z');
    const hl7 = (stamp: string): string => `MSH|^~\\&|A||B||${stamp}||ADT^A01|1|P|2.5\rPID|1||4711\r`;
    expect((await eventsOf(hl7('20310304091502'), 'Europe/Berlin')).events[0]!['time']).toBe('2031-03-04T08:15:02Z');
    expect((await eventsOf(hl7('20310304091502-0500'), 'Europe/Berlin')).events[0]!['time']).toBe('2031-03-04T14:15:02Z');
    expect((await eventsOf(hl7('2031')))['events'][0]!['time']).toBeUndefined();
  });

  it('without a time or an envelope are told all the same', async () => {
    const { events } = await eventsOf("UNB+UNOC:3+++x+'UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1'DTM+137:203103040915:203'UNT+4+1'UNZ+1+'");
    expect(events[0]).toMatchObject({ time: '2031-03-04T09:15:00Z', precision: 'minute', system: 'a' });
    expect(events[0]!['execution']).toBeUndefined();
    expect(events[0]!['identifiers']).toEqual(['order PO-1 (BGM02)']);
  });
});
