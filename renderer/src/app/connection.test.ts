import { describe, expect, it } from 'vitest';
import { SwitchingLink } from './connection.ts';

const answering = (name: string) => ({ call: async (path: readonly string[]) => `${name}:${path.join('.')}` });
const options = { context: {} };

describe('SwitchingLink', () => {
  it('holds calls until a transport is open, then uses the latest one', async () => {
    const link = new SwitchingLink();
    const early = link.call(['records', 'page'], {}, options);
    link.open(answering('first'));
    expect(await early).toBe('first:records.page');
    link.lose();
    const between = link.call(['sql', 'run'], {}, options);
    link.open(answering('second'));
    expect(await between).toBe('second:sql.run');
  });

  it('fails waiting and later calls once refused', async () => {
    const link = new SwitchingLink();
    const early = link.call(['a'], {}, options);
    link.refuse('the link was used already');
    await expect(early).rejects.toThrow('the link was used already');
    await expect(link.call(['b'], {}, options)).rejects.toThrow('the link was used already');
  });

  it('lets a waiting call be aborted', async () => {
    const link = new SwitchingLink();
    const controller = new AbortController();
    const waiting = link.call(['a'], {}, { ...options, signal: controller.signal });
    controller.abort(new Error('left the page'));
    await expect(waiting).rejects.toThrow('left the page');
  });
});
