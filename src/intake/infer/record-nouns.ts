/**
 * The words that name records, and the words that never do. Small on purpose: a word is here when it is common in
 * exports of shops, ERPs, payment providers, warehouses and integration platforms, or when guessing it wrong would hurt.
 */

export interface Noun {
  readonly type: string;
  /** Confidence when a key word stands with it (`order_id`). */
  readonly keyed: number;
  /** Confidence when it stands alone (`order`); 0 where a lone word usually means something else (an amount, a person's name). */
  readonly alone: number;
}

function nouns(type: string, keyed: number, alone: number, phrases: string): [string, Noun][] {
  return phrases.split(',').map((phrase) => [phrase.trim(), { type, keyed, alone }]);
}

/** Phrases in singular, longest match from the right wins. */
export const RECORD_NOUNS: ReadonlyMap<string, Noun> = new Map<string, Noun>([
  ...nouns(
    'order',
    0.95,
    0.7,
    'order, sales order, purchase order, web order, customer order, online order, order document, shop order, salesorder, purchaseorder, weborder',
  ),
  ...nouns('order', 0.95, 0.6, 'po, customer po, bestellung, auftrag, commande, pedido, ordine'),
  ...nouns('order', 0.85, 0, 'so'),
  ...nouns('order', 0.9, 0.85, 'bestellnummer, auftragsnummer, bestellnr, auftragsnr, vbeln va, ebeln, bstnk, bstkd'),
  ...nouns('order', 0.8, 0.8, 'vbeln, sales document, salesdocument'),
  ...nouns('order', 0.6, 0.6, 'merchant reference, client reference'),
  ...nouns('payment', 0.95, 0.4, 'payment, payment intent, paymentintent, zahlung'),
  ...nouns('payment', 0.9, 0.8, 'psp reference, end to end'),
  ...nouns('payment', 0.8, 0.2, 'charge'),
  ...nouns('payment', 0.7, 0.3, 'transaction, txn, trx, payment transaction'),
  ...nouns('payment-method', 0.7, 0, 'payment method'),
  ...nouns('tracking', 0.9, 0.7, 'awb, air waybill, waybill, sendungsnummer'),
  ...nouns('tracking', 0.8, 0.5, 'tracking, shipment tracking, parcel tracking, carrier tracking'),
  ...nouns(
    'shipment',
    0.95,
    0.5,
    'shipment, fulfillment, fulfilment, fulfillment order, consignment, dispatch, despatch, despatch advice, despatch document, dispatch document',
  ),
  ...nouns('shipment', 0.9, 0.4, 'delivery, outbound delivery, delivery note, delivery document, asn, parcel, lieferung, lieferschein'),
  ...nouns('shipment', 0.9, 0.85, 'vbeln vl, lieferscheinnummer, tknum'),
  ...nouns('invoice', 0.95, 0.6, 'invoice, rechnung, facture, factura, fattura, bill, billing document, billing doc, invoice document'),
  ...nouns('invoice', 0.9, 0.85, 'vbeln vf, rechnungsnummer'),
  ...nouns('customer', 0.95, 0.4, 'customer, buyer, kunde, sold to, sold to party, ship to party, bill to party'),
  ...nouns('customer', 0.9, 0.85, 'kunnr, kunag, kunwe, kundennummer, kundennr'),
  ...nouns('customer', 0.7, 0.3, 'account, contact'),
  ...nouns('refund', 0.95, 0.3, 'refund'),
  ...nouns('return', 0.95, 0.6, 'rma, return authorization, return merchandise authorization'),
  ...nouns('return', 0.9, 0.2, 'return, return order, retoure'),
  ...nouns('quote', 0.95, 0.4, 'quote, quotation'),
  ...nouns('product', 0.95, 0.9, 'sku, gtin, ean, upc, asin, matnr, artikelnummer'),
  ...nouns('product', 0.9, 0.4, 'product, material, article, artikel, product variant'),
  ...nouns('product', 0.6, 0.3, 'item'),
  ...nouns('vendor', 0.9, 0.4, 'vendor, supplier'),
  ...nouns('vendor', 0.9, 0.85, 'lifnr'),
  ...nouns('document', 0.7, 0.3, 'document, doc, belnr'),
  ...nouns('idoc', 0.95, 0.9, 'docnum, idoc'),
  ...nouns('case', 0.95, 0.6, 'case, case concept'),
  ...nouns('ticket', 0.95, 0.5, 'ticket, incident'),
  ...nouns('user', 0.9, 0.4, 'user, usr'),
  ...nouns('session', 0.9, 0.5, 'session'),
  ...nouns('batch', 0.9, 0.5, 'batch'),
  ...nouns('file', 0.8, 0.5, 'file'),
  ...nouns('file', 0.85, 0.85, 'filename'),
  ...nouns('cart', 0.9, 0.3, 'cart, basket, checkout'),
  ...nouns('trace', 0.95, 0.7, 'trace, b3 trace'),
  ...nouns('correlation', 0.95, 0.6, 'correlation, corr, conversation, client tracking, action tracking, idempotency'),
  ...nouns('correlation', 0.8, 0, 'request, req, operation, interaction'),
  ...nouns(
    'execution',
    0.95,
    0.6,
    'execution, exec, process instance, workflow run, flow run, dag run, workflow instance, workflow execution',
  ),
  ...nouns('execution', 0.85, 0, 'run, job, invocation'),
  ...nouns('message', 0.9, 0, 'message, msg, exchange'),
]);

