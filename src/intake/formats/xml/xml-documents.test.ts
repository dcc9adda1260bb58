import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FHIR_NAMESPACE, SBDH_NAMESPACE, UBL_NAMESPACE, xmlDocumentOf, xmlRootOf } from './xml-documents.ts';

const known = (text: string): readonly string[] | undefined => {
  const root = xmlRootOf(text);
  return root === undefined ? undefined : xmlDocumentOf(root, text)?.path;
};

describe('the root of a document', () => {
  it('has the namespace that its prefix is bound to, whatever else is declared', () => {
    const text = `<?xml version="1.0"?><!-- <a> --><o:Order xmlns="${UBL_NAMESPACE}CommonBasicComponents-2" xmlns:o='${UBL_NAMESPACE}Order-2' note=" xmlns:o='x' "><ID/></o:Order>`;
    expect(xmlRootOf(text)).toEqual({ name: 'Order', namespace: `${UBL_NAMESPACE}Order-2`, firstChild: 'ID' });
  });

  it('is found behind a document type, of which nothing is read', () => {
    const text = '<!DOCTYPE cXML SYSTEM "a>b" [ <!ENTITY x "<Order>"> ]>\n<cXML payloadID="1"/>';
    expect(xmlRootOf(text)).toEqual({ name: 'cXML', namespace: '', firstChild: '' });
  });

  it('is not there in what is no XML, or is cut off inside the first tag', () => {
    for (const text of ['', 'plain', '<', '<!--', '<!DOCTYPE x [', '<a b="', '</a>', '<?xml'])
      expect(xmlRootOf(text), text).toBeUndefined();
  });

  it('is looked for in linear time', () => {
    for (const piece of ['<a ', 'a', '<!--', '<![', 'a=', '"', " xmlns='", '<?', ' '])
      expect(() => xmlRootOf(`<r ${piece.repeat(200_000)}`)).not.toThrow();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => known(text) === undefined || Array.isArray(known(text))));
  });
});

describe('known documents', () => {
  it.each([
    [`<Invoice xmlns="${UBL_NAMESPACE}Invoice-2"><ID>1</ID></Invoice>`, ['Invoice']],
    [`<s:StandardBusinessDocument xmlns:s="${SBDH_NAMESPACE}"><s:H/></s:StandardBusinessDocument>`, ['StandardBusinessDocument']],
    ['<ZORDERS5><IDOC BEGIN="1"><EDI_DC40/></IDOC></ZORDERS5>', ['ZORDERS5', 'IDOC']],
    ['<cXML payloadID="1"><Header/></cXML>', ['cXML']],
    [`<f:Bundle xmlns:f="${FHIR_NAMESPACE}"><f:id/></f:Bundle>`, ['Bundle', 'entry']],
    [`<Patient xmlns="${FHIR_NAMESPACE}"/>`, ['Patient']],
    ['<Order><ID>1</ID></Order>', undefined],
    ['<Invoice xmlns="urn:mine"><ID>1</ID></Invoice>', undefined],
  ])('%s', (text, path) => {
    expect(known(text)).toEqual(path);
  });

  it('names what an envelope holds', () => {
    const envelope = `<s:StandardBusinessDocument xmlns:s="${SBDH_NAMESPACE}"><a xmlns="${UBL_NAMESPACE}CommonBasicComponents-2"/><Order xmlns="${UBL_NAMESPACE}Order-2"/>`;
    expect(xmlDocumentOf(xmlRootOf(envelope)!, envelope)?.document).toBe('Order');
    const message = '<cXML payloadID="1"><Header/><Request><InvoiceDetailRequest><InvoiceDetailRequestHeader/>';
    expect(xmlDocumentOf(xmlRootOf(message)!, message)?.document).toBe('InvoiceDetailRequest');
  });
});
