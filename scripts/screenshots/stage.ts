import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { brokenGzip, dayOfLog, manySteps, paymentsCsv } from '../../test/e2e/support/files.ts';
import type { OrdersFacts } from '../../test/e2e/support/facts.ts';
import { startEmptyHost, startHost, type Address, type Host } from '../../test/e2e/support/host.ts';
import { startOrders, startSimulated } from '../../test/e2e/support/world.ts';
import { runCli } from '../../test/support/cli.ts';
import { writeOrderFiles } from '../../test/support/order-folder/index.ts';

/**
 * What is behind a picture. `empty`: a new workspace. `orders`: the company's 300 orders. `large`: 10,000 orders. `faulty`: 12,000 of which
 * most went wrong. `mixed`: the folder
 * with one file of each kind, a journey of hundreds of steps and a file with broken rows, all from folders that are watched. `fake`: the
 * interface over made-up answers, for what cannot be held still elsewhere (a running import) or reached (an engine that fails).
 */
export type Scene = 'empty' | 'orders' | 'large' | 'faulty' | 'mixed' | 'fake';

export interface Stage {
  /** Address of a route in a scene. Starts the scene when it is asked for the first time. */
  address(scene: Scene): Promise<Address>;
  /** Records to look at in `orders`. */
  facts(): Promise<OrdersFacts>;
  /** Stops all that was started, the last first. */
  close(): Promise<void>;
}

/** A stage that keeps its workspaces in a folder. */
export function openStage(folder: string): Stage {
  const stops: (() => Promise<void>)[] = [];
  const scenes = new Map<Scene, Promise<Address>>();
  let facts: OrdersFacts | undefined;

  const start = async (scene: Scene): Promise<Address> => {
    if (scene === 'fake') return startFake(stops);
    if (scene === 'orders') {
      const orders = await startOrders(folder);
      facts = orders.facts;
      stops.push(() => orders.host.stop());
      return orders.host;
    }
    const host =
      scene === 'empty' ? await startEmptyHost() : scene === 'mixed' ? await startMixed(folder) : await startSimulated(scene, folder);
    stops.push(() => host.stop());
    return host;
  };
  const address = (scene: Scene): Promise<Address> => {
    const known = scenes.get(scene) ?? start(scene);
    scenes.set(scene, known);
    return known;
  };
  return {
    address,
    facts: async () => {
      await address('orders');
      if (facts === undefined) throw new Error('the orders name no records to look at');
      return facts;
    },
    close: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}

/** The pages of `renderer/*.html` with their made-up clients, as the development server serves them. */
async function startFake(stops: (() => Promise<void>)[]): Promise<Address> {
  const root = fileURLToPath(new URL('../../renderer', import.meta.url));
  const vite = await createServer({ root, logLevel: 'error', server: { host: '127.0.0.1', port: 0, strictPort: false, hmr: false } });
  await vite.listen();
  stops.push(() => vite.close());
  return { origin: vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '', token: '' };
}

async function startMixed(folder: string): Promise<Host> {
  const home = join(folder, 'mixed-home');
  const workspace = join(folder, 'mixed.waybill');
  const [order, exports] = ['order', 'exports'].map((name) => join(folder, 'mixed', name)) as [string, string];
  writeOrderFiles(order);
  mkdirSync(exports, { recursive: true });
  for (const file of [paymentsCsv(), dayOfLog(1), manySteps(320), brokenGzip()]) writeFileSync(join(exports, file.name), file.content);
  const { code, err } = await runCli(home, ['import', order, exports, '--workspace', workspace]);
  if (code !== 0) throw new Error(`the import failed:\n${err}`);
  return startHost(workspace, home, [order, exports]);
}
