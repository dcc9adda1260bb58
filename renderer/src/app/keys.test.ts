import { describe, expect, it } from 'vitest';
import { keyCaps, matchStroke, strokeName } from './keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };
const commands = [{ id: 'palette', keys: 'mod+k' }, { id: 'help', keys: '?' }, { id: 'records', keys: 'g r' }, { id: 'none' }];

describe('strokeName', () => {
  it('treats Ctrl and Cmd alike and ignores lone modifiers', () => {
    expect(strokeName({ ...plain, key: 'K', metaKey: true })).toBe('mod+k');
    expect(strokeName({ ...plain, key: 'k', ctrlKey: true })).toBe('mod+k');
    expect(strokeName({ ...plain, key: 'Shift' })).toBeUndefined();
    expect(strokeName({ ...plain, key: '?' })).toBe('?');
  });
});

describe('matchStroke', () => {
  it('runs single strokes', () => {
    expect(matchStroke(commands, undefined, '?')).toEqual({ kind: 'run', command: commands[1] });
  });

  it('waits after the first of two, then runs', () => {
    expect(matchStroke(commands, undefined, 'g')).toEqual({ kind: 'pending', prefix: 'g' });
    expect(matchStroke(commands, 'g', 'r')).toEqual({ kind: 'run', command: commands[2] });
  });

  it('tries a stroke that completes nothing on its own', () => {
    expect(matchStroke(commands, 'g', '?')).toEqual({ kind: 'run', command: commands[1] });
    expect(matchStroke(commands, 'g', 'x')).toEqual({ kind: 'none' });
  });
});

it('shows keys as they are printed', () => {
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
  expect(keyCaps('g r', false)).toEqual(['G', 'R']);
});
