import { DAY, MINUTE } from '../calendar.ts';
import { BATCH_INTERVAL, BOOMI } from './timings.ts';
import type { SimEvent } from './event.ts';
import { dateText, isoSeconds } from '../local-time.ts';
import { shopOrder } from './order.ts';
import type { Output } from '../output.ts';
import { Random } from '../random.ts';
import { batchSlot } from './walk-delivery.ts';
import { executionId } from './walk-erp.ts';
import { processLog, wantsProcessLog } from './write-process-log.ts';

/** The platform answers at most this many results in one page. */
const PAGE = 100;
/** Nobody downloads more process logs than this by hand. */
const MOST_LOGS = 2_000;

/** A query answer being filled. A full page is held until it is known whether another one follows: only then it carries a token. */
class Pages {
  readonly #output: Output;
  readonly #slot: string;
  #day = '';
  #results: string[] = [];
  #page = 0;

  constructor(output: Output, slot: string) {
    this.#output = output;
    this.#slot = slot;
  }

  add(at: number, result: string): void {
    const day = dateText(at);
    if (day !== this.#day) {
      this.flush();
      this.#day = day;
      this.#page = 0;
    } else if (this.#results.length === PAGE) {
      this.#write(true);
    }
    this.#results.push(result);
  }

  /** Writes the last page of the day. */
  flush(): void {
    if (this.#results.length > 0) this.#write(false);
  }

  #write(more: boolean): void {
    this.#page++;
    const token = more ? `,"queryToken":"${this.#day.replaceAll('-', '')}-${this.#slot}-${this.#page}"` : '';
    const text = `{"@type":"QueryResult","result":[\n${this.#results.join(',\n')}],\n"numberOfResults":${this.#results.length}${token}}\n`;
    this.#output.add(`boomi-${this.#slot}`, `boomi/${this.#slot}-${this.#day}.json`, text);
    this.#results = [];
  }
}

interface Batch {
  readonly slot: number;
  readonly id: string;
  documents: number;
  failed: number;
}

/**
 * The integration platform's query answers: runs (`ExecutionRecord`), documents with the order number as tracked field
 * (`GenericConnectorRecord`), and the process logs that somebody downloaded. Times are cut to whole seconds, as the platform does.
 */
export class BoomiWriter {
  readonly #output: Output;
  readonly #seed: number;
  readonly #runs: Pages;
  readonly #documents: Pages;
  #batch: Batch | undefined;
  #logs = 0;
  /** Records written. */
  events = 0;

  constructor(output: Output, seed: number) {
    this.#output = output;
    this.#seed = seed;
    this.#runs = new Pages(output, 'execution-records');
    this.#documents = new Pages(output, 'connector-records');
  }

