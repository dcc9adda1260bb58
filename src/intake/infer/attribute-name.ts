import { nameTokens, pathTokens, singular } from './name-tokens.ts';
import { RECORD_NOUNS, WRAPPERS } from './record-nouns.ts';

/**
 * One name for what systems spell differently, so that their values can be compared. Only whole names are replaced, and only where
 * they mean the same thing of the same record: a unit price is no amount.
 */
const CANONICAL: Readonly<Record<string, string>> = {
  amount:
    'amount,total,total amount,amount total,grand total,total price,total value,total gross,gross amount,gross total,sum,total sum,betrag,summe,gesamtbetrag,netwr,montant,importe,amt,total amt,amount gross',
  net_amount: 'net amount,net total,subtotal,sub total,subtotal price,netto,nettobetrag',
  tax: 'tax,total tax,tax amount,vat,vat amount,tax total,mwst,steuer',
  shipping: 'shipping,shipping cost,shipping costs,shipping amount,shipping price,freight,freight amount',
  discount: 'discount,total discount,total discounts,discount amount,rabatt',
  currency: 'currency,currency code,currency iso code,curr,waers,waehrung,währung,iso currency,currency iso',
  quantity: 'quantity,qty,menge,anzahl,total quantity,total qty,units',
  items: 'item count,items count,line count,lines count,number of items,no of items,items',
  price: 'price,unit price,preis',
  status: 'status,state',
  country: 'country,country code,country iso,land,land1',
  email: 'email,e mail,mail,email address',
  payment_method: 'payment method,pay method,method of payment,zahlart',
  carrier: 'carrier,carrier code,carrier name,spediteur',
  warehouse: 'warehouse,warehouse code,lager,werks',
  resource: 'resource,org resource,agent,clerk,sachbearbeiter,operator',
};

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(CANONICAL).flatMap(([name, spellings]) => spellings.split(',').map((spelling) => [spelling, name])),
);

/** Names that are attributes whatever their values look like. */
export const BUSINESS_NAMES: ReadonlySet<string> = new Set(Object.keys(CANONICAL));

/**
 * The canonical name of an attribute: `Order Total`, `totalPrice`, `order.total_amount` are `amount` of an order; anything else is its own
 * words joined with underscores. `entity` is the record type that the entries are about: its noun in front is dropped.
 */
export function attributeName(path: string, entity: string | undefined): string {
  const segments = pathTokens(path);
  const last = segments.at(-1) ?? nameTokens(path);
  const exact = BY_NAME.get(last.join(' '));
  const container = segments.length > 1 ? segments.at(-2) : undefined;
  const owner = container === undefined || isWrapper(container) ? undefined : container.map(singular);
  const foreign = owner !== undefined && !isEntity(owner, entity) ? `${owner.join('_')}_` : '';
  if (exact !== undefined) return foreign + exact;
  const bare = stripNoun(last, entity);
  return foreign + (BY_NAME.get(bare.join(' ')) ?? (bare.join('_') || last.join('_') || path));
}

/** Containers that group fields of the record itself, and the prefixes of process-mining attributes (`org:resource`, `case:creator`). */
const GROUPS: ReadonlySet<string> = new Set(['totals', 'summary', 'pricing', 'amounts', 'money', 'org', 'case', 'cost', 'concept']);

function isWrapper(words: readonly string[]): boolean {
  const [word] = words;
  return words.length === 1 && word !== undefined && (WRAPPERS.has(word) || GROUPS.has(word));
}

/** Whether a field stands inside of another thing than the record the entries are about: `order.customer.first_name` of an order. */
export function isOfAnother(path: string, entity: string | undefined): boolean {
  const container = pathTokens(path).at(-2);
  return container !== undefined && !isWrapper(container) && !isEntity(container.map(singular), entity);
}

function isEntity(words: readonly string[], entity: string | undefined): boolean {
  const type = RECORD_NOUNS.get(words.join(' '))?.type ?? words.join('-');
  return entity !== undefined && type === entity;
}

/** `order total` of an order is its total; `payment status` stays what it is, unless the entries are payments. */
function stripNoun(words: readonly string[], entity: string | undefined): readonly string[] {
  for (let length = Math.min(2, words.length - 1); length > 0; length--) {
    if (isEntity(words.slice(0, length), entity)) return words.slice(length);
  }
  return words;
}
