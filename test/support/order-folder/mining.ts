import { document, iso, ORDERS } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const n = (i: number): number => i * 20;

/** Logs of process mining. */
export const MINING_FILES: readonly OrderFile[] = [
  {
    name: 'mining/orders.xes',
    format: 'xes',
    profile: 'xes',
    systems: ['mining'],
    content: `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="2.0" xmlns="http://www.xes-standard.org/"><string key="concept:name" value="orders"/>\n${ORDERS.map(
      (order, i) =>
        `<trace><string key="concept:name" value="${order}"/>${['Check credit', 'Release order']
          .map(
            (step, k) =>
              `<event><string key="concept:name" value="${step}"/><date key="time:timestamp" value="${iso(100 + n(i) + k)}"/><string key="lifecycle:transition" value="complete"/></event>`,
          )
          .join('')}</trace>`,
    ).join('\n')}\n</log>\n`,
  },
  {
    name: 'mining/orders.jsonocel',
    format: 'ocel-json',
    profile: 'ocel',
    systems: ['mining'],
    content: document({
      objectTypes: [
        { name: 'Order', attributes: [] },
        { name: 'Delivery', attributes: [] },
      ],
      eventTypes: [{ name: 'Pack', attributes: [] }],
      events: [
        {
          id: 'e1',
          type: 'Pack',
          time: iso(6000),
          relationships: [
            { objectId: 'SO-77', qualifier: 'of' },
            { objectId: 'SH-77', qualifier: 'into' },
          ],
        },
      ],
      objects: [
        { id: 'SO-77', type: 'Order', attributes: [] },
        { id: 'SH-77', type: 'Delivery', attributes: [] },
      ],
    }),
  },
];
