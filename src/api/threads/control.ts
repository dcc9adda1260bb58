/**
 * What the engine says to a thread that works: shared memory, because a busy thread reads no messages. One control belongs to one
 * thread; a job that uses several turns all of theirs.
 */
export type Control = Int32Array<SharedArrayBuffer>;

const CANCEL = 0;
const PAUSE = 1;

export function newControl(): Control {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** The engine's side: each call wakes a thread that waits. */
export function setControl(control: Control, state: { readonly cancelled: boolean; readonly paused: boolean }): void {
  Atomics.store(control, CANCEL, state.cancelled ? 1 : 0);
  // A cancelled thread does not wait: it has to come to where it sees that it is cancelled.
  Atomics.store(control, PAUSE, state.paused && !state.cancelled ? 1 : 0);
  Atomics.notify(control, PAUSE);
}

export function isCancelled(control: Control): boolean {
  return Atomics.load(control, CANCEL) !== 0;
}

/** Waits while the thread is to pause. Messages are answered meanwhile: a paused import does not keep the next one from being planned. */
export async function pausePoint(control: Control): Promise<void> {
  while (Atomics.load(control, PAUSE) !== 0) {
    const waiting = Atomics.waitAsync(control, PAUSE, 1);
    if (waiting.async) await waiting.value;
  }
}

/** The same for work that cannot be suspended otherwise: the thread itself stands still. */
export function pausePointBlocking(control: Control): void {
  while (Atomics.load(control, PAUSE) !== 0) Atomics.wait(control, PAUSE, 1);
}
