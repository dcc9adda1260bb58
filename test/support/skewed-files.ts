/** What is made up: a gateway calls stock and billing, which log by themselves. */
export interface Skewed {
  /** Milliseconds by which the clock of stock is ahead. */
  readonly stock?: number;
  readonly calls?: number;
  /** Milliseconds added to all times. */
  readonly shift?: number;
  /** In how many files stock logs. */
  readonly files?: number;
  /** What stock is called. */
  readonly name?: string;
}

const START = Date.parse('2031-05-04T08:00:00Z');

/** Logs of orders whose calls name their parent span, by file name. Latencies vary, the same for the same options. */
export function skewedFiles({ stock = 0, calls = 120, shift = 0, files = 1, name = 'stock' }: Skewed): Readonly<Record<string, string>> {
  const lines: Record<string, string[]> = {};
  const tell = (
    file: string,
    service: string,
    at: number,
    length: number,
    span: string,
    parent: string | undefined,
    order: number,
  ): void => {
    const entry = {
      time: new Date(START + shift + at).toISOString(),
      service,
      event: `${span.split('-')[0]} handled`,
      status: 'ok',
      orderNumber: `SO-${10_000 + order}`,
      durationMs: length,
      trace_id: `trace-${order}`,
      span_id: span,
      ...(parent === undefined ? {} : { parent_span_id: parent }),
    };
    (lines[file] ??= []).push(`${JSON.stringify(entry)}\n`);
  };
  // A plain series that repeats itself late enough.
  let state = 7;
  const vary = (median: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.round(median * (0.5 + (1.5 * state) / 2_147_483_648));
  };
  for (let order = 0; order < calls; order++) {
    const at = order * 60_000 + vary(5000);
    const first = at + vary(40);
    const firstTook = vary(150);
    const second = first + firstTook + vary(60);
    const secondTook = vary(200);
    tell('gateway.ndjson', 'gateway', at, second + secondTook + vary(50) - at, `request-${order}`, undefined, order);
    const part = Math.floor((order * files) / calls);
    tell(`stock-${part}.ndjson`, name, first + stock, firstTook, `reserve-${order}`, `request-${order}`, order);
    tell('billing.ndjson', 'billing', second, secondTook, `charge-${order}`, `request-${order}`, order);
  }
  return Object.fromEntries(Object.entries(lines).map(([file, text]) => [file, text.join('')]));
}
