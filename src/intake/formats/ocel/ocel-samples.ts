const EVENT_2 = (id: string, note: string): string =>
  `{"id":"${id}","type":"Create Order","time":"2031-03-04T09:15:02Z","attributes":[{"name":"note","value":"${note}"}],"relationships":[{"objectId":"SO-1","qualifier":"creates"}]}`;

/** Made-up logs of both versions, for tests. */
export const OCEL_SAMPLES = [
  {
    name: 'log.json',
    format: 'ocel-json',
    content:
      `{"eventTypes":[{"name":"Create Order","attributes":[]}],"events":[\n  ${EVENT_2('e1', 'Grüße } \\"x\\"')},\n  ${EVENT_2('e2', 'a,b')}],\n` +
      `"objectTypes":[{"name":"Order","attributes":[]}],"other":{"events":[1,"]"]},"objects":[{"id":"SO-1","type":"Order","attributes":[{"name":"total","time":"1970-01-01T00:00:00Z","value":12.5}],` +
      `"relationships":[{"objectId":"I-1","qualifier":"has"}]} , {"id":"I-1","type":"Item"}]}\n`,
    entries: 4,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'log.jsonocel',
    format: 'ocel-json',
    content:
      '{\n  "ocel:global-log": {"ocel:version": "1.0"},\n  "ocel:events": {\n    "e1": {\n      "ocel:activity": "Create",\n      "ocel:timestamp": "2031-03-04T09:15:02",\n      "ocel:omap": ["o1"],\n      "ocel:vmap": {"n": 1}\n    },\n' +
      '    "e2" : {"ocel:activity": "Ship", "ocel:timestamp": "2031-03-04T10:00:00", "ocel:omap": []}\n  },\n  "ocel:objects": {\n    "o1": {"ocel:type": "order", "ocel:ovmap": {"total": 5}},\n    "o2": 7\n  }\n}\n',
    entries: 3,
    rejections: 1,
    cutReadable: false,
  },
  {
    name: 'log.xml',
    format: 'ocel-xml',
    content:
      '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n <object-types><object-type name="Order"><attributes><attribute name="total" type="float"/></attributes></object-type></object-types>\n' +
      ' <objects>\n  <object id="SO-1" type="Order"><attributes><attribute name="total" time="1970-01-01T00:00:00Z">5</attribute><attribute name="x" time="2031-03-04T10:00:00Z"/></attributes>' +
      '<objects><relationship object-id="I-1" qualifier="has"/><object object-id="I-2" qualifier="has"/></objects></object>\n </objects>\n' +
      ' <events>\n  <event id="e1" type="Create" time="2031-03-04T09:15:02"><attributes><attribute name="note">a &amp; b</attribute></attributes><objects><object object-id="SO-1" qualifier="creates"/></objects></event>\n' +
      '  <event type="Lost" time="2031-03-04T09:15:02"/>\n </events>\n</log>\n',
    entries: 2,
    rejections: 1,
    cutReadable: false,
  },
  {
    name: 'log.xmlocel',
    format: 'ocel-xml',
    content:
      '<?xml version="1.0"?>\n<log>\n <global scope="event"><string key="ocel:activity" value="__INVALID__"/></global>\n <events>\n  <event><string key="id" value="e1"/><date key="timestamp" value="2031-03-04T09:15:02"/>' +
      '<string key="activity" value="Create"/><list key="omap"><string key="object-id" value="o1"/><string key="object-id" value="o2"/></list><list key="vmap"><int key="n" value="3"/></list></event>\n </events>\n' +
      ' <objects>\n  <object><string key="id" value="o1"/><string key="type" value="order"/><list key="ovmap"><float key="total" value="5.0"/></list></object>\n </objects>\n</log>\n',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
] as const;
