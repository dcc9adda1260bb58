import { controlRecord, dataRecord, statusRecord } from '../../../../test/support/idoc.ts';
import type { SampleFile } from '../sample-file.ts';

const DOCNUM = '0000000000000077';

function idocOf(docnum: string): string[] {
  return [
    controlRecord({
      docnum,
      status: '53',
      direct: '2',
      idoctyp: 'ORDERS05',
      mestyp: 'ORDERS',
      sender: 'SHOP',
      receiver: 'ERP',
      date: '20310304',
      time: '091502',
    }),
    dataRecord('E2EDK01005', docnum, 1, 0, 2, [
      ['', 4],
      ['EUR', 3],
    ]),
    dataRecord('E2EDKT1002', docnum, 2, 0, 2, [['0001', 4]]),
    dataRecord('E2EDKT2001', docnum, 3, 2, 3, [['Größe 😀 ändern', 70]]),
    dataRecord('Z2SHOP001', docnum, 4, 0, 2, [['gift', 10]]),
  ];
}

const damaged = idocOf('0000000000000078').with(2, 'lost');

/** Flat IDocs, with line breaks and without. */
export const IDOC_SAMPLES: readonly SampleFile[] = [
  {
    name: 'orders.idoc',
    format: 'idoc',
    content: [
      ...idocOf(DOCNUM).map((record) => record.trimEnd()),
      statusRecord(DOCNUM, '20310304', '091503', '53', 'posted'),
      statusRecord('0000000000000099', '20310304', '091503', '51', 'of another one'),
      'outside',
      ...damaged,
      ...idocOf('0000000000000079'),
    ]
      .map((record) => `${record}\r\n`)
      .join(''),
    entries: 3,
    rejections: 2,
    cutReadable: true,
  },
  {
    name: 'stream.txt',
    format: 'idoc',
    content: [...idocOf(DOCNUM), ...idocOf('0000000000000078')].join(''),
    entries: 2,
    rejections: 0,
    cutReadable: true,
  },
];
