import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

interface Entry {
  readonly at: number;
  readonly message: string;
}

const at = (time: number, message = ''): Entry => ({ at: time, message });

describe('Timeline', () => {
  it('hands out every event once, by time, equal times as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300_000), fc.nat(400_000)), { maxLength: 80 }), (orders) => {
        const timeline = new Timeline<Entry>(0);
        const out: Entry[] = [];
        let count = 0;
        for (const [start, length] of orders.toSorted((a, b) => a[0] - b[0])) {
          timeline.flush(start, (event) => out.push(event));
          timeline.push(at(start, String(count++)));
          timeline.push(at(start + length, String(count++)));
          expect(timeline.held).toBe(count - out.length);
        }
        timeline.finish((event) => out.push(event));
        expect(timeline.held).toBe(0);
        expect(out.length).toBe(count);
        for (let i = 1; i < out.length; i++) {
          expect(out[i - 1]!.at).toBeLessThanOrEqual(out[i]!.at);
          if (out[i - 1]!.at === out[i]!.at) expect(Number(out[i - 1]!.message)).toBeLessThan(Number(out[i]!.message));
        }
      }),
    );
  });

  it('holds only what is in flight', () => {
    const timeline = new Timeline<Entry>(0);
    let most = 0;
    for (let start = 0; start < 100_000_000; start += 10_000) {
      timeline.flush(start, () => undefined);
      timeline.push(at(start));
      timeline.push(at(start + 60_000));
      most = Math.max(most, timeline.held);
    }
    expect(most).toBeLessThan(20);
  });

  it('refuses an event for a time that was handed out', () => {
    const timeline = new Timeline<Entry>(0);
    timeline.push(at(50_000));
    timeline.flush(60_000, () => undefined);
    expect(() => timeline.push(at(10_000))).toThrow(/flushed/);
  });
});
