import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceOf, runProfile, type Emitted } from '../../../../test/golden/profiles/run-profile.ts';
import { PLATFORM_PROFILES } from '../../profiles/index.ts';
import { chooseFormat } from '../index.ts';
import { collect, type Collected } from '../test-harness.ts';
import { treesOf } from './testing.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/payloads/edi');
const present = existsSync(DATA);
if (!present) console.info(`skipped: the real EDI files are not at ${DATA}`);

async function read(name: string): Promise<Collected & { readonly format: string; readonly mapped: Emitted }> {
  const bytes = readFileSync(join(DATA, name));
  const choice = chooseFormat({ name, bytes, text: bytes.toString(), complete: true });
  if (choice === undefined) throw new Error('no format fits');
  const { format, detection } = choice;
  const collected = await collect(format, bytes, detection.options, [1021]);
  for (const { place } of collected.entries) {
    const shown = format.parse(bytes.subarray(place.offset, place.offset + place.length), detection.options);
    expect(treesOf(collected.entries)).toContainEqual(shown);
  }
  const source = sourceOf(name, format.id, { options: detection.options });
  const [profile, ...others] = PLATFORM_PROFILES.filter((one) => one.recognise(collected.entries, source) !== undefined);
  if (profile === undefined) throw new Error('no profile fits');
  expect([profile.id, others]).toEqual([format.id, []]);
  return { ...collected, format: format.id, mapped: runProfile(profile, collected.entries, source) };
}

// Counts from the index of the files, computed there with other tools.
describe.skipIf(!present)('real EDI files', () => {
  it('X12: one interchange, two groups, three transaction sets', async () => {
    const { format, entries, rejections, mapped } = await read('x12__invoice810_po850_dual.edi');
    expect([format, rejections, mapped.refused]).toEqual(['x12', [], []]);
    expect(treesOf(entries).map((tree) => tree['message'])).toEqual(['810', '810', '850']);
    const contexts = entries.map((entry) => (entry.kind === 'tree' ? entry.context : undefined));
    expect(new Set(contexts.map((context) => context?.['interchange'])).size).toBe(1);
    expect(new Set(contexts.map((context) => context?.['group'])).size).toBe(2);
    expect(treesOf(entries).every((tree) => tree['problems'] === undefined)).toBe(true);
    expect(mapped.events.map((event) => [event['step'], event['system']])).toEqual([
      ['invoice', 'SENDERISA'],
      ['invoice', 'SENDERISA'],
      ['purchase order', 'SENDERISA'],
    ]);
    // A date with two digits of the year in an old version.
    expect(mapped.events[2]!['time']).toBe('2002-09-06T08:09:00Z');
    expect(mapped.events[0]!['attributes']).toContain('amount=2554.38 (number)');
  });

  it('X12: three interchanges in one file, each with one rejection', async () => {
    const { entries, rejections, mapped } = await read('x12__simple997-multiple-interchanges.edi');
    expect([entries.length, rejections.length]).toEqual([3, 0]);
    expect(mapped.events.map((event) => [event['step'], event['status'], event['statusRaw']])).toEqual([
      ['acknowledge 837', 'failed', 'R'],
      ['acknowledge 837', 'failed', 'R'],
      ['acknowledge 837', 'failed', 'R'],
    ]);
  });

  it('EDIFACT: an order with a group and without a service string advice', async () => {
    const { format, entries, rejections, mapped } = await read('EDIFACT__orders-with-group.edi');
    expect([format, entries.length, rejections.length]).toEqual(['edifact', 1, 0]);
    expect(entries[0]!.kind === 'tree' ? entries[0]!.context : undefined).toMatchObject({ group: { UNG01: 'ORDERS' } });
    expect(mapped.events[0]!['step']).toBe('purchase order');
    // Its trailer says 21 segments; wc counts 18 lines from UNH to UNT.
    expect(treesOf(entries)[0]!['problems']).toEqual(['UNT01 says 21 segments, there are 18']);
  });

  it('EDIFACT: an invoice with all separators changed', async () => {
    const { format, entries, rejections, mapped } = await read('EDIFACT__invoic_d97b_una.edi');
    expect([format, entries.length, rejections.length]).toEqual(['edifact', 1, 0]);
    expect(treesOf(entries)[0]!['problems']).toBeUndefined();
    expect(mapped.events[0]).toMatchObject({ step: 'invoice', time: '2006-05-15T14:34:00Z' });
    expect(mapped.events[0]!['attributes']).toEqual(
      expect.arrayContaining(['amount=2137.58 (number)', 'currency=USD', 'items=2 (number)', 'quantity=1040 (number)']),
    );
  });
});
