import type { Status } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Mapping } from '../../mapper.ts';
import { compileTime } from '../../time/index.ts';
import { createNamedReader, namedRole } from '../business.ts';
import type { NamedReader } from '../business.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asObject, asText, objectOf } from '../tree.ts';
import { fieldsRead, tell, tellEvent, tellText } from './put.ts';
import type { FieldNote } from './put.ts';
import { isStripeObject, readStripeObject } from './stripe-objects.ts';
import { at, firstText, textAt } from './tree-path.ts';

/**
 * Stripe: an event is a step of that type (`payment_intent.succeeded`), with the object as it was then; an object on its own is a snapshot. The
 * request that caused an event, by its idempotency key, is what ties events together, and a request that was tried again. Amounts are in minor
 * units of their currency. Sources: Stripe API reference (Event, PaymentIntent, Charge, Refund, Invoice, Checkout Session), docs "Currencies".
 */
export const stripe = defineProfile({
  id: 'stripe',
  title: 'Stripe events and objects (JSON)',
  matches: (entry) => isEvent(objectOf(entry)) || isStripeObject(objectOf(entry)),
  shape: 'in the form of Stripe’s API',
  system: platformSystem('stripe', 'the objects come from Stripe'),
  zone: 'UTC',
  zoneReason: 'times of Stripe count from the epoch',
  kind: 'step',
  fields: (entries) => fieldsRead(entries, createReader('stripe', []), NOTES),
  compile: (_source, mapping) => createReader(mapping.system, mapping.fields),
});

function isEvent(value: JsonObject | undefined): value is JsonObject {
  return (
    value !== undefined &&
    value['object'] === 'event' &&
    asObject(at(value, 'data', 'object')) !== undefined &&
    textAt(value, 'type') !== ''
  );
}

function createReader(system: string, fields: Mapping['fields']) {
  const time = compileTime('epoch-s', 'UTC');
  // People choose the keys of metadata: what is no key is kept as a field.
  const readMetadata = createNamedReader({ classify: (name) => namedRole(name, true, 'payment'), fields, prefix: 'metadata.' });
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const value = objectOf(entry);
    const event = isEvent(value);
    if (value === undefined || (!event && !isStripeObject(value))) return 'the entry is no Stripe event or object';
    draft.reset();
    draft.system = system;
    draft.time = time(textAt(value, 'created'));
    draft.precision = 'second';
    const object = event ? asObject(at(value, 'data', 'object'))! : value;
    if (event) readEvent(value, draft);
    else {
      draft.kind = 'snapshot';
      draft.step = textAt(value, 'object');
    }
    readStripeObject(object, draft, event);
    readPairs(object, readMetadata, draft);
    tellEvent(draft, emit);
    return undefined;
  };
}

/** What the last word of an event's type says of the outcome. All others (`created`, `updated`, `attached`) tell none. */
const OUTCOMES: Readonly<Record<string, Status>> = {
  succeeded: 'succeeded',
  captured: 'succeeded',
  completed: 'succeeded',
  paid: 'succeeded',
  payment_succeeded: 'succeeded',
  refunded: 'succeeded',
  async_payment_succeeded: 'succeeded',
  processing: 'running',
  requires_action: 'waiting',
  payment_action_required: 'waiting',
  failed: 'failed',
  payment_failed: 'failed',
  async_payment_failed: 'failed',
  canceled: 'cancelled',
  voided: 'cancelled',
  expired: 'timed-out',
};

function readEvent(event: JsonObject, draft: Draft): void {
  const type = textAt(event, 'type');
  draft.step = type;
  const word = type.slice(type.lastIndexOf('.') + 1);
  draft.status = OUTCOMES[word] ?? 'unknown';
  draft.statusRaw = word;
  // Before 2017 the request was its id alone.
  const request = firstText(textAt(event, 'request', 'idempotency_key'), textAt(event, 'request', 'id'), textAt(event, 'request'));
  if (request !== '') {
    draft.executionType = 'correlation';
    draft.execution = request;
  }
  tellText(draft, 'event_id', textAt(event, 'id'), 'id');
  tell(draft, 'pending_webhooks', textAt(event, 'pending_webhooks'), 'pending_webhooks');
  tellText(draft, 'previous_status', textAt(event, 'data', 'previous_attributes', 'status'), 'data.previous_attributes.status');
}

function readPairs(object: JsonObject, read: NamedReader, draft: Draft): void {
  const metadata = asObject(object['metadata']);
  if (metadata === undefined) return;
  for (const name of Object.keys(metadata)) read(name, asText(metadata[name]), draft);
}

const NOTES: readonly FieldNote[] = [
  { path: 'created', role: 'time', format: 'epoch-s', reason: 'when the event happened, or the object was made' },
  { path: 'type', role: 'step', reason: 'the type of the event' },
  {
    path: 'request.idempotency_key',
    role: 'execution',
    type: 'correlation',
    reason: 'the request that caused it; a retry has the same key',
  },
  { path: 'data.object.status', role: 'status', reason: 'the state of the object' },
];
