import { nameTokens, pathTokens, singular } from './name-tokens.ts';
import { GENERAL_KEY_WORDS, KEY_WORDS, NAMED_TYPES, NEVER, OWNERS, RECORD_NOUNS, SPELLINGS, WRAPPERS } from './record-nouns.ts';
import type { Noun } from './record-nouns.ts';

/** What a field's name says its values are keys of. */
interface RecordType {
  /** `order`, `payment`, `trace`; kebab-case. Technical ones are those of `TECHNICAL_TYPES`. */
  readonly type: string;
  /** 0..1, from the name alone: what the values look like has to be weighed in by the caller. */
  readonly confidence: number;
}

const NOT_AN_ENTITY: ReadonlySet<string> = new Set(
  'log,event,data,export,import,report,result,record,row,entry,list,value,output,input,message,dump,query,response,page,item,all,test,sample,file,document,feed,history,status,update'.split(
    ',',
  ),
);

/**
 * The record type that a field name speaks of, or undefined when the name does not say that it holds keys.
 *
 * `name` is a JSON path, a column header, an attribute key or an XML name: `order.id`, `PO Number`, `lines[].orderRef`, `VBELN`, `case:concept:name`.
 * `entity` is what the entries are of, when that is known (file name, list name): it lends its type to a bare `id`.
 *
 * The rules, in this order: the last word must be a key word (`id`, `number`, `ref` …) or a noun that names a record; the noun
 * left of the key word gives the type, longest phrase first (`payment intent`), with qualifiers (`external`, `web`) ignored; an
 * unknown noun gives its own type, but only before `id` and its like; line, row, index and sequence numbers never are keys.
 */
export function recordTypeOf(name: string, entity?: string): RecordType | undefined {
  const segments = pathTokens(name).map(splitGlued);
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  dropTypeSuffix(segments, last);
  const words = dropQualifiers(last);
  const tail = words.at(-1);
  if (tail === undefined) return undefined;

  const whole = nounOf(words);
  if (whole !== undefined && whole.rest.length === 0 && (words.length > 1 || !KEY_WORDS.has(tail)))
    return known(whole.noun, whole.noun.alone);

  const key = keyWord(tail);
  if (key === undefined && tail !== 'name') return trailingNoun(words);
  const before = words.slice(0, -1);
  if (before.length > 0) return keyed(before, tail, key);
  return fromContainer(segments.slice(0, -1), tail, key, entity);
}

/** The type of an entity name such as `orders`, `shopify_orders_2031.json`: undefined when it names no kind of record. */
export function entityType(entity: string): RecordType | undefined {
  const stem = entity.replace(/\.[A-Za-z0-9]{1,8}(\.gz|\.zst)?$/, '');
  const words = nameTokens(stem)
    .map(singular)
    .filter((word) => !/^\d+$/.test(word));
  for (let end = words.length; end > 0; end--) {
    const found = nounOf(words.slice(0, end));
    if (found !== undefined) return { type: found.noun.type, confidence: 0.75 };
  }
  const useful = words.filter(
    (word) => word.length > 2 && /^\p{L}+$/u.test(word) && !NOT_AN_ENTITY.has(word) && !NEVER.has(word) && !isQualifier(word),
  );
  return useful.length === 1 ? { type: useful[0]!, confidence: 0.4 } : undefined;
}

/** Key words of numbers that somebody hands out: what they are of is a record, whatever it is called. */
const NUMBER_WORDS: ReadonlySet<string> = new Set(['number', 'no', 'nr', 'num', 'nbr', 'nummer', 'ref', 'reference']);

/**
 * The record type that a name would speak of if its values are keys: a noun that nobody listed, before a word for a number (`claim_no`,
 * `Dossiernummer`) or alone (`letter`). The name proves nothing here, so the values have to.
 */
