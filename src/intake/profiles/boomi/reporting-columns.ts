/** Columns of Process Reporting's tables, by what they mean. Spellings are folded: letters and digits, lower case. */
const COLUMNS = {
  time: ['time', 'dateprocessed', 'executiontime', 'starttime', 'date'],
  status: ['status', 'executionstatus', 'documentstatus'],
  process: ['process', 'processname'],
  atom: ['atom', 'atomname', 'runtime', 'runtimename'],
  executionType: ['executiontype', 'type'],
  inbound: ['in', 'inbounddocuments', 'inbounddocumentcount'],
  outbound: ['out', 'outbounddocuments', 'outbounddocumentcount'],
  elapsed: ['elapsedtime', 'elapsed', 'executionduration', 'duration'],
  error: ['errormessage', 'error', 'message'],
  execution: ['executionid'],
  parent: ['parentexecutionid'],
  top: ['toplevelexecutionid'],
  original: ['originalexecutionid'],
  connector: ['connectordocumenttype', 'connectortype', 'connector', 'documenttype', 'operation', 'operationname'],
  action: ['actiontype', 'action'],
  ack: ['ackstatus', 'acceptackstatus'],
  validation: ['outboundvalidationstatus', 'validationstatus'],
  sender: ['senderid', 'senderapplicationid', 'sendercode', 'fromtradingpartner'],
  receiver: ['receiverid', 'receiverapplicationid', 'receivercode', 'totradingpartner'],
  isa: ['isacontrol', 'interchangecontrolreference'],
  gs: ['gscontrol'],
  st: ['stcontrol', 'messagereferencenumber'],
  functional: ['functionalid'],
  kind: ['transactionset', 'messagetype', 'pipcode'],
  control: ['messagecontrolid'],
} as const;

export type ReportingColumn = keyof typeof COLUMNS;

/** Columns of a table about runs and documents that tell about the table's own machinery and are neither keys nor state. */
const TECHNICAL: ReadonlySet<string> = new Set(
  (
    'processid,atomid,nodeid,deploymentid,account,accountid,size,sizekb,isaackstatus,isaackreport,interchangestatus,interchangereport,ackreport,acceptackreport,' +
    'outboundvalidationreport,validationreport,isvalidmessage,testindicator,testindicatortp,senderidqualifier,receiveridqualifier,appsenderid,appreceiverid,standardid,standard,' +
    'gsversion,agencycode,gsdate,gstime,interchangedate,interchangetime,ackrequested,version,senderfacilityid,receiverfacilityid,sendername,receivername,launcherid'
  ).split(','),
);

export interface ReportingTable {
  /** Index of each column; -1 for those that are not there. */
  readonly at: Readonly<Record<ReportingColumn, number>>;
  /** Columns that the account added: tracked fields. */
  readonly tracked: readonly (readonly [name: string, index: number])[];
  readonly holds: 'executions' | 'documents' | 'trading-partners';
}

/**
 * The table that a header belongs to; undefined when it is none of Process Reporting. The exact headers of the export are not documented, only the
 * columns on the screen, so case, blanks and punctuation do not count. Source: Boomi documentation, "Process execution results table",
 * "Document results table", "Trading partner results table".
 */
export function reportingTable(header: readonly string[] | undefined, name: string): ReportingTable | undefined {
  if (header === undefined) return undefined;
  const folded = header.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]+/g, ''));
  const at = Object.fromEntries(
    Object.entries(COLUMNS).map(([column, spellings]) => [
      column,
      folded.findIndex((cell) => (spellings as readonly string[]).includes(cell)),
    ]),
  ) as Record<ReportingColumn, number>;
  // An Atom is what only Boomi has; a process or a partner's acknowledgement is what its tables are about.
  if (at.time < 0 || at.atom < 0) return undefined;
  const partners = at.isa >= 0 || at.control >= 0 || at.ack >= 0 || at.sender >= 0;
  if (at.process < 0 && !partners) return undefined;
  const named = /(?:^|[/\\ ])(executions|documents|trading_partners)_/.test(name);
  const runs = at.elapsed >= 0 || (at.inbound >= 0 && at.outbound >= 0);
  if (!named && !runs && at.action < 0 && !partners) return undefined;
  const known = new Set<number>(Object.values(at));
  const tracked = header.flatMap((cell, i) => (known.has(i) || cell === '' || TECHNICAL.has(folded[i]!) ? [] : [[cell, i] as const]));
  return { at, tracked, holds: partners ? 'trading-partners' : runs ? 'executions' : 'documents' };
}
