import type { Detection, Format, Head } from '../format.ts';
import { csv } from './csv/csv.ts';
import { edifact } from './edi/edifact.ts';
import { hl7 } from './edi/hl7.ts';
import { idoc } from './edi/idoc.ts';
import { tradacoms } from './edi/tradacoms.ts';
import { x12 } from './edi/x12.ts';
import { json } from './json/json.ts';
import { ndjson } from './json/ndjson.ts';
import { ocelJson } from './ocel/ocel-json.ts';
import { ocelXml } from './ocel/ocel-xml.ts';
import { properties } from './properties/properties.ts';
import { text } from './text/text.ts';
import { w3c } from './w3c/w3c.ts';
import { textPattern } from './text/text-pattern.ts';
import { xes } from './xml/xes.ts';
import { xml } from './xml/xml.ts';

/** All formats, the more specific ones first. */
export const FORMATS: readonly Format[] = [
  xes,
  ocelJson,
  ocelXml,
  ndjson,
  json,
  xml,
  x12,
  edifact,
  tradacoms,
  hl7,
  idoc,
  w3c,
  csv,
  properties,
  text,
  textPattern,
];

/** The format with that id, as it is kept with a source. */
export function formatById(id: string): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}

export interface Choice {
  readonly format: Format;
  readonly detection: Detection;
  /** The other formats that fit, best first. */
  readonly others: readonly { readonly format: Format; readonly detection: Detection }[];
}

/** The format that fits the beginning of a stream best. Undefined when none does: the caller refuses the file as unknown. */
export function chooseFormat(head: Head): Choice | undefined {
  const fits = FORMATS.flatMap((format) => {
    const detection = format.sniff(head);
    return detection === undefined ? [] : [{ format, detection }];
  });
  fits.sort((a, b) => b.detection.confidence - a.detection.confidence);
  const [best, ...others] = fits;
  return best === undefined ? undefined : { format: best.format, detection: best.detection, others };
}
