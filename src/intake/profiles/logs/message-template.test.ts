import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate, templateStep } from './message-template.ts';

describe('message templates', () => {
  it.each([
    ['Hello, {User}', { User: 'Ann' }, [], 'Hello, Ann'],
    ['{A} of {@B} and {$C}', { A: 1, B: { x: 2 }, C: true }, [], '1 of {"x":2} and true'],
    ['cost {Amount:0.00} for {Item}', { Amount: 3.2, Item: 'apple' }, ['3.20'], 'cost 3.20 for apple'],
    ['{Left,10}|{Right,-4:x}', { Left: 'a', Right: 255 }, ['ff'], 'a|ff'],
    ['{{not a hole}} {Missing} {}', {}, [], '{not a hole} {Missing} {}'],
    ['open {Name', { Name: 'x' }, [], 'open {Name'],
    ['{0} and {1}', { 0: 'a', 1: 'b' }, [], 'a and b'],
  ])('renders %s', (template, values, renderings, message) => {
    expect(renderTemplate(template, values, renderings)).toBe(message);
  });

  it.each([
    ['Posted {OrderId} to {Target:l} in {Elapsed:0.0} ms', 'Posted … to … in … ms'],
    ['Posting {OrderId} failed: {Reason}', 'Posting … failed'],
    ['Started', 'Started'],
    ['{Message}', ''],
  ])('names the step of %s', (template, step) => {
    expect(templateStep(template)).toBe(step);
  });

  it('renders anything', () => {
    const piece = fc.oneof(fc.constantFrom('{', '}', '{{', '}}', '{A}', '{@A:', ',5}', ':x}'), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof renderTemplate(pieces.join(''), { A: 'value' }, [null, 'x'])).toBe('string');
        expect(templateStep(pieces.join('')).length).toBeLessThanOrEqual(80);
      }),
    );
  });
});
