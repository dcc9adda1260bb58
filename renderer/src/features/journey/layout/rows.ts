import type { Grid } from './grid.ts';
import type { PlannedHop } from './plan.ts';
import { assignTracks } from './tracks.ts';
import type { Lane, Metrics } from './types.ts';

/** The vertical measures: where rows, channels and lanes stand. */
export interface Rows {
  /** Top of the cards of each row. */
  readonly top: readonly number[];
  readonly lanes: readonly Lane[];
  /** Height of the horizontal line of each hop that runs in a channel. */
  readonly channelY: ReadonlyMap<string, number>;
  /** Middle of the place for labels, for the channels that have one, by channel. */
  readonly labelY: ReadonlyMap<number, number>;
  readonly height: number;
}

interface ChannelRun {
  from: number;
  to: number;
  readonly hops: string[];
}

/** Lines per channel: hops of one trunk share one. */
function channelRuns(hops: readonly PlannedHop[]): ReadonlyMap<number, readonly ChannelRun[]> {
  const channels = new Map<number, Map<string, ChannelRun>>();
  for (const planned of hops) {
    if (planned.way !== 'channel') continue;
    const runs = channels.get(planned.channel) ?? new Map<string, ChannelRun>();
    channels.set(planned.channel, runs);
    const net = planned.outNet.startsWith('out ') ? planned.outNet : planned.inNet;
    const from = Math.min(planned.out, planned.in);
    const to = Math.max(planned.out, planned.in);
    const run = runs.get(net);
    if (run === undefined) runs.set(net, { from, to, hops: [planned.hop.id] });
    else {
      run.from = Math.min(run.from, from);
      run.to = Math.max(run.to, to);
      run.hops.push(planned.hop.id);
    }
  }
  return new Map([...channels].map(([channel, runs]) => [channel, [...runs.values()].toSorted((a, b) => a.from - b.from || a.to - b.to)]));
}

/** Stacks lanes and rows, each channel as high as the lines in it need. */
export function stackRows(grid: Grid, hops: readonly PlannedHop[], metrics: Metrics): Rows {
  const runs = channelRuns(hops);
  const top: number[] = [];
  const lanes: Lane[] = [];
  const channelY = new Map<string, number>();
  const labelY = new Map<number, number>();
  const half = metrics.laneMargin / 2;
  let y = 0;
  let row = 0;

  const channel = (index: number, minimum: number, labelled: boolean): number => {
    const inside = runs.get(index) ?? [];
    const { track, count } = assignTracks(inside);
    const reserved = labelled ? metrics.labelHeight + 2 : 3;
    for (const [at, run] of inside.entries()) {
      for (const id of run.hops) channelY.set(id, y + reserved + 3 + (track[at] ?? 0) * metrics.track);
    }
    if (labelled) labelY.set(index, y + 1 + metrics.labelHeight / 2);
    return Math.max(minimum, count === 0 ? 0 : reserved + 6 + count * metrics.track);
  };

  let laneTop = 0;
  for (const [lane, system] of grid.systems.entries()) {
    const slots = grid.slots[lane] ?? 1;
    if (lane === 0) y += channel(0, half, false);
    for (let slot = 0; slot < slots; slot += 1) {
      if (slot > 0) y += channel(row, metrics.slotMargin, false);
      top.push(y);
      y += metrics.cardHeight;
      row += 1;
    }
    const last = lane === grid.systems.length - 1;
    const height = channel(row, last ? half : metrics.laneMargin, !last);
    const bottom = last ? y + height : y + Math.max(half, height / 2);
    lanes.push({ system, y: laneTop, height: bottom - laneTop });
    laneTop = bottom;
    y += height;
  }
  return { top, lanes, channelY, labelY, height: y };
}
