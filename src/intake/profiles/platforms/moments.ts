import type { Precision } from '../../../model/time.ts';
import type { Json } from '../../entry.ts';
import type { Notices } from '../../notices.ts';
import { compileMixedEpoch, unitOf } from '../../time/epoch.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeShape } from '../../time/index.ts';
import { asNumber, asObject, asText } from '../tree.ts';

/** A point in time and how finely it was written; NaN for none. */
export interface Moment {
  readonly time: number;
  readonly precision: Precision;
}

export type MomentReader = (value: Json | undefined) => Moment;

const NEVER: Moment = { time: Number.NaN, precision: 'second' };

/**
 * Reads the times of APIs that print them in several ways: text in one of the shapes, counts since 1970 whose magnitude tells their unit,
 * protobuf's `{ seconds, nanos }`. Words that are no times give NaN. `zone` is that of texts without one. One per source.
 */
export function createMomentReader(zone: string, shapes: readonly TimeShape[] = ['iso'], notices?: Notices): MomentReader {
  const parsers = shapes.map((shape) => [shape, compileTime(shape, zone, notices?.onAmbiguous)] as const);
  const count = compileMixedEpoch();
  return (value) => {
    if (typeof value === 'object') return value === null ? NEVER : ofProto(value);
    const text = asText(value).trim();
    if (/^\d{1,19}(?:\.\d{1,9})?$/.test(text)) return moment(count(text), text, unitOf(Number(text)));
    for (const [shape, parse] of parsers) {
      const time = parse(text);
      if (!Number.isNaN(time)) return moment(time, text, shape);
    }
    return NEVER;
  };
}

function moment(time: number, text: string, shape: TimeShape): Moment {
  return Number.isNaN(time) ? NEVER : { time, precision: precisionOf(text, shape) };
}

function ofProto(value: Json): Moment {
  const proto = asObject(value);
  if (proto === undefined || proto['seconds'] === undefined) return NEVER;
  const nanos = asText(proto['nanos']) === '' ? 0 : asNumber(proto['nanos']);
  const time = asNumber(proto['seconds']) * 1_000_000 + Math.floor(nanos / 1_000);
  return Number.isSafeInteger(time) ? { time, precision: 'nanosecond' } : NEVER;
}
