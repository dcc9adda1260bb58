/**
 * The web host as `waybill serve` runs it, in a process of its own: `node host-process.ts WORKSPACE [FOLDER…]`, with the
 * folders watched. Prints the link, and ends with its standard input, so that it never outlives the tests.
 */
import { startServing } from '../../../src/cli/commands/serve.ts';

const [, , workspace, ...folders] = process.argv;
const served = await startServing(workspace, 0);
for (const folder of folders) served.engine.watches.add(folder, {});
process.stdout.write(`${served.host.link}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  served.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
