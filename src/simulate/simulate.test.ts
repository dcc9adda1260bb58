import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelled, UserError } from '../model/errors.ts';
import { TRUTH_MARK, simulate } from './index.ts';
import { USUAL } from './shop/faults.ts';
import type { SimulationOptions, SimulationSummary, Truth } from './index.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'waybill-simulate-'));
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const run = (name: string, options: Partial<SimulationOptions> = {}): Promise<SimulationSummary> =>
  simulate({ out: join(root, name), orders: 600, seed: 7, ...options });

async function contents(name: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(join(root, name), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    files.set(
      path.slice(join(root, name).length + 1).replaceAll('\\', '/'),
      (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'),
    );
  }
  return files;
}

async function digest(name: string): Promise<string> {
  const hash = createHash('sha256');
  for (const [file, text] of [...(await contents(name))].toSorted(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${file}\n${text}`);
  return hash.digest('hex');
}

const truthOf = async (name: string): Promise<Truth> => JSON.parse(await readFile(join(root, name, 'truth.json'), 'utf8')) as Truth;
const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('the company', () => {
  let files: Map<string, string>;
  let summary: SimulationSummary;
  const all = (prefix: string): [string, string][] => [...files].filter(([name]) => name.startsWith(prefix));

  beforeAll(async () => {
    summary = await run('company', { faults: Object.fromEntries(USUAL.map((fault) => [fault, 0.02])) });
    files = await contents('company');
  });

  it('writes the same bytes for the same seed, and others for another', async () => {
    await run('again', { faults: Object.fromEntries(USUAL.map((fault) => [fault, 0.02])) });
    await run('other', { seed: 8 });
    expect(await digest('again')).toBe(await digest('company'));
    expect(await digest('other')).not.toBe(await digest('company'));
  });

  it('lists what it wrote', () => {
    expect(summary.files.map((file) => file.name).toSorted()).toEqual([...files.keys()].toSorted());
    for (const system of ['shop/', 'payments/', 'boomi/', 'erp/', 'wms/', 'crm/']) expect(all(system).length).toBeGreaterThan(2);
    expect([...files.keys()].some((name) => name.endsWith('.gz'))).toBe(true);
  });

  it('writes JSON lines, JSON documents and tables that parse', () => {
    let entries = 0;
    for (const [, text] of [...all('shop/shop-events'), ...all('wms/')]) {
      for (const line of lines(text)) {
        expect(JSON.parse(line)).toHaveProperty('event');
        entries++;
      }
    }
    for (const [, text] of all('shop/orders-export')) entries += (JSON.parse(text) as { orders: unknown[] }).orders.length;
    for (const [, text] of all('crm/')) entries += (JSON.parse(text) as unknown[]).length;
    for (const [name, text] of [...all('payments/'), ...all('erp/erp-status')]) {
      const separator = name.startsWith('payments/') ? ';' : ',';
      const [head, ...rows] = lines(text);
      for (const row of rows) expect(row.split(separator).length).toBe(head!.split(separator).length);
      entries += rows.length;
    }
    for (const [, text] of all('erp/erp-sales')) {
      for (const line of lines(text)) {
        const entry =
          /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\+0530 (INFO |ERROR) \[order-worker-\d\] \[order=\d{10}, document=45\d{8}.*\] com\.acme\.\S+ - /.test(
            line,
          );
        expect(
          entry || /^(\tat |java\.lang\.|.*document=46\d{8}|.* INFO  \[scheduler-1\] com\.acme\.erp\.batch\.Scheduler - )/.test(line),
          line,
        ).toBe(true);
        if (!/^(\tat |java\.lang\.)/.test(line)) entries++;
      }
    }
    for (const [, text] of [...all('boomi/execution-records'), ...all('boomi/connector-records')]) {
      entries += boomiResults(text).length;
    }
    expect(entries).toBe(summary.events);
  });

  it('answers Boomi queries in pages of at most 100, with a token where another follows', () => {
    for (const [, text] of all('boomi/connector-records')) {
      const pages = boomiPages(text);
      pages.forEach((page, i) => {
        expect(page['@type']).toBe('QueryResult');
        expect(page.result.length).toBe(page.numberOfResults);
        expect(page.result.length).toBeLessThanOrEqual(100);
        expect(page.queryToken !== undefined).toBe(i + 1 < pages.length);
      });
    }
    const runs = all('boomi/execution-records').flatMap(([, text]) => boomiResults(text));
    const ids = new Set(runs.map((result) => result['executionId']));
    const documents = all('boomi/connector-records').flatMap(([, text]) => boomiResults(text));
    expect(documents.every((document) => ids.has(document['executionId']))).toBe(true);
    const retries = runs.filter((result) => result['executionType'] === 'retry_sched');
    expect(retries.length).toBeGreaterThan(0);
    expect(retries.every((retry) => ids.has(retry['originalExecutionId']))).toBe(true);
    const batches = runs.filter((result) => result['processName'] === 'Orders to CRM');
    expect(Math.max(...batches.map((batch) => Number(batch['inboundDocumentCount'])))).toBeGreaterThan(3);
    for (const batch of batches) {
      expect(documents.filter((document) => document['executionId'] === batch['executionId']).length).toBe(batch['inboundDocumentCount']);
    }
  });

  it('keeps process logs of failed runs, in five columns', () => {
    const logs = all('boomi/process-logs/');
    const failed = all('boomi/execution-records')
      .flatMap(([, text]) => boomiResults(text))
      .filter((result) => result['status'] === 'ERROR');
    expect(failed.length).toBeGreaterThan(0);
    for (const result of failed) expect(files.has(`boomi/process-logs/${String(result['executionId'])}_process_log.txt`)).toBe(true);
    for (const [, text] of logs) {
      for (const line of lines(text)) expect(line.split('\t').length === 5 || /^(\tat |java\.)/.test(line), line).toBe(true);
    }
  });

  it('names in the truth only orders that exist, each once, and counts the rest', async () => {
    const truth = await truthOf('company');
    const placed = new Set(
      all('shop/shop-events').flatMap(([, text]) => lines(text).map((line) => (JSON.parse(line) as { orderNumber: string }).orderNumber)),
    );
    expect(placed.size).toBe(600);
    const faulty = truth.faults.map((fault) => fault.record.key);
    expect(new Set(faulty).size).toBe(faulty.length);
    for (const key of [...faulty, ...truth.open, ...truth.outsideCoverage]) expect(placed.has(key)).toBe(true);
    expect(truth.clean).toBe(600 - new Set([...faulty, ...truth.open, ...truth.outsideCoverage]).size);
    expect(truth.outsideCoverage.length).toBeGreaterThan(0);
    expect(truth.open.length).toBeGreaterThan(0);
    expect(files.get('truth.json')!.startsWith(TRUTH_MARK)).toBe(true);
    // Thirteen faults at 2 % each: 156 expected, five deviations to either side.
    expect(Math.abs(faulty.length - 156)).toBeLessThan(54);
  });

  it('ends the log of the CRM early, and everything at the end of the data', async () => {
    const truth = await truthOf('company');
    const ends = Date.parse(truth.coverage[0]!.endsAt);
    const times = all('crm/').flatMap(([, text]) =>
      (JSON.parse(text) as { ModifiedOn: string }[]).map((entry) => Number(/\d+/.exec(entry.ModifiedOn)![0])),
    );
    expect(Math.max(...times)).toBeLessThan(ends);
    expect(ends).toBeLessThan(Date.parse(truth.dataEndsAt));
    const warehouse = all('wms/').flatMap(([, text]) => lines(text).map((line) => (JSON.parse(line) as { ts: number }).ts));
    expect(Math.max(...warehouse)).toBeLessThan(Date.parse(truth.dataEndsAt));
    expect(Math.max(...warehouse)).toBeGreaterThan(ends);
  });
});

describe('plain events', () => {
  it('come by time, about 350 bytes a line, with every order causally in order', async () => {
    const summary = await run('plain', { format: 'ndjson', orders: 2_000 });
    const text = await readFile(join(root, 'plain', 'events.ndjson'), 'utf8');
    const events = lines(text).map((line) => JSON.parse(line) as { ts: string; step: string; order_id: string; duration_ms: number });
    expect(events.length).toBe(summary.events);
    expect(summary.events / 2_000).toBeGreaterThan(10);
    expect(text.length / events.length).toBeGreaterThan(300);
    expect(text.length / events.length).toBeLessThan(400);
    const truth = await truthOf('plain');
    const faulty = new Set(truth.faults.map((fault) => fault.record.key));
    const rank = ['checkout', 'authorize', 'capture', 'order-to-erp', 'create', 'confirm', 'allocate', 'pick', 'ship', 'fulfilled'];
    const furthest = new Map<string, number>();
    let before = '';
    for (const event of events) {
      expect(event.ts >= before).toBe(true);
      before = event.ts;
      const at = rank.indexOf(event.step);
      if (at < 0 || faulty.has(event.order_id)) continue;
      const reached = furthest.get(event.order_id) ?? -1;
      // The second shipment of a split order is picked after the first was, maybe after it was shipped.
      expect(at >= reached || event.step === 'pick').toBe(true);
      furthest.set(event.order_id, Math.max(at, reached));
    }
    expect(furthest.size + faulty.size).toBe(2_000);
  });

  it('never inject what only exports would show', async () => {
    const { faults } = await run('few', {
      format: 'ndjson',
      orders: 500,
      faults: Object.fromEntries(USUAL.map((fault) => [fault, 0.04])),
    });
    expect(faults['mismatch/state']).toBeUndefined();
    expect(faults['mismatch/stale']).toBeUndefined();
    expect(faults['gap/partial']).toBeGreaterThan(5);
  });

  it('have no faults where none are asked for', async () => {
    const summary = await run('none', { format: 'ndjson', orders: 300, faults: Object.fromEntries(USUAL.map((fault) => [fault, 0])) });
    expect(summary.faults).toEqual({});
    expect((await truthOf('none')).faults).toEqual([]);
  });
});

describe('options', () => {
  it('are refused with a sentence when they make no sense', async () => {
    await expect(run('bad', { orders: 0 })).rejects.toThrow(UserError);
    await expect(run('bad', { orders: 1.5 })).rejects.toThrow(/--orders must be a whole number/);
    await expect(run('bad', { start: 'soon' })).rejects.toThrow(/--start/);
    await expect(run('bad', { faults: { 'delay/hop': 0.9 } })).rejects.toThrow(/fault rates/);
  });

  it('name a folder that cannot be made', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(simulate({ out: join(root, 'file', 'below'), orders: 1, seed: 1 })).rejects.toThrow(/cannot be made/);
  });

  it('let a run be cancelled', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const running = simulate({ out: join(root, 'stop'), orders: 5_000, seed: 1, signal: controller.signal }, (progress) => {
      seen.push(progress.orders);
      controller.abort();
    });
    await expect(running).rejects.toThrow(Cancelled);
    expect(seen).toEqual([500]);
  });
});

interface Page {
  readonly '@type': string;
  readonly result: readonly { readonly [field: string]: unknown }[];
  readonly numberOfResults: number;
  readonly queryToken?: string;
}

/** Pages stand one after the other, as somebody saves them. */
function boomiPages(text: string): Page[] {
  return text
    .split(/^(?=\{"@type":"QueryResult")/m)
    .filter((page) => page !== '')
    .map((page) => JSON.parse(page) as Page);
}

const boomiResults = (text: string): Page['result'] => boomiPages(text).flatMap((page) => page.result);
