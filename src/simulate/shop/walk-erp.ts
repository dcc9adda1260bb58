import { MINUTE, SECOND } from '../calendar.ts';
import type { Outcome } from './event.ts';
import type { Path } from './path.ts';
import type { States } from './states.ts';

/** `execution-<uuid>-<yyyy.MM.dd>`, as Boomi builds them. */
export function executionId(uuid: string, at: number): string {
  return `execution-${uuid}-${new Date(at).toISOString().slice(0, 10).replaceAll('-', '.')}`;
}

interface Run {
  readonly at: number;
  readonly durationMs: number;
  readonly executionType: string;
  readonly original: string;
  /** 1-based count over the retries; Boomi itself does not write it. */
  readonly attempt: number;
  /** When each call of the ERP connector began, and how it went. The last one decides the run. */
  readonly calls: readonly { readonly at: number; readonly outcome: Outcome }[];
}

const REFUSED = 'Connection refused: erp-gw.acme.example:8443';

/** One run of the listener process with its documents. Answers its execution id. */
function writeRun(path: Path, run: Run, error: string): string {
  const id = executionId(path.random.uuid(), run.at);
  const outcome = run.calls.at(-1)!.outcome;
  const boomi = { kind: 'listener', executionType: run.executionType, originalExecution: run.original } as const;
  path.write('boomi-run', run.at, 'boomi', 'order-to-erp', 'order-to-erp', {
    outcome,
    durationMs: run.durationMs,
    execution: id,
    attempt: run.attempt,
    message: outcome === 'failed' ? error : '',
    boomi: { ...boomi, documentIndex: 0, runIndex: run.calls.length, start: false },
  });
  path.write('boomi-document', run.at, 'boomi', 'order-to-erp', 'Listen Orders', {
    execution: id,
    boomi: { ...boomi, documentIndex: 0, runIndex: 1, start: true },
  });
  run.calls.forEach((call, i) => {
    path.write('boomi-document', call.at, 'boomi', 'order-to-erp', 'Create Sales Order', {
      outcome: call.outcome,
      execution: id,
      message: call.outcome === 'failed' ? error : '',
      boomi: { ...boomi, documentIndex: i, runIndex: i + 2, start: false },
    });
  });
  return id;
}

/** Integration platform and ERP: from captured money to a confirmed sales order. Answers when, or undefined when it ends here. */
export function walkErp(path: Path, states: States, paidAt: number): number | undefined {
  const { order, random } = path;
  let at = path.hop('integrate', paidAt, 'boomi', 'order-to-erp');
  if (path.has('gap/missing-step', 'integrate')) {
    path.strike('boomi', 'order-to-erp', at, 'the order never reached the integration platform; nothing follows');
    return undefined;
  }
  const failures = path.has('error/exhausted', 'integrate') ? 3 : path.has('retry/declared', 'integrate') ? 1 : 0;
  let original = '';
  const firstAt = at;
  for (let attempt = 1; attempt <= failures; attempt++) {
    const run: Run = {
      at,
      durationMs: 5_300 + random.int(0, 900),
      executionType: attempt === 1 ? 'exec_listener' : 'retry_sched',
      original,
      attempt,
      calls: [{ at: at + 300, outcome: 'failed' }],
    };
    const id = writeRun(path, run, REFUSED);
    original = original === '' ? id : original;
    at += run.durationMs + 5 * MINUTE + random.int(0, 20 * SECOND);
  }
  if (path.has('error/exhausted', 'integrate')) {
    path.strike('boomi', 'order-to-erp', firstAt, 'the run and both of its scheduled retries failed; nothing follows');
    return undefined;
  }
  if (failures > 0) path.strike('boomi', 'order-to-erp', firstAt, 'the run failed, its scheduled retry went through');
  return createAndConfirm(path, states, { at, original, attempt: failures + 1, amountCents: erpAmount(path) }, order.document);
}

interface Handover {
  readonly at: number;
  readonly original: string;
  readonly attempt: number;
  readonly amountCents: number;
}

