import { describe, expect, it } from 'vitest';
import { controlRecord, dataRecord, statusRecord } from '../../../../test/support/idoc.ts';
import type { JsonObject } from '../../entry.ts';
import { collect, readText, sniffText } from '../test-harness.ts';
import { idoc } from './idoc.ts';

const DOCNUM = '0000000000000077';
const control = (docnum = DOCNUM, mestyp = 'ORDERS'): string =>
  controlRecord({
    docnum,
    status: '53',
    direct: '2',
    idoctyp: mestyp === '' ? '' : 'ORDERS05',
    mestyp,
    sender: 'SHOP',
    receiver: 'ERP',
    date: '20310304',
    time: '091502',
  });
const item = (position: string, number: number, docnum = DOCNUM): string =>
  dataRecord('E2EDP01007', docnum, number, 0, 2, [
    [position, 6],
    ['', 5],
    ['2.000', 15],
    ['PCE', 3],
  ]);
const lines = (records: readonly string[]): string => records.map((record) => `${record.trimEnd()}\n`).join('');

async function read(content: string): Promise<{ values: JsonObject[]; reasons: string[] }> {
  const { entries, rejections } = await readText('a.txt', content);
  return {
    values: entries.map((entry) => (entry.kind === 'tree' ? (entry.value as JsonObject) : {})),
    reasons: rejections.map(({ code, reason }) => `${code}: ${reason}`),
  };
}

describe('flat IDocs', () => {
  it('are the trees that their XML would be', async () => {
    const reference = dataRecord('E2EDP02001', DOCNUM, 3, 2, 3, [
      ['001', 3],
      ['SO-77', 35],
    ]);
    const { values } = await read(lines([control(), item('000010', 1), item('000020', 2), reference]));
    expect(values).toEqual([
      {
        EDI_DC40: expect.objectContaining({
          DOCNUM,
          MESTYP: 'ORDERS',
          SNDPRN: 'SHOP',
          RCVPRN: 'ERP',
          CREDAT: '20310304',
          CRETIM: '091502',
        }),
        E1EDP01: [
          { POSEX: '000010', MENGE: '2.000', MENEE: 'PCE' },
          { POSEX: '000020', MENGE: '2.000', MENEE: 'PCE', E1EDP02: { QUALF: '001', BELNR: 'SO-77' } },
        ],
      },
    ]);
  });

  it('read the same with line breaks, without, and with full lines', async () => {
    const records = [
      control(),
      item('000010', 1),
      dataRecord('E2EDKT2', DOCNUM, 2, 0, 2, [['Größe 😀', 70]]),
      control('78'),
      item('1', 1, '78'),
    ];
    const broken = await read(lines(records));
    expect(broken.values).toHaveLength(2);
    expect((await read(records.join(''))).values).toEqual(broken.values);
    expect((await read(records.map((record) => `${record.padEnd(1063)}\r\n`).join(''))).values).toEqual(broken.values);
  });

  it('say which segments they know nothing of, and keep their data', async () => {
    const content = lines([control(), dataRecord('Z2GIFT001', DOCNUM, 1, 0, 2, [['  wrapped', 20]])]);
    expect(sniffText('a.txt', content)?.detection.reason).toContain('fields of Z1GIFT are not known');
    expect((await read(content)).values[0]!['Z1GIFT']).toEqual({ SDATA: 'wrapped' });
  });

  it('put a segment below the one it belongs to where no number says it', async () => {
    const bare = (record: string): string => `${record.slice(0, 49)}${' '.repeat(14)}${record.slice(63)}`;
    const { values } = await read(
      lines([
        control(DOCNUM, 'DESADV'),
        bare(dataRecord('E2EDL20', DOCNUM, 1, 0, 2, [['80004711', 10]])),
        bare(dataRecord('E2EDL24', DOCNUM, 2, 0, 2, [['000010', 6]])),
        bare(dataRecord('E2EDL41', DOCNUM, 3, 0, 2, [['001', 3]])),
      ]),
    );
    expect(values[0]!['E1EDL20']).toEqual({ VBELN: '80004711', E1EDL24: { POSNR: '000010', E1EDL41: { QUALI: '001' } } });
  });

  it.each([
    ['a shifted record', lines([control(), item('000010', 1).slice(5)]), 'malformed: a record of the IDoc is no segment: "01007'],
    ['a cut record', lines([control(), 'E2EDP01']), 'malformed: a record of the IDoc is no segment: "E2EDP01"'],
    [
      'a segment of another IDoc',
      lines([control(), item('000010', 1, '0000000000000099')]),
      'malformed: the segment E2EDP01007 is of IDoc 99, the control record of 77',
    ],
    ['no message', lines([control(DOCNUM, '')]), 'malformed: the control record names neither a message nor a basic type'],
    ['the end of the file', [control(), item('000010', 1)].join('').slice(0, -900), 'truncated: the file ends within a record of the IDoc'],
    [
      'records of release 3',
      lines(['EDI_DC    1000000000000000077', 'E2EDK01  more']),
      'unsupported: an IDoc in the record layout of release 3',
    ],
  ])('are rejected as a whole for %s', async (_what, content, reason) => {
    const good = lines([control('78'), item('1', 1, '78')]);
    const { values, reasons } = await read(content.includes('\n') ? `${content}${good}` : content);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]!.startsWith(reason)).toBe(true);
    expect(values).toHaveLength(content.includes('\n') ? 1 : 0);
  });

  it('go on after records outside of any', async () => {
    const { values, reasons } = await read(
      lines([statusRecord('5', '20310304', '091503', '51', 'x'), 'lost', 'and found', control(), item('1', 1)]),
    );
    expect(values.map((value) => Object.keys(value))).toEqual([['EDI_DS40'], ['EDI_DC40', 'E1EDP01']]);
    expect(reasons).toEqual(['malformed: a record outside of an IDoc']);
  });

  it('do not keep a line without end', async () => {
    const content = `${lines([control(), item('1', 1)])}${'x'.repeat(200_000)}\n${lines([control('78'), item('1', 1, '78')])}`;
    const { entries, rejections } = await collect(idoc, Buffer.from(content), { lines: true }, [4096]);
    expect([entries.length, rejections.map(({ code }) => code)]).toEqual([1, ['too-long']]);
  });
});
