import { dateText } from '../local-time.ts';
import type { DocumentKind, WholesaleEvent } from './event.ts';
import { controlOf, isRejected } from './interchange.ts';
import type { Interchange } from './interchange.ts';
import { netCents } from './order.ts';
import type { OrderLine } from './order.ts';
import { OWN_NAMES } from './partners.ts';
import { clockText } from './time-text.ts';

const MESSAGES: { readonly [K in DocumentKind]: string } = {
  order: 'ORDERS:D:96A:UN:EAN008',
  response: 'ORDRSP:D:96A:UN:EAN005',
  notice: 'DESADV:D:96A:UN:EAN005',
  invoice: 'INVOIC:D:96A:UN:EAN008',
  acknowledgement: 'CONTRL:D:3:UN',
};

/** German tax, in percent; all EDIFACT partners of the wholesaler pay it. */
const TAX = 19;

/** The interchange as its sender's translator writes it at `at` (its own clock): EDIFACT D.96A, syntax 3, UNA in front. All times are UTC. */
export function edifactText(interchange: Interchange, at: number): string {
  const { partner, inbound } = interchange;
  const own = OWN_NAMES.edifact;
  const [from, to] = inbound ? [partner, own] : [own, partner];
  const reference = referenceText(interchange.control);
  const day = dateText(at).replaceAll('-', '');
  const segments = [
    `UNB+UNOC:3+${from.id}:${from.qualifier}+${to.id}:${to.qualifier}+${day.slice(2)}:${clockText(at).slice(0, 4)}+${reference}`,
  ];
  bodiesOf(interchange, day).forEach((body, i) =>
    segments.push(`UNH+${i + 1}+${MESSAGES[interchange.kind]}`, ...body, `UNT+${body.length + 2}+${i + 1}`),
  );
  const count = interchange.kind === 'acknowledgement' ? 1 : interchange.documents.length;
  segments.push(`UNZ+${count}+${reference}`);
  return `UNA:+.? '${segments.map((segment) => `${segment}'`).join('')}\n`;
}

const referenceText = (control: number): string => String(control).padStart(6, '0');

function bodiesOf(interchange: Interchange, day: string): readonly string[][] {
  const { kind, documents, partner } = interchange;
  const head = (code: string, number: number | string, role: string): string[] => [`BGM+${code}+${number}+${role}`, `DTM+137:${day}:102`];
  const parties = [`NAD+BY+${partner.id}::9`, `NAD+SU+${OWN_NAMES.edifact.id}::9`];
  switch (kind) {
    case 'order':
      return documents.map(([event]) => {
        const { order, lines } = event!;
        return [
          ...head('220', order.number, '9'),
          ...parties,
          'CUX+2:EUR:9',
          ...linesOf(lines, '21'),
          'UNS+S',
          `MOA+86:${money(netCents(lines))}`,
        ];
      });
    case 'response':
      return documents.map(([event]) => {
        const { order, salesOrder, ok, lines } = event!;
        return [...head('231', salesOrder, ok ? '29' : '27'), `RFF+ON:${order.number}`, ...parties, ...linesOf(lines, '21'), 'UNS+S'];
      });
    case 'notice':
      return documents.map((events) => [...head('351', events[0]!.delivery, '9'), `DTM+11:${day}:102`, ...notice(events, parties)]);
    case 'invoice':
      return documents.map((events) => [...head('380', events[0]!.invoice, '9'), ...invoice(events, parties)]);
    case 'acknowledgement':
      return [control(interchange)];
  }
}

const money = (cents: number): string => (cents / 100).toFixed(2);

function linesOf(lines: readonly OrderLine[], qualifier: string, before = 0): string[] {
  return lines.flatMap((line, i) => [
    `LIN+${before + i + 1}++${line.item}:EN`,
    `QTY+${qualifier}:${line.quantity}:PCE`,
    `PRI+AAA:${money(line.priceCents)}`,
  ]);
}

const ordersOf = (events: readonly WholesaleEvent[]): readonly string[] => [...new Set(events.map((event) => event.order.number))];

function notice(events: readonly WholesaleEvent[], parties: readonly string[]): string[] {
  const cartons = events.flatMap((event) => event.cartons);
  const segments = [
    ...ordersOf(events).map((number) => `RFF+ON:${number}`),
    ...parties,
    'CPS+1',
    `PAC+${cartons.length}++CT`,
    'PCI+33E',
    ...cartons.map((carton) => `GIN+BJ+${carton}`),
  ];
  let count = 0;
  for (const { order, lines } of events) {
    for (const line of lines) segments.push(`LIN+${++count}++${line.item}:EN`, `QTY+12:${line.quantity}:PCE`, `RFF+ON:${order.number}`);
  }
  return segments;
}

function invoice(events: readonly WholesaleEvent[], parties: readonly string[]): string[] {
  const net = events.reduce((sum, event) => sum + netCents(event.lines), 0);
  const tax = Math.round((net * TAX) / 100);
  const segments = [
    ...ordersOf(events).map((number) => `RFF+ON:${number}`),
    ...[...new Set(events.map((event) => event.delivery))].map((delivery) => `RFF+DQ:${delivery}`),
    ...parties,
    'CUX+2:EUR:4',
  ];
  let count = 0;
  for (const { lines } of events) {
    segments.push(...linesOf(lines, '47', count));
    count += lines.length;
  }
  return [...segments, 'UNS+S', `MOA+77:${money(net + tax)}`, `MOA+79:${money(net)}`, `MOA+124:${money(tax)}`];
}

function control({ of, partner, documents }: Interchange): string[] {
  const own = OWN_NAMES.edifact;
  const [from, to] = of!.inbound ? [partner, own] : [own, partner];
  const type = MESSAGES[of!.kind];
  const action = documents.every(isRejected) ? '4' : '7';
  return [
    `UCI+${referenceText(controlOf(partner, of!))}+${from.id}:${from.qualifier}+${to.id}:${to.qualifier}+${action}`,
    ...documents.map((document, i) => `UCM+${i + 1}+${type}+${isRejected(document) ? '4+12' : '7'}`),
  ];
}
