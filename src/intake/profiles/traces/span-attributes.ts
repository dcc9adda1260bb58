import type { Draft } from '../../draft.ts';
import type { FieldMapping } from '../../mapper.ts';
import { createNamedReader, entityOfMapping, namedRole } from '../business.ts';
import type { NamedRole } from '../business.ts';
import type { TextReader } from '../text-keys.ts';

/**
 * Namespaces of OpenTelemetry's semantic conventions and of tracers' own tags: they tell about the machinery (hosts, calls,
 * models), and an id in them (`cloud.account.id`, `messaging.client_id`) is no business record.
 */
const TECHNICAL_NAMESPACES: ReadonlySet<string> = new Set(
  (
    'http,net,network,url,server,client,source,destination,db,rpc,messaging,message,faas,k8s,cloud,container,host,os,process,telemetry,thread,code,exception,error,gen_ai,openai,llm,feature_flag,aws,gcp,azure,' +
    'user_agent,useragent,peer,graphql,otel,span,internal,sampler,service,event,log,browser,grpc,webengine,tls,dns,file,hw,jvm,dotnet,nodejs,go,cpython,opentracing,jaeger,zipkin,lc,component,deployment,artifact,cicd,vcs,test'
  ).split(','),
);

/** Whether an attribute's key can speak of the business: `order.id`, `app.order.id`, `customerId`. */
export function isBusinessKey(key: string): boolean {
  const end = key.search(/[.:/]/);
  return !TECHNICAL_NAMESPACES.has(end < 0 ? key : key.slice(0, end));
}

/** Attributes that hold addresses and statements: keys of known shapes are looked for in them (`/orders/SO-77`). */
const TEXT_KEYS: ReadonlySet<string> = new Set([
  'url.full',
  'url.path',
  'url.query',
  'http.url',
  'http.target',
  'http.path',
  'messaging.message.body',
  'db.statement',
  'db.query.text',
]);

/** Reads the attributes of spans and log records by their keys. One per source. */
export function createAttributeReader(
  readText: TextReader,
  fields: readonly FieldMapping[],
  prefix: string,
): (key: string, values: readonly string[], draft: Draft) => void {
  const entity = entityOfMapping(fields);
  const read = createNamedReader({ classify: (key) => attributeRole(key, entity), fields, prefix });
  const mapped = new Set(fields.map((field) => field.path));
  return (key, values, draft) => {
    if (TEXT_KEYS.has(key)) for (const value of values) readText(value, draft);
    if (ATTEMPT_KEYS.has(key) || !(isBusinessKey(key) || mapped.has(prefix + key))) return;
    for (const value of values) read(key, value, draft);
  };
}

/** For the preview: what an attribute key is taken for. */
export function attributeRole(key: string, entity: string | undefined): NamedRole {
  return isBusinessKey(key) && !ATTEMPT_KEYS.has(key) ? namedRole(key, false, entity) : { role: 'ignored' };
}

/** Keys that tell the try: the number to add to their value to get the 1-based attempt. */
const ATTEMPT_KEYS: ReadonlyMap<string, number> = new Map([
  ['http.request.resend_count', 1],
  ['http.resend_count', 1],
  ['retry.count', 1],
  ['retry_count', 1],
  ['retryCount', 1],
  ['retries', 1],
  ['attempt', 0],
  ['attempt.number', 0],
  ['attempt_number', 0],
  ['retry.attempt', 0],
  ['messaging.message.delivery_attempt', 0],
]);

/** The 1-based attempt that an attribute tells, 0 when it tells none. */
export function attemptOf(key: string, value: string): number {
  const add = ATTEMPT_KEYS.get(key);
  if (add === undefined || !/^\d{1,4}$/.test(value)) return 0;
  return Number(value) + add;
}
