/** Builders of flat IDocs: SAP structures EDI_DC40, EDI_DD40 and EDI_DS40. Widths are in characters. */
const pad = (text: string, width: number): string => text.slice(0, width).padEnd(width);

interface Control {
  readonly docnum: string;
  readonly status: string;
  readonly direct: '1' | '2';
  readonly idoctyp: string;
  readonly mestyp: string;
  readonly sender: string;
  readonly receiver: string;
  /** `20310304` and `090200`. */
  readonly date: string;
  readonly time: string;
  readonly arckey?: string;
}

export function controlRecord(of: Control): string {
  return [
    ['EDI_DC40', 10],
    ['100', 3],
    [of.docnum, 16],
    ['754', 4],
    [of.status, 2],
    [of.direct, 1],
    ['', 3],
    [of.idoctyp, 30],
    ['', 30],
    [of.mestyp, 30],
    ['', 19],
    ['SAPPORT', 10],
    ['LS', 2],
    ['', 2],
    [of.sender, 10],
    ['', 91],
    ['EDIPORT', 10],
    ['LS', 2],
    ['', 2],
    [of.receiver, 10],
    ['', 91],
    [of.date, 8],
    [of.time, 6],
    ['', 42],
    [of.arckey ?? '', 70],
    ['', 20],
  ]
    .map(([text, width]) => pad(String(text), Number(width)))
    .join('');
}

/** `data`: values with their widths, in the order of the segment's fields. */
export function dataRecord(
  segment: string,
  docnum: string,
  number: number,
  parent: number,
  level: number,
  data: readonly (readonly [string, number])[],
): string {
  const header = [pad(segment, 30), '100', pad(docnum, 16), ...[number, parent].map((one) => String(one).padStart(6, '0'))].join('');
  return `${header}${String(level).padStart(2, '0')}${pad(data.map(([text, width]) => pad(text, width)).join(''), 1000)}`;
}

export function statusRecord(docnum: string, date: string, time: string, status: string, text: string): string {
  const fields: readonly (readonly [string, number])[] = [
    ['EDI_DS40', 10],
    ['100', 3],
    [docnum, 16],
    [date, 8],
    [time, 6],
    [status, 2],
    ['SAP', 3],
    ['VG', 20],
    ['204', 3],
    ['E', 1],
    ['', 200],
    [text, 70],
    ['', 220],
  ];
  return fields.map(([value, width]) => pad(value, width)).join('');
}
