import { describe, expect, it } from 'vitest';
import type { TreeEntry } from '../../entry.ts';
import { collect, readText, sniffText, valuesOf } from '../test-harness.ts';

const values = async (name: string, content: string): Promise<unknown[]> => valuesOf((await readText(name, content)).entries, undefined);

describe('xml', () => {
  it('turns a record into a tree by local names', async () => {
    const content =
      '<b:QueryResult xmlns:b="http://x" xmlns:xsi="http://y" numberOfResults="2"><b:result xsi:type="Run"><b:id>1</b:id><b:t a="1">x</b:t></b:result>' +
      '<b:result><b:id>2</b:id><b:t/><b:t>y</b:t></b:result></b:QueryResult>';
    const { entries } = await readText('x.xml', content);
    expect(valuesOf(entries, undefined)).toEqual([
      { '@type': 'Run', id: '1', t: { '@a': '1', '#text': 'x' } },
      { id: '2', t: ['', 'y'] },
    ]);
    expect((entries[0] as TreeEntry).context).toEqual({ QueryResult: { '@numberOfResults': '2' } });
  });

  it('finds records below a SOAP envelope', async () => {
    const content =
      '<S:Envelope xmlns:S="s"><S:Header/><S:Body><n:queryResponse xmlns:n="n"><n:results><id>1</id></n:results><n:results><id>2</id></n:results></n:queryResponse></S:Body></S:Envelope>';
    expect(await values('x.xml', content)).toEqual([{ id: '1' }, { id: '2' }]);
  });

  it('takes a document that is one thing as one entry', async () => {
    const order = '<Order><ID>SO-1</ID><IssueDate>2031-03-04</IssueDate><Line><Item>a</Item></Line><Line><Item>b</Item></Line></Order>';
    expect(await values('x.xml', order)).toEqual([{ ID: 'SO-1', IssueDate: '2031-03-04', Line: [{ Item: 'a' }, { Item: 'b' }] }]);
  });

  it('never expands entities', async () => {
    const bomb =
      '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<rows><row><id>1</id></row><row><id>&b;</id></row><row><id>3 &amp; &#x41;</id></row></rows>';
    const { entries, rejections } = await readText('x.xml', bomb);
    expect(valuesOf(entries, undefined)).toEqual([{ id: '1' }, { id: '3 & A' }]);
    expect(rejections).toMatchObject([{ code: 'malformed', place: { line: 2 } }]);
  });

  it('goes on after a record that lost an end tag, and with an end tag too many', async () => {
    const { entries, rejections } = await readText('x.xml', '<rows><row><id>1</id></row><row><id>2</row><row><id>3</id></row></rows>');
    expect(valuesOf(entries, undefined)).toEqual([{ id: '1' }, { id: '3' }]);
    expect(rejections).toHaveLength(1);
  });

  it('says once where a cut file ends', async () => {
    const { format, options } = await readText('x.xml', '<rows><row><id>1</id></row><row><id>2</id></row></rows>');
    const { entries, rejections } = await collect(format, new TextEncoder().encode('<rows><row><id>1</id></row><row><id>2'), options);
    expect(entries).toHaveLength(1);
    expect(rejections).toMatchObject([{ code: 'truncated', reason: 'the file ends inside the element row' }]);
  });

  it('keeps CDATA, comments and > in attributes apart from tags', async () => {
    const { entries } = await readText(
      'x.xml',
      '<rows><!-- <row> --><row a=">"><t><![CDATA[</row>]]></t></row><row><t>b<!-- x --></t></row></rows>',
    );
    expect(valuesOf(entries, undefined)).toEqual([{ '@a': '>', t: '</row>' }, { t: 'b' }]);
  });

  it('is not overrun by nesting', async () => {
    const deep = '<a>'.repeat(5000) + '</a>'.repeat(5000);
    const { rejections } = await readText('x.xml', `<rows><row>${deep}</row><row><id>2</id></row></rows>`);
    expect(rejections).toHaveLength(1);
  });

  it('reads a member called __proto__ as data', async () => {
    const [value] = await values('x.xml', '<rows><row><__proto__>x</__proto__></row><row/></rows>');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('xes', () => {
  const log = (inner: string): string => `<log xes.version="1.0">${inner}</log>`;

  it('keeps types, nested attributes and lists', async () => {
    const event =
      '<event><string key="concept:name" value="Create"/><int key="n" value="3"/><int key="big" value="9007199254740993"/><float key="f" value="1.5"/><boolean key="b" value="false"/>' +
      '<string key="p" value="P1"><int key="qty" value="2"/></string><list key="l"><values><string key="i" value="A"/><string key="i" value="B"/></values></list></event>';
    expect(await values('x.xes', log(`<trace>${event}</trace>`))).toEqual([
      {
        'concept:name': 'Create',
        n: 3,
        big: '9007199254740993',
        f: 1.5,
        b: false,
        p: { value: 'P1', qty: 2 },
        l: [{ i: 'A' }, { i: 'B' }],
      },
    ]);
  });

  it('gives events the attributes of their trace and log, not the global ones', async () => {
    const { entries } = await readText(
      'x.xes',
      log(
        '<global scope="trace"><string key="concept:name" value="none"/></global><string key="source" value="erp"/>' +
          '<trace><string key="concept:name" value="SO-1"/><event><int key="a" value="1"/></event></trace><trace><event><int key="a" value="2"/></event></trace><event><int key="a" value="3"/></event>',
      ),
    );
    expect(entries.map((entry) => (entry as TreeEntry).context)).toEqual([
      { trace: { 'concept:name': 'SO-1' }, log: { source: 'erp' } },
      { trace: {}, log: { source: 'erp' } },
      { log: { source: 'erp' } },
    ]);
  });

  it('is recognised by namespace, version or shape', () => {
    expect(sniffText('x', '<log><trace><event><string key="concept:name" value="a"/></event></trace></log>')?.format.id).toBe('xes');
    expect(sniffText('x', '<x:log xmlns:x="http://code.deckfour.org/xes"><x:trace/></x:log>')?.format.id).toBe('xes');
  });
});