function createAndConfirm(path: Path, states: States, from: Handover, document: string): number | undefined {
  const { random } = path;
  const hidden = path.has('retry/hidden', 'integrate') ? random.int(1, 2) : 0;
  const calls: { at: number; outcome: Outcome }[] = [];
  let callAt = from.at + 300;
  for (let i = 0; i < hidden; i++) {
    calls.push({ at: callAt, outcome: 'failed' });
    callAt += 4 * SECOND * 2 ** i + random.int(0, 500);
  }
  calls.push({ at: callAt, outcome: 'ok' });
  if (hidden > 0)
    path.strike('boomi', 'Create Sales Order', from.at + 300, `the connector was called ${hidden + 1} times inside one run, with no flag`);
  const createAt = path.hop('create', callAt, 'erp', 'create');
  const create = path.duration('create', createAt, 'erp', 'create');
  const lost = path.has('gap/missing-step', 'create');
  const run: Run = {
    at: from.at,
    durationMs: createAt + create + 150 - from.at,
    executionType: from.original === '' ? 'exec_listener' : 'retry_sched',
    original: from.original,
    attempt: from.attempt,
    calls,
  };
  writeRun(path, run, 'Read timed out after 3500 ms');
  if (lost) {
    path.strike('erp', 'create', createAt, 'the integration platform reports success, the ERP never saw the order; nothing follows');
    return undefined;
  }
  const said = { reference: document, amountCents: from.amountCents };
  path.write('erp', createAt, 'erp', 'sales-order', 'create', {
    ...said,
    durationMs: create,
    state: 'OPEN',
    message: 'Sales order created',
  });
  if (from.amountCents !== path.order.amountCents) {
    path.strike('erp', 'create', createAt, `amount ${from.amountCents} cents instead of ${path.order.amountCents}`);
  }
  states.erp(createAt + create, 'OPEN');
  if (path.has('gap/stopped', 'create')) {
    path.strike('erp', 'create', createAt, 'created, and then nothing');
    return undefined;
  }
  const overtaken = path.has('order/out-of-order');
  const confirmAt = overtaken
    ? createAt + create + random.int(3 * MINUTE, 5 * MINUTE)
    : path.hop('confirm', createAt + create, 'erp', 'confirm');
  if (overtaken) path.strike('erp', 'confirm', confirmAt, 'the warehouse had begun before the sales order was confirmed');
  const confirm = path.duration('confirm', confirmAt, 'erp', 'confirm');
  if (path.has('error/failed', 'confirm')) {
    path.write('erp', confirmAt, 'erp', 'sales-order', 'confirm', {
      ...said,
      outcome: 'failed',
      durationMs: confirm,
      state: 'OPEN',
      message: 'Sales order blocked: credit limit could not be read',
    });
    path.strike('erp', 'confirm', confirmAt, 'confirming failed and was not tried again; nothing follows');
    return undefined;
  }
  path.write('erp', confirmAt, 'erp', 'sales-order', 'confirm', {
    ...said,
    durationMs: confirm,
    state: 'CONFIRMED',
    message: 'Sales order confirmed',
  });
  states.erp(confirmAt + confirm, 'CONFIRMED');
  if (path.has('duplicate/delivery', 'create')) createTwice(path, from.amountCents, confirmAt + confirm);
  return confirmAt + confirm;
}

/** The shop's webhook is delivered again: a second run, a second document in the ERP. */
function createTwice(path: Path, amountCents: number, after: number): void {
  const { order, random } = path;
  const at = after + random.int(20 * SECOND, 2 * MINUTE);
  const document = String(Number(order.document) + 100_000_000);
  path.extraReferences.push(document);
  const createAt = at + 1_200;
  const durationMs = random.int(500, 900);
  writeRun(
    path,
    {
      at,
      durationMs: 1_350 + durationMs,
      executionType: 'exec_listener',
      original: '',
      attempt: 1,
      calls: [{ at: at + 300, outcome: 'ok' }],
    },
    '',
  );
  path.write('erp', createAt, 'erp', 'sales-order', 'create', {
    durationMs,
    reference: document,
    amountCents,
    state: 'OPEN',
    message: 'Sales order created',
  });
  path.strike('erp', 'create', createAt, `created again as document ${document} after the first had been confirmed`);
}

/** What the ERP takes the amount to be: the shop's, unless the fault says otherwise (cents taken for euros, tax left out, a wrong digit). */
function erpAmount(path: Path): number {
  const { amountCents } = path.order;
  if (!path.has('mismatch/field')) return amountCents;
  return path.random.pick([amountCents * 100, Math.round(amountCents / 1.19), amountCents + path.random.int(1, 9) * 100]);
}