export function possibleType(name: string): { readonly type: string; readonly numbered: boolean } | undefined {
  const last = pathTokens(name).at(-1);
  if (last === undefined) return undefined;
  const words = dropQualifiers(splitNumber(last));
  const tail = words.at(-1)!;
  const numbered = words.length > 1 && NUMBER_WORDS.has(tail);
  const nouns = numbered ? words.slice(0, -1) : words;
  const noun = singular(nouns.at(-1)!);
  if (!numbered && (words.length > 1 || keyWord(tail) !== undefined)) return undefined;
  if (isNever(nouns) || isQualifier(noun) || SPELLINGS.has(noun) || WRAPPERS.has(noun) || NOT_AN_ENTITY.has(noun)) return undefined;
  if (noun.length < 4 || !/^\p{L}+$/u.test(noun)) return undefined;
  return { type: [...nouns.slice(0, -1), noun].slice(-2).join('-'), numbered };
}

/** `dossiernummer`: German writes the noun and its number in one word. */
function splitNumber(words: readonly string[]): readonly string[] {
  const last = words.at(-1)!;
  for (const key of ['nummer', 'number', 'reference']) {
    if (last.endsWith(key) && last.length > key.length + 3) return [...words.slice(0, -1), last.slice(0, -key.length), key];
  }
  return words;
}

/** `warehouse id`: noun and key word in one segment. */
function keyed(before: readonly string[], tail: string, key: number | undefined): RecordType | undefined {
  const found = nounOf(before) ?? nounOf(withoutKeyWord(before));
  if (found !== undefined) {
    if (isPart(found.rest, found.noun)) return undefined;
    if (tail === 'name') return named(found.noun);
    return known(found.noun, found.noun.keyed * (key ?? 0));
  }
  const nounWord = singular(before.at(-1)!);
  if (tail === 'name' || !isGeneral(tail) || isNever(before)) return undefined;
  if (SPELLINGS.has(nounWord) || WRAPPERS.has(nounWord) || nounWord.length < 3 || !/^\p{L}+$/u.test(nounWord)) return undefined;
  const words = dropQualifiers(before).map((word, index, all) => (index === all.length - 1 ? singular(word) : word));
  return { type: words.slice(-2).join('-'), confidence: 0.6 };
}

/** `OrderReference.ID`: what refers to an order holds the order's key. */
function withoutKeyWord(words: readonly string[]): readonly string[] {
  return words.length > 1 && keyWord(words.at(-1)!) !== undefined ? words.slice(0, -1) : words;
}

/** `order.id`: the key word stands alone, the noun is the container, or the entity. */
function fromContainer(
  containers: readonly (readonly string[])[],
  tail: string,
  key: number | undefined,
  entity: string | undefined,
): RecordType | undefined {
  for (let i = containers.length - 1; i >= 0; i--) {
    const words = dropQualifiers(containers[i]!.map(singular));
    const noun = words.at(-1);
    if (noun === undefined || (words.length === 1 && WRAPPERS.has(containers[i]![0]!))) continue;
    if (tail === 'name' && noun === 'concept') continue;
    return keyed(words, tail, key);
  }
  if (entity === undefined) return undefined;
  const type = entityType(entity);
  if (type === undefined) return undefined;
  if (tail === 'name') return NAMED_TYPES.has(type.type) ? { type: type.type, confidence: 0.4 } : undefined;
  const strength = isGeneral(tail) ? 1 : 0.8;
  return { type: type.type, confidence: round(type.confidence * strength * (key ?? 0)) };
}

/** `billing document` or `purchase_order` without a key word, with something before it: `shipping_order`. */
function trailingNoun(words: readonly string[]): RecordType | undefined {
  const found = nounOf(words);
  if (found === undefined || found.noun.alone === 0 || isPart(found.rest, found.noun)) return undefined;
  if (found.rest[0] === 'is' || found.rest[0] === 'has') return undefined;
  return found.rest.length === 0 ? known(found.noun, found.noun.alone) : known(found.noun, found.noun.alone * 0.6);
}

interface Found {
  readonly noun: Noun;
  /** The words left of the phrase. */
  readonly rest: readonly string[];
}

