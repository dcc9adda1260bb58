import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROLES } from '../../mapper.ts';
import { TIME_SHAPES } from '../../time/index.ts';
import { STATUS_FORMATS } from '../vocabulary.ts';
import { readProfile } from './parse.ts';
import { profileSchema } from './schema.ts';
import { readWith } from './testing.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/profiles.md'), 'utf8');

function blocks(language: string): string[] {
  return [...PAGE.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter((match) => match[1] === language).map((match) => match[2]!);
}

describe('the page about profiles', () => {
  it('has profiles that can be used', () => {
    expect(blocks('yaml').length).toBeGreaterThan(2);
    for (const yaml of blocks('yaml')) expect(readProfile(yaml).problems).toEqual([]);
  });

  it('says what its example gives', async () => {
    const { events, refused } = await readWith(blocks('yaml')[0], 'erp/2031/orders.json', blocks('json')[0]!);
    expect(refused).toEqual([]);
    const rows = events.map(({ time, step, status, ids, attributes }) => {
      const values = Object.entries(attributes).map(([name, value]) => `${name} ${value}`);
      return `| ${time} | ${step} | ${status} | ${ids.toSorted(inPage).join(', ')} | ${values.join(', ')} |`;
    });
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(PAGE).toContain(row);
    expect(events[1]?.error).toBe('no stock');
  });

  it('names every key, role, form of time and way to write a status', () => {
    for (const name of [...Object.keys(profileSchema.shape), ...ROLES, ...TIME_SHAPES, ...STATUS_FORMATS])
      expect(PAGE).toContain(`\`${name}\``);
  });
});

const ORDER = ['order', 'shop-order', 'order-line', 'shipment'];
function inPage(a: string, b: string): number {
  return ORDER.indexOf(a.split(' ')[0]!) - ORDER.indexOf(b.split(' ')[0]!);
}
