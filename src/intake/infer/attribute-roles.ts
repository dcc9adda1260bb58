import { attributeName, BUSINESS_NAMES, isOfAnother } from './attribute-name.ts';
import type { Claims } from './claims.ts';
import { claim, free, has } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';
import { numberShare, sameColumn } from './field-profile.ts';
import { hasDecimalComma } from './forms.ts';
import { isEntryId } from './identifier-roles.ts';
import { isStatusLike } from './level-and-status.ts';

/** Machinery: true of the run that wrote the entry, not of the record. */
const TECHNICAL: ReadonlySet<string> = new Set(
  (
    'host,hostname,pid,tid,thread,threadid,logger,loggername,version,ip,ipaddress,address,agent,useragent,offset,container,pod,node,port,class,caller,stream,env,environment,region,cluster,index,size,bytes,memory,cpu,stack,stacktrace,line,' +
    'lineno,linenumber,file,filename,function,func,module,instance,worker,partition,sequence,seq,hash,checksum,signature,etag,token,secret,session,cookie,referer,referrer,url,uri,path,query,protocol,scheme,sdk,library,scope,sampled,flags,kind,priority,facility,insert,insertid,' +
    'v,tag,tags,headers,header,span,trace,duration,elapsed,latency,delay,took,attempt,retry,retries,timeout,sorting,variant'
  ).split(','),
);

/** Claims what is worth comparing or showing as an attribute; everything else is ignored, with the reason. `entity` is the record type the entries are about. */
export function claimAttributes(claims: Claims, entity: string | undefined, decimalComma: boolean): void {
  const names = new Set<string>();
  const earlier = claims.fields.filter((field) => {
    const role = claims.taken.get(field.path)?.role;
    return role !== undefined && role !== 'ignored' && field.distinct.size > 1;
  });
  for (const field of free(claims)) {
    const twin = earlier.find((other) => field.distinct.size > 1 && sameColumn(field, other));
    if (twin !== undefined) {
      claim(claims, field, 'ignored', 0.9, `the same values as "${twin.path}"`);
      continue;
    }
    const refused = whyNot(field, entity);
    if (refused !== undefined) {
      claim(claims, field, 'ignored', 0.6, refused);
      continue;
    }
    const name = attributeName(field.path, entity);
    if (names.has(name)) {
      claim(claims, field, 'ignored', 0.6, `another field is taken for ${name} already`);
      continue;
    }
    names.add(name);
    earlier.push(field);
    const numeric = numberShare(field) > 0.9 && !isCode(field);
    const comma =
      numeric &&
      field.typedNumbers === 0 &&
      (hasDecimalComma(field.values) || (decimalComma && field.values.some((value) => value.includes(','))));
    claim(claims, field, 'attribute', BUSINESS_NAMES.has(name) ? 0.85 : 0.55, reasonFor(field, name, numeric), {
      type: name,
      format: numeric ? (comma ? 'decimal-comma' : 'number') : 'text',
    });
  }
}

function reasonFor(field: FieldProfile, name: string, numeric: boolean): string {
  if (numeric) return BUSINESS_NAMES.has(name) ? `numbers, and the name says ${name}` : 'numbers that belong to the record';
  return field.distinct.size === 1 ? 'one short value throughout' : `${field.distinct.size} different short values`;
}

/** Numbers with leading zeros are codes, not quantities. */
function isCode(field: FieldProfile): boolean {
  return field.values.some((value) => /^0\d/.test(value));
}

function endsInBusinessName(name: string): boolean {
  for (const known of BUSINESS_NAMES) if (name.endsWith(`_${known}`) && known !== 'status' && known !== 'email') return true;
  return false;
}

function whyNot(field: FieldProfile, entity: string | undefined): string | undefined {
  const { forms } = field;
  if (field.path.startsWith('^')) return 'it describes what surrounds the entries';
  if (field.holdsJson) return 'it holds JSON, whose parts are listed on their own';
  if (field.list) return 'it repeats within one entry';
  if (field.inText) return 'it stands inside a text';
  const name = attributeName(field.path, entity);
  const foreign = isOfAnother(field.path, entity);
  const business = BUSINESS_NAMES.has(name) || (foreign && endsInBusinessName(name)) || (isStatusLike(field) && !foreign);
  if (forms.text > 0.2 || field.meanLength > 60) return 'longer text, which differs from entry to entry';
  if (forms.uuid + forms.hex > 0.5) return 'opaque ids of nothing that is known';
  if (business) return undefined;
  if (foreign) return 'it belongs to a part of the record, or to another one';
  if (field.time !== undefined) return 'a time of something else';
  if (field.words.some((word) => TECHNICAL.has(word))) return 'it tells about the machinery, not about the record';
  if (forms.urn > 0.5) return 'addresses';
  if (isEntryId(field)) return 'an id of the entry itself';
  const varied = field.values.length >= 20 && field.distinct.size > 0.8 * field.values.length;
  if (varied && numberShare(field) > 0.9 && !has(field, 'price', 'amount', 'total', 'cost', 'costs', 'weight', 'value'))
    return 'measurements that differ from entry to entry';
  if (varied && numberShare(field) < 0.5 && forms.email < 0.5 && !has(field, 'name', 'city'))
    return 'values that differ from entry to entry';
  return undefined;
}
