import { SECOND } from '../calendar.ts';
import { BOOMI } from './timings.ts';
import type { SimEvent } from './event.ts';
import { isoSeconds } from '../local-time.ts';
import { shopOrder } from './order.ts';

/** Runs that somebody looked at: the failed ones, those with repeated calls, and about one in a hundred of the others. */
export function wantsProcessLog(run: SimEvent): boolean {
  return run.outcome === 'failed' || run.boomi!.runIndex > 1 || (run.order.number * 2_654_435_761) % 97 === 0;
}

/**
 * A run's process log: five columns parted by tabs (time, level, shape, extended info, message), whole seconds, no execution
 * id inside. An error's stack trace goes on over lines without tabs.
 */
export function processLog(run: SimEvent): string {
  const calls = run.boomi!.runIndex;
  const connector = 'ERP API: http Connector; Create Sales Order';
  let text = '';
  const line = (at: number, level: string, shape: string, info: string, message: string): void => {
    text += `${isoSeconds(at)}\t${level}\t${shape}\t${info}\t${message}\n`;
  };
  line(run.at, 'INFO', 'initializing...', '', `Executing Process ${BOOMI.listener.process}`);
  line(run.at, 'INFO', 'Start', 'Shop Webhooks: wss Connector; Listen Orders', '1 document(s) found for processing.');
  line(run.at + 100, 'INFO', 'Set Properties', '', `Order No: ${shopOrder(run.order)}`);
  line(run.at + 150, 'INFO', 'Map', 'Shop Order to ERP Sales Order', 'Executing Map Shape with 1 document(s).');
  line(run.at + 200, 'INFO', 'Map', 'Shop Order to ERP Sales Order', 'Shape executed successfully in 41 ms.');
  let at = run.at + 300;
  for (let call = 1; call <= calls; call++) {
    line(at, 'INFO', 'Connector', connector, 'Executing Connector Shape with 1 document(s).');
    if (call < calls) {
      line(at + 3_500, 'WARNING', 'Connector', connector, 'Read timed out after 3500 ms');
      at += 4 * SECOND * 2 ** (call - 1);
    }
  }
  const end = run.at + run.durationMs;
  if (run.outcome === 'failed') {
    line(end, 'SEVERE', 'Connector', connector, run.message);
    text += 'java.net.ConnectException: Connection refused\n\tat com.boomi.connector.http.HttpSender.send(HttpSender.java:212)\n';
    text += '\tat com.boomi.process.shape.ConnectorShape.execute(ConnectorShape.java:118)\n';
  } else {
    line(end, 'INFO', 'Connector', connector, `Shape executed successfully in ${Math.max(1, end - at)} ms.`);
  }
  line(
    end,
    'INFO',
    'cleanup...',
    '',
    run.outcome === 'failed' ? `Process execution failed: ${run.message}` : 'Process execution completed normally.',
  );
  return text;
}
