import type { SampleFile } from '../sample-file.ts';

/** Tables with the habits of their writers. */
export const CSV_SAMPLES: readonly SampleFile[] = [
  {
    name: 'excel.csv',
    format: 'csv',
    content:
      'sep=;\r\nOrder;Zip;Amount;Note\r\n="0077";="01234";1.012,50;"=""0078"""\r\nSO-78;="0""9";7,00;=A1+"x"\r\nSO-79;;12,50;Größe\r\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'orders-of-march.csv',
    format: 'csv',
    content:
      '# made by hand\n# on 4 March\n\ufefforder,status,amount\n-----,------,------\nSO-1,new,5\n# in the middle\nSO-2,new,7\norder,status,amount\nSO-3,paid,9\nTotal,,21\n(3 rows affected)\n',
    entries: 3,
    rejections: 1,
    cutReadable: true,
  },
  {
    name: 'mysql.csv',
    format: 'csv',
    content: 'id,note,at\n1,"a \\"quoted\\" word, \\\\",2031-03-04\n2,"two\nlines \\" é",2031-03-05\n3,"open\n4,x,2031-03-06\n',
    entries: 3,
    rejections: 1,
    cutReadable: true,
  },
  {
    name: 'datadog.csv',
    format: 'csv',
    content:
      'Date,Host,Content\n"2031-03-04T09:15:02Z","""edi01""","""posted {""""id"""":1}"""\n"2031-03-04T09:15:03Z","""edi01""","""two\nlines"""\n2031-03-04T09:15:04Z,,plain\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'short.csv',
    format: 'csv',
    content:
      'order,status,at,note\nSO-1,new,1\nSO-2,new,2,x\nSO-3,new,3\nSO-4,new,4,y\nSO-5,new,5\nSO-6,new,6,z\nSO-7,new,7\nSO-8,new,8\nSO-9\nSO-10,new,9,é\n',
    entries: 9,
    rejections: 1,
    cutReadable: true,
  },
];
