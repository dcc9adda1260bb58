import { berlinOffset } from '../local-time.ts';
import type { Desk, Writer } from '../company.ts';
import type { Channel, DayFiles } from '../files.ts';
import type { WholesaleEvent } from './event.ts';
import { interchangeOf } from './interchange.ts';
import { edifactText } from './write-edifact.ts';
import {
  ERP_HEADER,
  ERP_STATE_HEADER,
  WAREHOUSE_STATE_HEADER,
  erpRow,
  erpStateRow,
  translatorLine,
  warehouseLine,
  warehouseStateRow,
} from './write-logs.ts';
import { x12Text } from './write-x12.ts';

const TRANSLATOR_LOG: Channel = {
  slot: 'translator',
  file: (day) => `translator/translator-${day}.log`,
  offset: berlinOffset,
  breakable: true,
};
const ERP_LOG: Channel = { slot: 'erp', file: (day) => `erp/document-log-${day}.csv`, offset: berlinOffset, head: ERP_HEADER };
const ERP_EXPORT: Channel = { slot: 'erp-state', file: (day) => `erp/deliveries-${day}.csv`, offset: berlinOffset, head: ERP_STATE_HEADER };
const WAREHOUSE_LOG: Channel = { slot: 'wms', file: (day) => `wms/wms-${day}.ndjson.gz`, breakable: true };
const WAREHOUSE_EXPORT: Channel = { slot: 'wms-state', file: (day) => `wms/delivery-status-${day}.csv`, head: WAREHOUSE_STATE_HEADER };

/** Puts together what several orders say of one thing at one time, and writes it in the form of its system. */
export class WholesaleWriter implements Writer<WholesaleEvent> {
  readonly #files: DayFiles;
  readonly #archives = new Map<string, Channel>();
  #now = Number.NEGATIVE_INFINITY;
  #open = new Map<string, WholesaleEvent[]>();

  constructor({ files }: Desk) {
    this.#files = files;
  }

  readonly write = (event: WholesaleEvent, now: number): void => {
    if (now !== this.#now) this.#close();
    this.#now = now;
    const key = keyOf(event);
    const group = this.#open.get(key);
    if (group === undefined) this.#open.set(key, [event]);
    else group.push(event);
  };

  readonly events = (): number => this.#files.entries;

  readonly finish = (): void => this.#close();

  #close(): void {
    for (const group of this.#open.values()) this.#put(group);
    this.#open = new Map();
  }

  #put(group: readonly WholesaleEvent[]): void {
    const [first] = group;
    const { at, channel } = first!;
    const files = this.#files;
    switch (channel) {
      case 'archive':
        return this.#archive(group);
      case 'translator':
        return files.add(TRANSLATOR_LOG, at, translatorLine(first!, at, group.length));
      case 'erp':
        return files.add(ERP_LOG, at, erpRow(first!, at));
      case 'warehouse':
        return files.add(WAREHOUSE_LOG, at, warehouseLine(group, at));
      case 'erp-state':
        return files.add(ERP_EXPORT, at, erpStateRow(group, at));
      case 'warehouse-state':
        return files.add(WAREHOUSE_EXPORT, at, warehouseStateRow(group, at));
    }
  }

  /** One file a day for each partner and direction. */
  #archive(group: readonly WholesaleEvent[]): void {
    const [first] = group;
    const { at, order } = first!;
    const interchange = interchangeOf(group);
    const { partner } = order;
    const folder = `edi/${partner.name.toLowerCase().replaceAll(' ', '-')}/${interchange.inbound ? 'in' : 'out'}`;
    let channel = this.#archives.get(folder);
    if (channel === undefined) {
      channel = { slot: folder, file: (day) => `${folder}/${day}.${partner.syntax === 'x12' ? 'x12' : 'edi'}` };
      this.#archives.set(folder, channel);
    }
    // What comes again was made when it was sent first: the clock's error stays what it is.
    const shown = at - this.#now + interchange.at;
    this.#files.add(channel, at, (partner.syntax === 'x12' ? x12Text : edifactText)(interchange, shown));
  }
}

/** What is said of one thing, by whichever order. */
function keyOf(event: WholesaleEvent): string {
  const { channel, name, order, interchange, delivery, invoice, attempt } = event;
  switch (channel) {
    case 'archive':
      return `${channel} ${order.partner.id} ${interchange!.kind} ${interchange!.inbound} ${interchange!.at}`;
    case 'translator': {
      const alone = name === 'translate' || name === 'handover' || attempt > 0 || (name === 'build' && interchange!.kind === 'response');
      const about = alone ? order.index : name === 'build' ? delivery || invoice : '';
      return `${channel} ${name} ${order.partner.id} ${interchange?.kind} ${interchange?.at} ${about}`;
    }
    case 'erp':
      return `${channel} ${name} ${order.index} ${delivery}`;
    case 'warehouse':
    case 'erp-state':
    case 'warehouse-state':
      return `${channel} ${name} ${delivery}`;
  }
}
