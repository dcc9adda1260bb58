import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlNames } from './xml-names.ts';
import { PlainXml } from './xml-plain.ts';
import { XmlTreeParser } from './xml-tree.ts';

/** With namespaces to look for it reads everything by the whole grammar. */
const whole = new XmlTreeParser(new XmlNames({ none: 'urn:none' }));
const plain = new PlainXml();

function byGrammar(text: string): unknown {
  try {
    return whole.parse(text);
  } catch {
    return undefined;
  }
}

/** Well-formed elements of the plain kind, and with little that is not. */
const element = fc.letrec<{ element: string; content: string }>((tie) => ({
  content: fc.oneof(
    { withCrossShrink: true },
    fc.constantFrom(
      '',
      ' ',
      'text',
      '\n  ',
      '&amp;',
      '&#x41;&#10;',
      ' & no ]',
      '>',
      'é😀',
      '<!-- c -->',
      '<![CDATA[<x>]]>',
      '\t',
      '\r\n',
      '&nbsp;',
      '&#0;',
    ),
    tie('element'),
  ),
  element: fc
    .tuple(
      fc.constantFrom('a', 'b', 'ns:a', 'constructor', '__proto__', 'x-1.y', '_'),
      fc.array(
        fc.constantFrom(
          ' k="v"',
          " n:k='w'",
          ' xmlns="u"',
          ' xmlns:n="u"',
          ' q="a&lt;b&#13;"',
          ' t="a\tb"',
          '  two="1"',
          ' l="<"',
          ' toString=""',
          ' ',
        ),
        { maxLength: 3 },
      ),
      fc.array(tie('content'), { maxLength: 4 }),
      fc.boolean(),
    )
    .map(([name, attributes, content, closes]) =>
      closes && content.length === 0 ? `<${name}${attributes.join('')}/>` : `<${name}${attributes.join('')}>${content.join('')}</${name}>`,
    ),
})).element;

describe('plain XML', () => {
  it('is read as the whole grammar reads it, or not at all', () => {
    fc.assert(
      fc.property(element, (text) => {
        const tree = plain.parse(text);
        if (tree !== undefined) expect(tree).toEqual(byGrammar(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not taken for well-formed when it is damaged', () => {
    fc.assert(
      fc.property(
        element,
        fc.nat(),
        fc.constantFrom('', '<', '>', '"', '&', '/', '=', ' ', '\0', '\ufffe', ']]>', '-', ':', 'k="v"'),
        (text, at, damage) => {
          const from = at % text.length;
          const damaged = text.slice(0, from) + damage + text.slice(from + 1);
          const tree = plain.parse(damaged);
          if (tree !== undefined) expect(tree).toEqual(byGrammar(damaged));
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('covers what exports are made of', () => {
    const record = '<bns:result type="A" xsi:nil="true"><bns:id>7 &amp; 8</bns:id>\n  <line n="1"/><line>x &#8364;</line></bns:result>';
    expect(plain.parse(record)).toEqual({ '@type': 'A', '@nil': 'true', id: '7 & 8', line: [{ '@n': '1' }, 'x €'] });
  });
});
