import type { Status } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { Json, JsonObject } from '../../entry.ts';
import { MICROS_PER_MS } from '../../../model/time.ts';
import type { NamedReader } from '../business.ts';
import type { TextReader } from '../text-keys.ts';
import { asList, asNumber, asObject, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { leavesOf } from './records.ts';
import type { NamedValue } from './records.ts';

/** One run of one node of an n8n execution (`ITaskData`). */
interface NodeRun {
  readonly node: string;
  /** More than 0 in a loop. */
  readonly index: number;
  readonly run: JsonObject;
}

/** The node runs of `resultData.runData` in the order in which they were executed; without that order by their start. */
export function nodeRunsOf(data: Json | undefined): NodeRun[] {
  const runData = asObject(asObject(asObject(data)?.['resultData'])?.['runData']);
  if (runData === undefined) return [];
  const runs: NodeRun[] = [];
  for (const node of Object.keys(runData)) {
    for (const [index, value] of asList(runData[node]).entries()) {
      const run = asObject(value);
      if (run !== undefined) runs.push({ node, index, run });
    }
  }
  const order = ({ run }: NodeRun): number => asNumber(run['executionIndex']);
  const ordered = runs.every((run) => order(run) >= 0);
  return runs.sort((a, b) => (ordered ? order(a) - order(b) : asNumber(a.run['startTime']) - asNumber(b.run['startTime'])));
}

/** Items of one run that are read for keys; more belong to a batch and not to one record. */
const MOST_ITEMS = 20;

/** The items that a run put out, over all its outputs. */
function itemsOf(run: JsonObject): JsonObject[] {
  const items: JsonObject[] = [];
  for (const output of asList(asObject(run['data'])?.['main'])) {
    for (const value of asList(output)) {
      const item = asObject(value);
      if (item === undefined) continue;
      items.push(item);
      if (items.length > MOST_ITEMS) return items;
    }
  }
  return items;
}

/** The payload of an execution's items as named values, for the preview. */
export function itemValues(data: Json | undefined): NamedValue[] {
  return nodeRunsOf(data).flatMap(({ run }) =>
    itemsOf(run)
      .slice(0, 2)
      .flatMap((item) => leavesOf(item['json'])),
  );
}

/** Fills the draft from a node run. The caller has set system, flow and execution. */
export function readNodeRun({ node, index, run }: NodeRun, readItem: NamedReader, readText: TextReader, draft: Draft): void {
  const start = asNumber(run['startTime']);
  if (start > 0) {
    draft.time = Math.round(start * MICROS_PER_MS);
    draft.precision = 'millisecond';
    const worked = asNumber(run['executionTime']);
    if (worked >= 0) draft.end = draft.time + Math.round(worked * MICROS_PER_MS);
  }
  draft.step = node;
  draft.span = spanOf(node, index);
  const [source] = asList(run['source']).map(asObject);
  const before = asText(source?.['previousNode']);
  draft.parentSpan = before === '' ? 'run' : spanOf(before, asNumber(source?.['previousNodeRun']) || 0);
  const items = itemsOf(run);
  readNodeStatus(run, items, draft);
  if (items.length > MOST_ITEMS) return;
  for (const item of items) {
    for (const [name, value] of leavesOf(item['json'])) {
      const states = draft.attrNames.length;
      readItem(name, value, draft);
      // The state of one of several items is not the state of the step.
      if (items.length > 1) while (draft.attrNames.length > states) dropAttribute(draft);
      readText(value, draft);
    }
  }
}

function dropAttribute(draft: Draft): void {
  draft.attrNames.pop();
  draft.attrTexts.pop();
  draft.attrNumbers.pop();
}

function spanOf(node: string, index: number): string {
  return `${node}#${index}`;
}

/** A node that is set to go on after an error succeeds with items that tell the error. */
function readNodeStatus(run: JsonObject, items: readonly JsonObject[], draft: Draft): void {
  draft.error = errorText(run['error']);
  draft.statusRaw = asText(run['executionStatus']);
  draft.status = draft.statusRaw === '' ? statusWithoutWord(run, draft.error) : normaliseStatus(draft.statusRaw, 'n8n');
  if (draft.status !== 'succeeded') return;
  const failed = items.find(isErrorItem);
  if (failed === undefined) return;
  draft.status = 'succeeded-with-warning';
  draft.error = errorText(failed['error']) || errorText(asObject(failed['json'])?.['error']);
}

/** Older versions wrote no status for a node: an error, or the output that only a finished node has. */
function statusWithoutWord(run: JsonObject, error: string): Status {
  if (error !== '') return 'failed';
  return asObject(run['data']) === undefined ? 'unknown' : 'succeeded';
}

function isErrorItem(item: JsonObject): boolean {
  if (item['error'] !== undefined && item['error'] !== null) return true;
  const json = asObject(item['json']);
  return json !== undefined && Object.keys(json).length === 1 && json['error'] !== undefined;
}

/** The message of an n8n error, with its description where it says more. */
export function errorText(error: Json | undefined): string {
  if (typeof error === 'string') return error;
  const object = asObject(error);
  if (object === undefined) return '';
  const message = asText(object['message']) || asText(object['name']);
  const description = asText(object['description']);
  return description === '' || description === message ? message : `${message}: ${description}`;
}
