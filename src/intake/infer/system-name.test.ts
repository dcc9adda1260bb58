import { describe, expect, it } from 'vitest';
import { systemFromName } from './system-name.ts';

describe('systemFromName', () => {
  it.each([
    ['wms-events-2026-05-04.ndjson', 'wms'],
    ['erp/2026-05-04.log', 'erp'],
    ['erp/document-log-2026-05-04.csv', 'erp'],
    ['erp/deliveries-2026-05-04.csv', 'erp'],
    ['wms/delivery-status-2026-05-04.csv', 'wms'],
  ])('%s is of %s: what a file holds is not whose it is', (name, system) => {
    expect(systemFromName(name).system).toBe(system);
  });

  it.each([
    ['deliveries-2026-05-04.csv', 'deliveries'],
    ['payments/payments-2026-05-04.csv', 'payments'],
    ['2026/documents.json', 'documents'],
  ])('%s names no system, so its first word stands in', (name, system) => {
    expect(systemFromName(name)).toMatchObject({ system, reason: expect.stringContaining('nothing names a system') as string });
  });
});
