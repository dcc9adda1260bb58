import { dateText } from '../local-time.ts';
import type { DocumentKind, WholesaleEvent } from './event.ts';
import { controlOf, isRejected } from './interchange.ts';
import type { Interchange } from './interchange.ts';
import { netCents } from './order.ts';
import type { OrderLine } from './order.ts';
import { OWN_NAMES } from './partners.ts';
import { clockText } from './time-text.ts';

/** Functional identifier (GS01) and transaction set of each kind of document. */
const SETS: { readonly [K in DocumentKind]: readonly [functional: string, set: string] } = {
  order: ['PO', '850'],
  response: ['PR', '855'],
  notice: ['SH', '856'],
  invoice: ['IN', '810'],
  acknowledgement: ['FA', '997'],
};

/** The interchange as its sender's translator writes it at `at` (its own clock): X12 004010, one group. All times are UTC. */
export function x12Text(interchange: Interchange, at: number): string {
  const { partner, inbound, control, kind } = interchange;
  const [e, component, terminator] = partner.separators;
  const own = OWN_NAMES.x12;
  const [from, to] = inbound ? [partner, own] : [own, partner];
  const day = dayText(at);
  const clock = clockText(at);
  const number = String(control).padStart(9, '0');
  const [functional, set] = SETS[kind];
  const segments: string[][] = [
    [
      'ISA',
      '00',
      ' '.repeat(10),
      '00',
      ' '.repeat(10),
      from.qualifier,
      from.id.padEnd(15),
      to.qualifier,
      to.id.padEnd(15),
      day.slice(2),
      clock.slice(0, 4),
      'U',
      '00401',
      number,
      '0',
      'P',
      component,
    ],
    ['GS', functional, from.id, to.id, day, partner.seconds ? clock : clock.slice(0, 4), String(control), 'X', '004010'],
  ];
  const bodies = bodiesOf(interchange, at);
  bodies.forEach((body, i) => {
    const reference = String(i + 1).padStart(4, '0');
    segments.push(['ST', set, reference], ...body, ['SE', String(body.length + 2), reference]);
  });
  segments.push(['GE', String(bodies.length), String(control)], ['IEA', '1', number]);
  return segments.map((segment) => `${segment.join(e)}${terminator}\n`).join('');
}

function bodiesOf(interchange: Interchange, at: number): readonly string[][][] {
  const { kind, documents } = interchange;
  const day = dayText(at);
  switch (kind) {
    case 'order':
      return documents.map(([event]) => purchaseOrder(event!, day));
    case 'response':
      return documents.map(([event]) => response(event!, day));
    case 'notice':
      return documents.map((events) => shipNotice(events, at));
    case 'invoice':
      return documents.map((events) => invoice(events, day));
    case 'acknowledgement':
      return [acknowledgement(interchange)];
  }
}

const dayText = (at: number): string => dateText(at).replaceAll('-', '');
const price = (line: OrderLine): string => (line.priceCents / 100).toFixed(2);

function purchaseOrder({ order, lines }: WholesaleEvent, day: string): string[][] {
  return [
    ['BEG', '00', 'SA', order.number, '', day],
    ['CUR', 'BY', 'EUR'],
    ['N1', 'ST', `${order.partner.name} ${order.store}`, '92', order.store],
    ...lines.map((line, i) => ['PO1', String(i + 1), String(line.quantity), 'EA', price(line), '', 'UP', line.item]),
    ['CTT', String(lines.length)],
    ['AMT', 'TT', (netCents(lines) / 100).toFixed(2)],
  ];
}

function response({ order, ok, lines, salesOrder, of }: WholesaleEvent, day: string): string[][] {
  return [
    ['BAK', '00', ok ? 'AD' : 'RD', order.number, dayText(of!.at), '', '', '', String(salesOrder), day],
    ...lines.flatMap((line, i) => [
      ['PO1', String(i + 1), String(line.quantity), 'EA', price(line), '', 'UP', line.item],
      ['ACK', ok ? 'IA' : 'IR', String(line.quantity), 'EA'],
    ]),
    ['CTT', String(lines.length)],
  ];
}

function shipNotice(events: readonly WholesaleEvent[], at: number): string[][] {
  const cartons = events.flatMap((event) => event.cartons);
  const segments: string[][] = [
    ['BSN', '00', String(events[0]!.delivery), dayText(at), clockText(at)],
    ['HL', '1', '', 'S'],
    ['TD1', 'CTN', String(cartons.length)],
    ['DTM', '011', dayText(at)],
  ];
  let level = 1;
  for (const { order, lines } of events) {
    const orderLevel = ++level;
    segments.push(['HL', String(orderLevel), '1', 'O'], ['PRF', order.number]);
    for (const line of lines) {
      segments.push(
        ['HL', String(++level), String(orderLevel), 'I'],
        ['LIN', '', 'UP', line.item],
        ['SN1', '', String(line.quantity), 'EA'],
      );
    }
  }
  for (const carton of cartons) segments.push(['HL', String(++level), '1', 'P'], ['MAN', 'GM', carton]);
  return [...segments, ['CTT', String(level)]];
}

/** An invoice for one order names it in its head, one for several at the lines. */
function invoice(events: readonly WholesaleEvent[], day: string): string[][] {
  const orders = new Set(events.map((event) => event.order.number));
  const single = orders.size === 1 ? [...orders][0]! : '';
  const segments: string[][] = [
    ['BIG', day, String(events[0]!.invoice), '', single],
    ['CUR', 'SE', 'EUR'],
    ...[...new Set(events.map((event) => event.delivery))].map((delivery) => ['REF', 'DQ', String(delivery)]),
  ];
  let count = 0;
  for (const { order, lines } of events) {
    for (const line of lines) {
      segments.push(['IT1', String(++count), String(line.quantity), 'EA', price(line), '', 'UP', line.item]);
      if (single === '') segments.push(['REF', 'PO', order.number]);
    }
  }
  const total = events.reduce((sum, event) => sum + netCents(event.lines), 0);
  return [...segments, ['TDS', String(total)], ['CTT', String(count)]];
}

function acknowledgement({ of, partner, documents }: Interchange): string[][] {
  const [functional, set] = SETS[of!.kind];
  const segments: string[][] = [['AK1', functional, String(controlOf(partner, of!))]];
  let accepted = 0;
  documents.forEach((document, i) => {
    segments.push(['AK2', set, String(i + 1).padStart(4, '0')]);
    if (isRejected(document)) {
      segments.push(['AK3', of!.kind === 'order' ? 'PO1' : 'SN1', '7', '', '8'], ['AK4', '2', '', '1'], ['AK5', 'R', '5']);
    } else {
      segments.push(['AK5', 'A']);
      accepted++;
    }
  });
  const count = documents.length;
  return [...segments, ['AK9', accepted === count ? 'A' : accepted === 0 ? 'R' : 'P', String(count), String(count), String(accepted)]];
}
