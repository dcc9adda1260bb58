import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, importPaths } from './support/engine.ts';

/** The fixtures of the EDI profiles through the whole engine: what was sent, acknowledged, answered, shipped and billed is one journey. */
const FIXTURES = join(import.meta.dirname, 'golden/profiles');

async function journey(id: string, ...files: readonly string[]) {
  const { client } = await bench();
  await importPaths(
    client,
    files.map((file) => join(FIXTURES, file)),
  );
  return client.journeys.get({ id, type: 'order' });
}

test('X12: order, acknowledgement, response, ship notice, invoice', async () => {
  const order = await journey('PO-77', 'x12/input.edi');
  expect(order.steps.map((step) => `${step.system} ${step.step} ${step.status}`)).toEqual([
    'BUYER purchase order unknown',
    'SELLER acknowledge 850 succeeded',
    'SELLER order response succeeded-with-warning',
    'SELLER ship notice unknown',
    'SELLER invoice unknown',
  ]);
  const amount = order.state.find((field) => field.field === 'amount');
  expect([amount?.agree, amount?.values.map(({ system, value }) => [system, value])]).toEqual([
    false,
    [
      ['BUYER', '127.9'],
      ['SELLER', '108'],
    ],
  ]);
});

test('X12: a rejected transaction set is an error of its order and of no other in the group', async () => {
  const order = await journey('PO-78', 'x12/input.edi');
  expect(order.status).toBe('failed');
  expect(order.steps.map((step) => step.step)).toEqual(['purchase order', 'acknowledge 850', 'order response']);
  expect(order.steps[1]?.attempts[0]?.error).toContain('segment PO1 (4)');
});

test('EDIFACT: an acknowledgement of the interchange belongs to the one order in it', async () => {
  const order = await journey('PO-500', 'edifact/contrl.edi');
  // First it was only received (8), then refused (4): one acknowledgement with two messages.
  expect(order.steps.map((step) => `${step.step} ${step.status}`)).toEqual(['purchase order unknown', 'acknowledge interchange failed']);
  expect(order.steps[1]?.attempts[0]?.events).toHaveLength(2);
});

test('EDIFACT: an order and its response with the same number, through to the invoice', async () => {
  const order = await journey('7', 'edifact/input.edi');
  expect(order.record.type).toBe('order');
  expect(order.steps.map((step) => step.step).slice(0, 5)).toEqual([
    'purchase order',
    'acknowledge ORDERS',
    'order response',
    'despatch advice',
    'invoice',
  ]);
});
