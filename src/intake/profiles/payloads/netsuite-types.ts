/** Record types by NetSuite’s names: of REST paths, of `recordType`, of the codes before a status (`SalesOrd:B`), and as the screen calls them. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['salesorder', 'order'],
  ['salesord', 'order'],
  ['purchaseorder', 'order'],
  ['purchord', 'order'],
  ['estimate', 'quote'],
  ['quote', 'quote'],
  ['opportunity', 'opportunity'],
  ['itemfulfillment', 'shipment'],
  ['itemship', 'shipment'],
  ['itemreceipt', 'receipt'],
  ['invoice', 'invoice'],
  ['custinvc', 'invoice'],
  ['vendorbill', 'invoice'],
  ['vendbill', 'invoice'],
  ['bill', 'invoice'],
  ['cashsale', 'cash-sale'],
  ['customerpayment', 'payment'],
  ['custpymt', 'payment'],
  ['payment', 'payment'],
  ['customerdeposit', 'payment'],
  ['custdep', 'payment'],
  ['creditmemo', 'credit-note'],
  ['custcred', 'credit-note'],
  ['customerrefund', 'refund'],
  ['custrfnd', 'refund'],
  ['returnauthorization', 'return'],
  ['rtnauth', 'return'],
]);

/** The record type that a name of NetSuite’s means; undefined for all others. */
export function typeNamed(name: string): string | undefined {
  return TYPES.get(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** What `Sales Order #SO77` refers to, the name that NetSuite gives to a transaction elsewhere; undefined when the text is no such name. */
export function referredTo(name: string): { readonly type: string; readonly number: string } | undefined {
  const hash = name.lastIndexOf('#');
  const type = hash < 0 ? undefined : typeNamed(name.slice(0, hash));
  return type === undefined ? undefined : { type, number: name.slice(hash + 1).trim() };
}