/** The longest known phrase that the words end with. */
function nounOf(words: readonly string[]): Found | undefined {
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const phrase = words.slice(-length);
    phrase[length - 1] = singular(phrase[length - 1]!);
    const noun = RECORD_NOUNS.get(phrase.join(' '));
    if (noun !== undefined) return { noun, rest: words.slice(0, words.length - length) };
  }
  return undefined;
}

/** `order item`, `line item`, `invoice line item`: a part of a document, numbered within it. */
function isPart(rest: readonly string[], noun: Noun): boolean {
  const before = rest.at(-1);
  if (before === undefined) return false;
  if (before === 'line' || before === 'row') return true;
  return noun.type === 'product' && noun.keyed < 0.7 && RECORD_NOUNS.has(singular(before));
}

function named(noun: Noun): RecordType | undefined {
  const confidence = NAMED_TYPES.get(noun.type);
  return confidence === undefined ? undefined : { type: noun.type, confidence };
}

function known(noun: Noun, confidence: number): RecordType | undefined {
  return confidence > 0 ? { type: noun.type, confidence: round(confidence) } : undefined;
}

function keyWord(word: string): number | undefined {
  return KEY_WORDS.get(word) ?? (word.endsWith('s') ? KEY_WORDS.get(word.slice(0, -1)) : undefined);
}

function isGeneral(word: string): boolean {
  return GENERAL_KEY_WORDS.has(word) || GENERAL_KEY_WORDS.has(singularKey(word));
}

function singularKey(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function isNever(words: readonly string[]): boolean {
  const noun = singular(words.at(-1)!);
  return NEVER.has(noun) || NEVER.has(words.at(-1)!);
}

/** Qualifiers at the front say whose key it is. One that stands alone before a key word is dropped only when it tells a spelling. */
function dropQualifiers(words: readonly string[]): string[] {
  let from = 0;
  while (from < words.length - 1 && isQualifier(words[from]!) && !startsPhrase(words, from)) {
    const keyFollows = from === words.length - 2 && (keyWord(words[from + 1]!) !== undefined || words[from + 1] === 'name');
    if (keyFollows && !SPELLINGS.has(words[from]!)) break;
    from++;
  }
  return words.slice(from);
}

function isQualifier(word: string): boolean {
  return SPELLINGS.has(word) || OWNERS.has(word);
}

/** `merchant reference` and `client tracking id` are phrases although they begin with a qualifier. */
function startsPhrase(words: readonly string[], from: number): boolean {
  return words.length > from + 1 && RECORD_NOUNS.has(`${words[from]!} ${words[from + 1]!}`);
}

/** Azure and App Insights write the type into the name (`trackedProperties_orderNo_s`): the letter says nothing about the noun. */
function dropTypeSuffix(segments: string[][], last: string[]): void {
  if (last.length > 1 && last[0] === 'tracked' && last[1] === 'properties') last.splice(0, 2);
  if (last.length > 2 && /^[sgd]$/.test(last.at(-1)!)) last.pop();
  if (last.length === 0) segments.pop();
}

const GLUED_KEYS = [
  'identifier',
  'reference',
  'number',
  'nummer',
  'uuid',
  'guid',
  'code',
  'name',
  'key',
  'num',
  'nbr',
  'ref',
  'ids',
  'id',
  'no',
  'nr',
];

/** `orderid`, `ponumber`, `customerno`: written in one word, split only where the left part is a noun of the table. */
function splitGlued(tokens: readonly string[]): string[] {
  const last = tokens.at(-1)!;
  if (RECORD_NOUNS.has(last) || keyWord(last) !== undefined) return [...tokens];
  for (const key of GLUED_KEYS) {
    if (!last.endsWith(key) || last.length <= key.length + 1) continue;
    const noun = last.slice(0, -key.length);
    if (RECORD_NOUNS.has(noun) || RECORD_NOUNS.has(noun.replace(/s$/, ''))) return [...tokens.slice(0, -1), noun, key];
  }
  return [...tokens];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
