/** Jobs run every few minutes, every hour or every day; what runs every quarter or every half hour does so at whole multiples of five minutes. Microseconds. */
const PERIODS: readonly number[] = [300e6, 3_600e6, 86_400e6];
/** Mean resultant length from which on times are held to come from a timetable: those of half a period have 0.64, those of a quarter 0.90. */
const CONCENTRATED = 0.8;

/**
 * Whether both ends of some hops keep to one timetable: then the time between them is that of the timetable, however long, and says nothing of a latency. The
 * mean resultant length of times on a circle is 1 where all are alike and 0 where they are spread evenly (Mardia and Jupp 2000). A clock that is off turns the
 * circle, and changes nothing.
 */
export function keepTimetable(from: ArrayLike<number>, to: ArrayLike<number>): boolean {
  return PERIODS.some((period) => concentration(from, period) > CONCENTRATED && concentration(to, period) > CONCENTRATED);
}

function concentration(times: ArrayLike<number>, period: number): number {
  let [x, y, count] = [0, 0, 0];
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    if (Number.isNaN(time)) continue;
    const angle = ((time % period) / period) * 2 * Math.PI;
    x += Math.cos(angle);
    y += Math.sin(angle);
    count++;
  }
  return count === 0 ? 0 : Math.hypot(x, y) / count;
}
