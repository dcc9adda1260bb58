/**
 * The web host as `waybill serve` runs it, in a process of its own: `node host-process.ts WORKSPACE`. Prints the link, and ends
 * with its standard input, so that it never outlives the tests.
 */
import { startServing } from '../../../src/cli/commands/serve.ts';

const served = await startServing(process.argv[2], 0);
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
