import { describe, expect, it } from 'vitest';
import { kindsOf, world } from './testing.ts';
import type { Edit, World } from './testing.ts';

const TRACE = 'Connection refused: gw:8443\r\njava.net.ConnectException: Connection refused\r\n\tat a.b.C(C.java:1)';

const OWN_WORDS: Edit = (lines) => lines.map((line) => (line.step === 'confirm' ? { ...line, step: 'confirm\r\n  order' } : line));

const fails: Edit = (lines, order) =>
  OWN_WORDS(lines, order)
    .map((line) => (line.step.startsWith('confirm') ? { ...line, status: 'failed' as const, error: TRACE } : line))
    .slice(0, 3);

/** Cancelled in the words of the ERP, which take two lines; the shop was told, or not. */
const cancelled =
  (systems: readonly string[]): Edit =>
  (lines, order) =>
    OWN_WORDS(lines, order).map((line) =>
      line.kind === 'snapshot' && systems.includes(line.system) ? { ...line, statusRaw: 'CANCELLED\nsee note' } : line,
    );

function sentences({ verdicts }: World): string[] {
  return verdicts.flatMap(({ findings, statusReason }) => [
    statusReason,
    ...findings.flatMap(({ title, explanation, expected, actual }) => [title, explanation, expected, actual]),
  ]);
}

describe('what is said of a journey', () => {
  const edits = Array.from({ length: 200 }, (_, order) => (order % 10 === 1 ? cancelled(['erp', 'shop']) : OWN_WORDS));
  const told = world({ edits: { ...edits, 90: fails, 120: cancelled(['erp']) } });

  it('is one line each, whatever the log holds', () => {
    expect(kindsOf(told.verdicts[90])).toEqual(['error/failed']);
    expect(kindsOf(told.verdicts[120])).toEqual(['mismatch/state']);
    for (const sentence of sentences(told)) expect(sentence).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
    for (const { statusReason } of told.journeys) expect(statusReason).not.toMatch(/[\r\n]/);
  });

  it('keeps what the first line says', () => {
    expect(told.verdicts[90]?.findings[0]?.title).toBe('erp confirm order failed: Connection refused: gw:8443');
    expect(told.verdicts[90]?.statusReason).toBe('erp confirm order failed: Connection refused: gw:8443; nothing recovered it.');
    expect(told.verdicts[120]?.findings[0]?.title).toContain('CANCELLED see note');
  });

  it('leaves the whole text with the attempt', () => {
    expect(told.journeys[90]?.steps.at(-1)?.attempts[0]?.error).toBe(TRACE);
  });
});
