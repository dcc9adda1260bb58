import type { JsonObject } from '../../entry.ts';
import { asList, asObject, asText, member } from '../tree.ts';

/** A member as text: a key in JSON, an element or an attribute in XML. */
export function boomiText(record: JsonObject, name: string): string {
  return asText(member(record, name)).trim();
}

/**
 * Name and value pairs: `trackedFields: {trackedField: [{name, value}]}` and its kin. One pair may come without its list, and
 * in XML name and value are attributes.
 */
export function boomiPairs(record: JsonObject, group: string, item: string): readonly { readonly name: string; readonly value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  const holder = asObject(record[group]);
  for (const entry of asList(holder?.[item])) {
    const pair = asObject(entry);
    if (pair === undefined) continue;
    const name = boomiText(pair, 'name');
    const value = boomiText(pair, 'value');
    if (name !== '' && value !== '') pairs.push({ name, value });
  }
  return pairs;
}

/** `execution-<uuid>-<yyyy.MM.dd>` in a file name, a folder or a text; empty when there is none. */
export function executionIdIn(text: string): string {
  const match = /execution-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-\d{4}\.\d{2}\.\d{2}/i.exec(text);
  return match === null ? '' : match[0].toLowerCase();
}

/** The shape without the component it belongs to: `shape3~4f1c…` is `shape3`. */
export function shapeName(text: string): string {
  const tilde = text.indexOf('~');
  return tilde > 0 ? text.slice(0, tilde) : text;
}

/** `QUERY http` style name of what a connector did, where the operation has no name. */
export function actionName(actionType: string, connectorType: string): string {
  const words = [actionType.toLowerCase(), connectorType.toLowerCase()].filter(
    (word, index, all) => word !== '' && all.indexOf(word) === index,
  );
  return words.join(' ');
}

/** Reports keep their line ends as `&#xD;`, even inside JSON. */
export function plainReport(report: string): string {
  return report.replace(/&#x[dD];|\r\n?/g, '\n').trim();
}
