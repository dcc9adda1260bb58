import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import type { SourceContext, TextPattern } from './mapper.ts';
import { PLATFORM_PROFILES } from './profiles/index.ts';
import { stepsToldInText } from './told-in-text.ts';
import { compileFor, understand } from './understand.ts';

const PATTERNS: readonly TextPattern[] = [{ type: 'order', source: String.raw`\bSO-\d{2,4}\b`, example: 'SO-77' }];
const SOURCE: SourceContext = {
  name: 'erp.ndjson',
  formatId: 'ndjson',
  options: {},
  header: undefined,
  system: 'erp',
  zone: '',
  textPatterns: [],
};

function ask(messages: readonly string[]) {
  const entries = messages.map((message, i): Entry => ({
    kind: 'tree',
    place: { offset: i * 100, length: 90, line: i + 1 },
    value: { time: `2031-03-04T09:${String(10 + i)}:00Z`, level: 'INFO', message },
    context: undefined,
  }));
  const { mapping } = understand(entries, SOURCE, {}, PLATFORM_PROFILES);
  expect(mapping.kind).toBe('note');
  return stepsToldInText(mapping, entries, compileFor({ ...SOURCE, textPatterns: PATTERNS }, mapping, PLATFORM_PROFILES));
}

const often = (text: (i: number) => string): string[] => Array.from({ length: 20 }, (_, i) => text(i));

describe('stepsToldInText', () => {
  it('takes lines for steps that name a record in their text', () => {
    expect(ask(often((i) => `Created sales order for SO-${70 + i}`))).toMatchObject({
      kind: 'step',
      reason: '20 of 20 lines name a record in their text, in 1 kinds of messages: the message says what happened',
    });
  });

  it('leaves them notes where few name one, or each says something else', () => {
    expect(ask(often((i) => (i < 5 ? `Created sales order for SO-${70 + i}` : 'heartbeat from the scheduler thread')))).toBeUndefined();
    const word = (i: number): string => 'abcdefghijklmnopqrst'.charAt(i).repeat(4);
    expect(ask(often((i) => `${word(i)} has been ${word(19 - i)} beside SO-${70 + i} today`))).toBeUndefined();
  });
});
