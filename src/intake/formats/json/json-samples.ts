import type { SampleFile } from '../sample-file.ts';

/** JSON in the envelopes and notations of its writers. */
export const JSON_SAMPLES: readonly SampleFile[] = [
  {
    name: 'hits.json',
    format: 'json',
    content:
      '{"took":3,"hits":{"total":{"value":3},"hits":[{"_index":"l","_id":"1","_source":{"a":"é","b":{"_source":1}},"sort":[1]},\n {"_index":"l","_id":"2","_source":{"a":2}},{"_index":"l","_id":"3"}]}}',
    entries: 2,
    rejections: 1,
    cutReadable: false,
  },
  {
    name: 'bulk.ndjson',
    format: 'ndjson',
    content:
      '{"index":{"_index":"orders","_id":"1"}}\n{"id":"SO-1","delete":{"_id":"no action"}}\n{"delete":{"_index":"orders","_id":"2"}}\n{"create":{"_id":"3"}}\n{"id":"SO-3"\n{"update":{"_id":"4"}}\n{"doc":{"id":"SO-4"}}\n',
    entries: 2,
    rejections: 1,
    cutReadable: false,
  },
  {
    name: 'sequence.json',
    format: 'ndjson',
    content: '\u001e{"id":1}\n\u001e{"id":2,"t":"cut off\n\ufeff\u001e{"id":3}\n',
    entries: 2,
    rejections: 1,
    cutReadable: false,
  },
  {
    name: 'pretty.json',
    format: 'json',
    content: '\u001e{\r\n  "id": 1,\r\n  "t": "x}{"\r\n}\r\n\u001e\ufeff{\r\n  "id": 2\r\n}{"id":3}\u001e{\r\n  "id": 4\r\n}\r\n',
    entries: 4,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'rows.json',
    format: 'json',
    content: '{"fields":[{"name":"_time"},{"name":"order"}],"rows":[["2031-03-04","SO-1"],["2031-03-05",null],["2031-03-06","SO-3","é"]]}',
    entries: 3,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'insights.json',
    format: 'json',
    content:
      '{"results":[[{"field":"@timestamp","value":"2031-03-04"},{"field":"@message","value":"a"}],[{"field":"@timestamp","value":"2031-03-05"},{"field":"@message","value":"é"}]],"status":"Complete"}',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'orders.mongo.jsonl',
    format: 'ndjson',
    content:
      '{"_id":{"$oid":"65f0c0ffee0000000000000a"},"at":{"$date":"2031-03-04T09:15:02Z"},"n":{"$numberLong":"9007199254740993"}}\n' +
      '{"_id":{"$oid":"65f0c0ffee0000000000000b"},"at":{"$date":{"$numberLong":"1930382102431"}},"n":{"$numberLong":"7"},"lines":[{"price":{"$numberDecimal":"12.50"}}]}\n',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'splunk.json',
    format: 'ndjson',
    content:
      '{"preview":false,"offset":0,"result":{"_time":"1","order":["SO-1","SO-2"]}}\n{"messages":[{"type":"INFO"}]}\n{"preview":false,"lastrow":true}\n{"preview":false,"offset":1,"result":{"_time":"2"}}\n',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'loki.json',
    format: 'json',
    content:
      '{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"a"},"values":[["1930382102431000000","x"],["1930382102431000001","é"]]},{"stream":{"app":"b"},"values":[["1930382102431000002","y"]]}]}}',
    entries: 3,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'connection.json',
    format: 'json',
    content: '{"data":{"orders":{"edges":[{"cursor":"a","node":{"id":"1","lines":{"edges":[]}}},{"cursor":"b","node":{"id":"2"}}]}}}',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
];
