import { formatMs, formatTime, type Zone } from '../../../ui/format.ts';
import type { Swimlane, Tick } from '../layout/types.ts';
import { msIso } from '../model/iso.ts';

/** One label of the time axis, placed in pixels of the window. */
export interface Mark {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  readonly text: string;
  readonly title: string;
  readonly kind: 'tick' | 'break' | 'end';
}

const CHAR = 6.4;
/** Within a few seconds, times of day all look the same: ticks tell the time since the first. */
const SHORT_MS = 10_000;

/** Labels of the axis from left to right, those left out that would touch: breaks and the end of the data go before times. */
export function axisMarks(layout: Swimlane, zone: Zone, toScreen: (x: number) => number): readonly Mark[] {
  const dates = new Set(layout.ticks.map((tick) => formatTime(msIso(tick.time), zone, 'date')));
  const first = layout.ticks[0];
  const short = first !== undefined && (layout.ticks.at(-1)?.time ?? 0) - first.time < SHORT_MS;
  const tickText = (tick: Tick, previous: Tick | undefined): string => {
    if (short && previous !== undefined && first !== undefined) return `+${formatMs(tick.time - first.time)}`;
    const iso = msIso(tick.time);
    const date = formatTime(iso, zone, 'date');
    const time = formatTime(iso, zone, 'time').slice(0, 8);
    const changed = previous === undefined || formatTime(msIso(previous.time), zone, 'date') !== date;
    return dates.size > 1 && changed ? `${date.slice(5)} ${time}` : time;
  };
  const mark = (kind: Mark['kind'], x: number, text: string, title: string, align: 'left' | 'middle' | 'right'): Mark => {
    const width = text.length * CHAR + 6;
    const at = toScreen(x);
    return { key: `${kind} ${x}`, kind, text, title, width, x: align === 'left' ? at : align === 'middle' ? at - width / 2 : at - width };
  };
  const wanted: Mark[] = [];
  for (const idle of layout.breaks) {
    const title = `idle from ${formatTime(msIso(idle.from), zone)} to ${formatTime(msIso(idle.to), zone)}`;
    wanted.push(mark('break', idle.x + idle.width / 2, formatMs(idle.to - idle.from), title, 'middle'));
  }
  if (layout.dataEnd !== undefined) {
    const iso = msIso(layout.dataEnd.time);
    wanted.push(
      mark(
        'end',
        layout.dataEnd.x,
        `data ends ${formatTime(iso, zone, 'time').slice(0, 5)}`,
        `nothing later than ${formatTime(iso, zone)} was imported`,
        'right',
      ),
    );
  }
  let previous: Tick | undefined;
  for (const tick of layout.ticks) {
    wanted.push(mark('tick', tick.x, tickText(tick, previous), formatTime(msIso(tick.time), zone, 'full'), 'left'));
    previous = tick;
  }
  const placed: Mark[] = [];
  for (const one of wanted) {
    if (placed.every((other) => one.x >= other.x + other.width + 6 || one.x + one.width + 6 <= other.x)) placed.push(one);
  }
  return placed.toSorted((a, b) => a.x - b.x);
}
