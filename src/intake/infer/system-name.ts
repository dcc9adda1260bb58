import { nameTokens } from './name-tokens.ts';

/** Words of file names that say what kind of file it is or what it holds, not whose. */
const GENERIC: ReadonlySet<string> = new Set(
  (
    'log,logs,logfile,access,event,events,export,exports,exported,import,data,dump,trace,traces,span,spans,audit,report,reports,file,files,feed,output,out,in,input,sample,test,example,history,all,full,part,page,batch,daily,hourly,' +
    'prod,production,staging,stage,dev,uat,qa,app,application,server,service,main,current,latest,new,old,final,copy,utc,gmt,cet,cest,est,pst,z,json,ndjson,jsonl,csv,tsv,xml,txt,xes,gz,zst,zip,' +
    'jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec,stdin,stdout,stderr,process,processed,records,record,entries,status,orders,order,payments,payment,shipments,shipment,invoices,invoice,customers,customer,transactions,messages,errors,error,info,debug,' +
    'delivery,deliveries,document,documents,snapshot,snapshots,state,states,statuses'
  ).split(','),
);

/**
 * The system a file's name speaks of: `wms-events-2026-05-04.ndjson` → `wms`; the folder where the name says nothing (`erp/2026-05-04.log` → `erp`).
 * Falls back to the name's first word; never empty.
 */
export function systemFromName(name: string): { readonly system: string; readonly reason: string } {
  const parts = name.split(/[/\\]/).filter((part) => part !== '');
  const file = parts.at(-1) ?? name;
  const own = meaningful(file);
  if (own !== undefined) return { system: own, reason: `from the file’s name "${file}"` };
  const folder = parts.length > 1 ? meaningful(parts.at(-2) ?? '') : undefined;
  if (folder !== undefined) return { system: folder, reason: `from the folder’s name "${parts.at(-2) ?? ''}"` };
  const first = words(file)[0] ?? nameTokens(file)[0] ?? 'unknown';
  return { system: first, reason: `nothing names a system, so the file’s name "${file}" stands in` };
}

function words(text: string): string[] {
  const stem = text.replace(/(?:\.[A-Za-z][A-Za-z0-9]{0,7}){1,3}$/, '');
  return nameTokens(stem === '' ? text : stem).filter((word) => !/\d/.test(word) && word.length > 1);
}

function meaningful(text: string): string | undefined {
  return words(text).find((word) => !GENERIC.has(word));
}

/** The parts of Kubernetes pod names that change: `-<replica set hash>-<5 characters>` and the ordinal of a stateful set. */
const POD =
  /^([a-z0-9](?:[a-z0-9.-]{0,200}?[a-z0-9])?)-(?:[bcdfghjklmnpqrstvwxz2456789]{6,10}|[0-9a-f]{8,10})-[bcdfghjklmnpqrstvwxz2456789a-f0-9]{5}$/;

/** The service a pod belongs to: `ts-auth-service-7f8d7d756d-k7b9j` → `ts-auth-service`; other names come back unchanged. */
export function podService(name: string): string {
  return POD.exec(name)?.[1] ?? name;
}
