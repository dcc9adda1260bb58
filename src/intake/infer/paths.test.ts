import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../entry.ts';
import { parsePath, PathError } from './path-grammar.ts';
import { compileGetter, compileList, createOpener, leadsToMany, type PathScope } from './paths.ts';

const JSON_SCOPE: PathScope = { header: undefined, open: createOpener() };
const XML_SCOPE: PathScope = { ...JSON_SCOPE, xml: true, parents: ['Order', 'Orders'] };

const ROOT: JsonObject = {
  order: { id: 'SO-1', 'no.': 7 },
  'a.b': 'joined',
  'Amount [EUR]': '9',
  lines: [
    { sku: 'A', q: 1, tags: ['x', 'y'] },
    { sku: 'B', q: 2 },
  ],
  one: { sku: 'lone' },
  properties: [
    { name: 'orderId', value: 'W-1' },
    { name: 'other id', value: 'W-2' },
    { name: 'orderId', value: 'W-3' },
  ],
  byKey: { x: { id: 1 }, y: { id: 2 }, z: 'no object' },
  text: '{"inner":{"id":"I-1"},"list":[1,2]}',
  $date: 'mongo',
};

describe('paths like JSONPath', () => {
  it.each([
    ['order.id', ['SO-1']],
    ['$.order.id', ['SO-1']],
    ["order['no.']", [7]],
    ['a.b', ['joined']],
    ['$date', ['mongo']],
    ['Amount [EUR]', ['9']],
    ['lines[*].sku', ['A', 'B']],
    ['lines[].sku', ['A', 'B']],
    ['lines[0].sku', ['A']],
    ['lines[-1].sku', ['B']],
    ['lines[7].sku', []],
    ['lines[*].tags[*]', ['x', 'y']],
    ['one[*].sku', ['lone']],
    ['properties[name=orderId].value', ['W-1', 'W-3']],
    ["properties[name='other id'].value", ['W-2']],
    ["properties[?(@.name=='other id')].value", ['W-2']],
    ['properties[name=nothing].value', []],
    ['lines[q=2].sku', ['B']],
    ['byKey.*.id', [1, 2]],
    ['text.inner.id', ['I-1']],
    ['text.list[*]', [1, 2]],
    ['nothing.at.all', []],
    ['order.id.deeper', []],
  ])('%s', (path, expected) => {
    expect(compileList(path, JSON_SCOPE)(ROOT, undefined)).toEqual(expected);
    expect(compileGetter(path, JSON_SCOPE)(ROOT, undefined)).toEqual(expected[0]);
  });

  it('know whether they lead to several values', () => {
    const many = (path: string): boolean => leadsToMany(path, JSON_SCOPE);
    expect(['order.id', 'lines[0].sku', "order['no.']"].map(many)).toEqual([false, false, false]);
    expect(['lines[].sku', 'lines[*].sku', 'byKey.*', 'p[a=b].c'].map(many)).toEqual([true, true, true, true]);
  });

  it('find columns, and what is within their cells', () => {
    const scope: PathScope = { header: ['Order No.', 'payload', 'x[y]', 'a/b'], open: createOpener() };
    const cells = ['SO-1', '{"lines":[{"sku":"A"},{"sku":"B"}]}', '3', '4'];
    const read = (path: string) => compileList(path, scope)(cells, undefined);
    expect(['Order No.', "['Order No.']", 'payload.lines[*].sku', 'payload.lines[1].sku', 'x[y]', 'a/b', 'none'].map(read)).toEqual([
      ['SO-1'],
      ['SO-1'],
      ['A', 'B'],
      ['B'],
      ['3'],
      ['4'],
      [],
    ]);
  });
});

const ELEMENT: JsonObject = {
  '@no': '1',
  'o:Sku': 'A',
  Qty: { '@unit': 'kg', '#text': '5' },
  Note: ['first', 'second'],
  Property: [
    { '@name': 'orderId', Value: 'W-1' },
    { '@name': 'other', Value: 'W-2' },
  ],
  Lone: { Property: { '@name': 'orderId', Value: 'W-9' } },
};
const CONTEXT: JsonObject = { Order: { '@id': '7', Number: 'SO-7', Line: [{ '@no': '1' }] }, Orders: { '@batch': 'B' } };

describe('paths like XPath', () => {
  it.each([
    ['@no', ['1']],
    ['o:Sku', ['A']],
    ['./Qty/@unit', ['kg']],
    ['Qty/text()', ['5']],
    ['Note', ['first', 'second']],
    ['./Note[2]', ['second']],
    ['./Note[last()]', ['second']],
    ["Property[@name='orderId']/Value", ['W-1']],
    ['Property[Value="W-2"]/@name', ['other']],
    ["Lone/Property[@name='orderId']/Value", ['W-9']],
    ['Property/Value', ['W-1', 'W-2']],
    ['Lone/*/Value', ['W-9']],
    ['.//Value', ['W-1', 'W-2', 'W-9']],
    ['../@id', ['7']],
    ['../Number', ['SO-7']],
    ['../../@batch', ['B']],
    ['../../../@none', []],
    ['Property.Value', ['W-1', 'W-2']],
    ['Lone[].Property[].Value', ['W-9']],
  ])('%s', (path, expected) => {
    expect(compileList(path, XML_SCOPE)(ELEMENT, CONTEXT)).toEqual(expected);
    expect(compileGetter(path, XML_SCOPE)(ELEMENT, CONTEXT)).toEqual(expected[0]);
  });
});

describe('reading paths', () => {
  it.each([
    ['a.', 1],
    ['.a', 0],
    ['a[', 1],
    ['a[x', 1],
    ["a['x", 2],
    ['a[b=c', 1],
    ['a]b', undefined],
    ['a[0]b', 4],
  ])('%s is refused at character %s', (path, at) => {
    const read = (): unknown => parsePath(path, false);
    if (at === undefined) expect(read).not.toThrow();
    else expect(read).toThrow(expect.objectContaining({ at }) as Error);
  });

  it.each([
    ['/Order/Line', 0],
    ['a//', 3],
    ['a/../b', 2],
    ['child::a/b', 0],
    ['a/b[0]', 4],
    ['a/b[@x]', 3],
  ])('%s is refused in XML at character %s', (path, at) => {
    expect(() => parsePath(path, true)).toThrow(expect.objectContaining({ at }) as Error);
  });

  it('never throws anything but a reason, and reading any value along any path never throws', () => {
    const path = fc.oneof(fc.string(), fc.stringMatching(/^[a-c.[\]*='"/@?()$^0-2 -]{0,24}$/));
    fc.assert(
      fc.property(path, fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (text, value, xml) => {
        try {
          parsePath(text, xml);
        } catch (error) {
          expect(error).toBeInstanceOf(PathError);
        }
        const root = { a: value, b: [value, { a: value }] } as JsonObject;
        const scope = { ...JSON_SCOPE, xml, parents: ['p'] };
        expect(compileList(text, scope)(root, { p: root }).length).toBeLessThanOrEqual(1000);
        compileGetter(text, scope)(root, { p: root });
        compileList(text, { ...scope, header: ['a', 'b.c'] })(['1', '{"c":[1]}'], undefined);
      }),
    );
  });
});
