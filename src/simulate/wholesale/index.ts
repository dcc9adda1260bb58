import { DAY, calendar } from '../calendar.ts';
import { defineCompany } from '../define.ts';
import type { WholesaleEvent } from './event.ts';
import { PLACES, USUAL, consequences } from './faults.ts';
import { PARTNERS } from './partners.ts';
import { weight } from './rhythm.ts';
import { live } from './walk.ts';
import { PROMISED } from './promised.ts';
import { WholesaleWriter } from './writer.ts';

/**
 * How long before the end of the data an order must have been placed to carry a fault: a night until it is sent, a Sunday until it is picked, a second delivery
 * after that, the invoice in the night.
 */
export const FAULT_MARGIN = 7 * DAY;

/**
 * A wholesaler that trades by EDI: documents in two syntaxes, jobs at fixed times, orders that share deliveries and invoices, order numbers that are unique for
 * their buyer only, and control numbers that are unique for nobody.
 */
export const WHOLESALE = defineCompany<WholesaleEvent>({
  id: 'wholesale',
  title: 'a wholesaler that trades by EDI',
  cases: { one: 'order', many: 'orders' },
  recordType: 'order',
  systems: [
    ...PARTNERS.map(({ id, syntax, orderNumber }) => ({
      name: id,
      format: syntax === 'x12' ? 'X12 004010, a file a day' : 'EDIFACT D.96A, a file a day',
      zone: 'UTC',
      spelling: orderNumber(0, 0),
    })),
    {
      name: 'translator',
      format: 'a text log, and the X12 and EDIFACT that it sends',
      zone: 'Europe/Berlin',
      spelling: 'po=104233, idoc=0000000000471120, delivery=80044701',
    },
    { name: 'erp', format: 'CSV of documents, CSV of states a day', zone: 'Europe/Berlin', spelling: '0000812001, 0080044701, 0290017302' },
    { name: 'wms', format: 'JSON lines, gzip; CSV of states a day', zone: 'UTC', spelling: '80044701, cartons by SSCC' },
  ],
  rhythm: { window: (start, orders) => calendar(start, orders, 250, 14, 60), weight, margin: FAULT_MARGIN },
  faults: { places: PLACES, usual: USUAL, consequences },
  passports: PROMISED,
  stepOf: ({ channel, name, interchange }) => `${channel} ${name} ${interchange?.kind ?? ''}`,
  live,
  writer: (desk) => new WholesaleWriter(desk),
});
