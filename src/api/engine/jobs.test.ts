import { expect, test, vi } from 'vitest';
import { isCancelled, newControl, pausePoint } from '../threads/control.ts';
import { Cancelled } from '../../model/errors.ts';
import { JobBoard, type JobReporter } from './jobs.ts';

/** A job that does what it is told from outside. */
function puppet(board: JobBoard) {
  let reporter: JobReporter | undefined;
  let end: ((error?: Error) => void) | undefined;
  const job = board.start('Reading', (given) => {
    reporter = given;
    return new Promise((resolve, reject) => {
      end = (error) => (error === undefined ? resolve(undefined) : reject(error));
    });
  });
  return { job, reporter: () => reporter!, end: (error?: Error) => end!(error) };
}

test('rate and remaining time leave pauses out', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const board = new JobBoard();
    const { job, reporter, end } = puppet(board);
    await Promise.resolve();
    reporter().update({ totalBytes: 10_000, bytes: 0, entries: 0 });
    vi.advanceTimersByTime(1000);
    reporter().update({ bytes: 1000, entries: 100 });
    expect(board.get(job)).toMatchObject({ rate: 100, remainingSeconds: 9 });
    expect(board.pause(job)).toBe(true);
    expect(board.get(job)).toMatchObject({ state: 'paused', rate: 0, remainingSeconds: 9 });
    vi.advanceTimersByTime(600_000);
    // What was on its way is counted, not measured.
    reporter().update({ bytes: 1500, entries: 150 });
    expect(board.get(job)).toMatchObject({ state: 'paused', entries: 150, rate: 0, remainingSeconds: 9 });
    expect(board.resume(job)).toBe(true);
    vi.advanceTimersByTime(1000);
    reporter().update({ bytes: 2000, entries: 200 });
    expect(board.get(job)).toMatchObject({ state: 'running', rate: 100, remainingSeconds: 8 });
    expect(reporter().activeMs()).toBe(2000);
    end();
    expect((await board.finished(job)).state).toBe('done');
    expect([board.pause(job), board.resume(job), board.cancel(job)]).toEqual([false, false, false]);
  } finally {
    vi.useRealTimers();
  }
});

test('threads are held and let go through their controls, also those that come while the job is paused', async () => {
  const board = new JobBoard();
  const { job, reporter, end } = puppet(board);
  await Promise.resolve();
  const [early, late] = [newControl(), newControl()];
  const release = reporter().steer(early);
  board.pause(job);
  reporter().steer(late);
  let passed = 0;
  const waiting = [early, late].map((control) => pausePoint(control).then(() => passed++));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(passed).toBe(0);
  // Cancelled while it is paused: it wakes up and sees why.
  expect(board.cancel(job)).toBe(true);
  await Promise.all(waiting);
  expect([isCancelled(early), isCancelled(late)]).toEqual([true, true]);
  release();
  expect([isCancelled(early), isCancelled(late)]).toEqual([false, true]);
  end(new Cancelled('the import'));
  expect((await board.finished(job)).state).toBe('cancelled');
});