/** Words that make a key of what stands left of them, with the share of confidence they keep. */
export const KEY_WORDS: ReadonlyMap<string, number> = new Map([
  ['id', 1],
  ['identifier', 1],
  ['uuid', 1],
  ['guid', 1],
  ['gid', 1],
  ['number', 1],
  ['no', 1],
  ['nr', 1],
  ['num', 1],
  ['nbr', 1],
  ['nummer', 1],
  ['ref', 1],
  ['reference', 1],
  ['key', 0.9],
  ['code', 0.75],
]);

/** Key words that are safe with a noun nobody listed: `warehouse_id` is a warehouse, `phone_number` is no phone record. */
export const GENERAL_KEY_WORDS: ReadonlySet<string> = new Set(['id', 'identifier', 'uuid', 'guid', 'gid']);

/** Types whose `…_name` is a key: `order.name` (`#9999`), `file_name`, `case:concept:name`. */
export const NAMED_TYPES: ReadonlyMap<string, number> = new Map([
  ['order', 0.5],
  ['file', 0.85],
  ['case', 0.9],
  ['batch', 0.6],
]);

/** Words that say which spelling of the key it is: a key word after them alone is still the entry's own key (`external_id`). */
export const SPELLINGS: ReadonlySet<string> = new Set(
  'external,internal,ext,int,original,orig,legacy,global,unique,admin,graphql,api,display,human,public,sap,erp,wms,crm,oms,shopify,stripe,netsuite,salesforce,magento,string,str,full,raw'.split(
    ',',
  ),
);

/** Words that say whose record it is, or its place among others: dropped before a noun (`web_store_order_id`), nouns of their own before a key word (`store_id`). */
export const OWNERS: ReadonlySet<string> = new Set(
  (
    'originating,initial,source,src,target,dest,destination,related,linked,our,your,my,the,its,remote,local,new,old,previous,prev,current,parent,root,child,primary,system,sys,third,party,partner,' +
    'merchant,client,channel,shop,store,marketplace,x,http,app,business,short,long,web,tracked'
  ).split(','),
);

/** Path segments that only wrap: what they hold belongs to whatever stands further left, or to the entry itself. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  (
    'body,payload,data,value,values,attribute,attributes,attrs,field,fields,property,properties,props,param,params,context,ctx,mdc,header,headers,result,results,detail,details,meta,metadata,object,root,content,contents,' +
    'extra,extras,tag,tags,label,labels,args,arguments,entity,entry,envelope,json,xml,text,string,dict,map,record,records,custom,d,s,self'
  ).split(','),
);

/** Words whose ids are positions, places, classes or machinery and never name a business record. */
export const NEVER: ReadonlySet<string> = new Set(
  (
    'line,row,index,idx,seq,sequence,position,pos,posnr,ebelp,ordinal,rank,offset,partition,page,version,revision,rev,level,depth,attempt,retry,try,counter,count,total,size,length,' +
    'source,src,target,dest,destination,related,linked,parent,root,child,previous,prev,system,sys,app,web,http,x,span,thread,process,pid,host,pod,node,container,instance,device,port,service,server,cluster,region,zone,tenant,org,organization,organisation,environment,env,namespace,worker,machine,atom,' +
    'customization,customisation,profile,specification,catalog version,event,log,record,entry,status,state,type,kind,category,class,group,priority,severity,role,method,channel,unit,step,stage,activity,action,flow,workflow,shape,component,connector,connection,operation definition,' +
    'currency,country,language,locale,reason,error,exception,response,exit,return code,hash,checksum,signature,schema,template,trigger,query,test,launcher,report,resource,scope,agency,' +
    'phone,fax,house,street,postal,zip,area,room,seat,time,date,day,week,month,year,epoch,tax,vat,bank,iban,bic,card,ip,mac,url,uri,email,password,token,secret,auth,api'
  ).split(','),
);
