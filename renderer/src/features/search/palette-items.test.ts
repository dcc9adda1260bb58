import { describe, expect, it } from 'vitest';
import type { WireSearchHit } from '../../../../src/api/wire.ts';
import type { Command } from '../../app/commands.ts';
import { groupsFor } from './palette-items.ts';

const hit = (key: string, matched = key): WireSearchHit => ({ type: 'order', key, matched, journey: null, status: null, severity: null });
const command = (title: string): Command => ({ id: title, title, group: 'Go to', run: () => undefined });
const commands = [command('Records'), command('Findings')];
const labels = (text: string, hits: readonly WireSearchHit[]): readonly string[] =>
  groupsFor(text, hits, commands).map((group) => group.label);

describe('groupsFor', () => {
  it('shows all commands when nothing was typed', () => {
    expect(groupsFor('', [], commands)).toHaveLength(1);
    expect(groupsFor('', [], commands)[0]?.items).toHaveLength(2);
  });

  it('puts an exact identifier first, so that Enter opens its journey', () => {
    expect(labels('rec', [hit('SO-1', 'REC')])).toEqual(['Records', 'Commands']);
    const first = groupsFor('0000001042', [hit('SO-1042', '0000001042')], commands)[0]?.items[0];
    expect(first).toMatchObject({ kind: 'hit', hit: { key: 'SO-1042' } });
  });

  it('puts a command first whose title begins so, when no identifier is exactly that', () => {
    expect(labels('rec', [hit('RECEIPT-7')])).toEqual(['Commands', 'Records']);
  });

  it('offers the records page after the hits', () => {
    expect(groupsFor('SO', [hit('SO-1'), hit('SO-2')], commands)[0]?.items.at(-1)).toEqual({ kind: 'records', id: 'records', text: 'SO' });
  });
});
