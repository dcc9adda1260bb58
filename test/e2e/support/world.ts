import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OrdersFacts } from './facts.ts';
import { runScript, startHost, temporaryFolder, type Address, type Host } from './host.ts';

/** What is the same for all tests: two hosts on workspaces that nobody changes. */
export interface World {
  readonly orders: Address;
  readonly large: Address;
  readonly facts: OrdersFacts;
}

/** Name of the variable that hands the world to the processes that run the tests. */
export const WORLD_VARIABLE = 'WAYBILL_E2E_WORLD';

/** Makes the workspace `orders` and opens a host on it. */
export async function startOrders(folder: string): Promise<{ readonly host: Host; readonly facts: OrdersFacts }> {
  await runScript('prepare.ts', ['orders', folder]);
  return {
    host: await startHost(join(folder, 'orders.waybill'), join(folder, 'orders-home')),
    facts: JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as OrdersFacts,
  };
}

/** Makes a workspace of plain events and opens a host on it. */
export async function startSimulated(kind: 'large' | 'faulty', folder: string): Promise<Host> {
  await runScript('prepare.ts', [kind, folder]);
  return startHost(join(folder, `${kind}.waybill`), join(folder, `${kind}-home`));
}

/** Playwright's global setup: makes the world once and returns how to take it down. */
// oxlint-disable-next-line import/no-default-export -- Playwright takes nothing else
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = temporaryFolder();
  const [orders, large] = await Promise.allSettled([startOrders(folder), startSimulated('large', folder)]);
  if (orders.status === 'rejected' || large.status === 'rejected') {
    if (orders.status === 'fulfilled') await orders.value.host.stop();
    if (large.status === 'fulfilled') await large.value.stop();
    rmSync(folder, { recursive: true, force: true });
    throw orders.status === 'rejected' ? orders.reason : large.status === 'rejected' ? large.reason : undefined;
  }
  const world: World = { orders: orders.value.host, large: large.value, facts: orders.value.facts };
  process.env[WORLD_VARIABLE] = JSON.stringify(world);
  return async () => {
    await Promise.all([orders.value.host.stop(), large.value.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The world, in a process that runs tests. */
export function theWorld(): World {
  const text = process.env[WORLD_VARIABLE];
  if (text === undefined) throw new Error('the global setup has not run');
  return JSON.parse(text) as World;
}