  run(event: SimEvent): void {
    const { listener } = BOOMI;
    const failed = event.outcome === 'failed';
    const original = event.boomi!.originalExecution;
    this.#runs.add(
      event.at,
      executionRecord({
        id: event.execution,
        original,
        process: listener.process,
        processId: listener.id,
        type: event.boomi!.executionType,
        at: event.at,
        durationMs: event.durationMs,
        status: failed ? 'ERROR' : 'COMPLETE',
        message: event.message,
        inbound: 1,
        errors: failed ? 1 : 0,
        outbound: failed ? 0 : 1,
      }),
    );
    this.events++;
    if (this.#logs < MOST_LOGS && wantsProcessLog(event)) {
      this.#logs++;
      this.#output.addWhole(`boomi/process-logs/${event.execution}_process_log.txt`, processLog(event));
    }
  }

  document(event: SimEvent): void {
    const detail = event.boomi!;
    const batch = detail.kind === 'batch' ? this.#batchOf(event.at) : undefined;
    const execution = batch?.id ?? event.execution;
    const index = batch === undefined ? detail.documentIndex : batch.documents;
    const runIndex = batch === undefined ? detail.runIndex : batch.documents + 1;
    if (batch !== undefined) {
      batch.documents++;
      if (event.outcome === 'failed') batch.failed++;
    }
    const place = detail.start
      ? '"actionType":"Listen","connectorType":"wss","connectionName":"Shop Webhooks"'
      : detail.kind === 'listener'
        ? '"actionType":"CREATE","connectorType":"http","connectionName":"ERP API"'
        : '"actionType":"UPSERT","connectorType":"http","connectionName":"CRM API"';
    const error = event.outcome === 'failed' ? `,"errorMessage":${JSON.stringify(event.message)}` : '';
    this.#documents.add(
      event.at,
      `{"@type":"GenericConnectorRecord","id":"${Buffer.from(`${execution}:connector-${runIndex}`).toString('base64')}"` +
        `,"executionId":"${execution}","executionConnectorId":"${Buffer.from(`${execution}:${event.step}`).toString('base64')}","atomId":"${BOOMI.atomId}"` +
        `,"dateProcessed":"${isoSeconds(event.at)}",${place},"operationName":"${event.step}","documentIndex":${index}` +
        `,"incrementalDocumentIndex":${runIndex},"status":"${event.outcome === 'failed' ? 'ERROR' : 'SUCCESS'}","startShape":${detail.start}` +
        `,"retryable":${detail.start},"size":${900 + event.order.lines * 210}${error}` +
        `,"trackedFields":{"@type":"TrackedFields","trackedField":[{"@type":"TrackedField","name":"Order No","value":"${shopOrder(event.order)}"}` +
        `,{"@type":"TrackedField","name":"Customer","value":"${event.order.customer}"}]}}`,
    );
    this.events++;
  }

  /** Closes the batch run whose time has passed. Called with the time of every event. */
  advance(at: number): void {
    if (this.#batch !== undefined && at > this.#batch.slot * BATCH_INTERVAL + MINUTE) this.#closeBatch();
  }

  finish(): void {
    this.#closeBatch();
    this.#runs.flush();
    this.#documents.flush();
  }

  #batchOf(at: number): Batch {
    const slot = batchSlot(at);
    if (this.#batch?.slot === slot) return this.#batch;
    this.#closeBatch();
    this.#batch = { slot, id: batchExecution(this.#seed, slot), documents: 0, failed: 0 };
    return this.#batch;
  }

  #closeBatch(): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    const at = batch.slot * BATCH_INTERVAL;
    this.#runs.add(
      at,
      executionRecord({
        id: batch.id,
        original: '',
        process: BOOMI.batch.process,
        processId: BOOMI.batch.id,
        type: 'exec_sched',
        at,
        durationMs: Math.min(DAY, 9_000 + batch.documents * 12),
        status: batch.failed > 0 ? 'COMPLETE_WARN' : 'COMPLETE',
        message: '',
        inbound: batch.documents,
        errors: batch.failed,
        outbound: batch.documents - batch.failed,
      }),
    );
    this.events++;
  }
}

/** The batch run of a slot. */
export function batchExecution(seed: number, slot: number): string {
  return executionId(new Random(seed ^ 0x5bf03635, slot).uuid(), slot * BATCH_INTERVAL);
}

interface Run {
  readonly id: string;
  readonly original: string;
  readonly process: string;
  readonly processId: string;
  readonly type: string;
  readonly at: number;
  readonly durationMs: number;
  readonly status: string;
  readonly message: string;
  readonly inbound: number;
  readonly errors: number;
  readonly outbound: number;
}

function executionRecord(run: Run): string {
  const original = run.original === '' ? '' : `,"originalExecutionId":"${run.original}"`;
  const message = run.message === '' ? '' : `,"message":${JSON.stringify(run.message)}`;
  return (
    `{"@type":"ExecutionRecord","executionId":"${run.id}","account":"${BOOMI.account}","executionTime":"${isoSeconds(run.at)}"` +
    `,"status":"${run.status}","executionType":"${run.type}","processName":"${run.process}","processId":"${run.processId}"` +
    `,"atomName":"${BOOMI.atomName}","atomId":"${BOOMI.atomId}","inboundDocumentCount":${run.inbound},"inboundErrorDocumentCount":${run.errors}` +
    `,"outboundDocumentCount":${run.outbound},"executionDuration":["Long",${run.durationMs}]${message}${original}` +
    `,"inboundDocumentSize":["Long",${run.inbound * 1_120}],"outboundDocumentSize":["Long",${run.outbound * 980}]` +
    `,"recordedDate":"${isoSeconds(run.at + run.durationMs)}"}`
  );
}
