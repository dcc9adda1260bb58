import type { JsonObject } from '../../entry.ts';
import { asObject, asText, firstOf } from '../tree.ts';
import { openLine } from './inner-text.ts';

const OWN_LINE = /^(START|END|REPORT) RequestId: ([0-9a-f-]{36})\s?(.{0,2000})$/s;
const DURATION = /(?:^|\t)Duration: (\d{1,12}(?:\.\d{1,6})?) ms/;
const OWN_MESSAGE = /^(?:START|END|REPORT) invocation$/;

/**
 * Opens a line that CloudWatch keeps. `requestId` is the invocation, from the runtime's prefix, a logger's field, or one of the lines that
 * AWS Lambda writes around an invocation; `duration` is in milliseconds.
 */
export function openLambdaLine(text: string): JsonObject {
  const match = text.includes('RequestId: ') ? OWN_LINE.exec(text.trimEnd()) : null;
  if (match !== null) {
    const [, word, requestId, rest] = match;
    const duration = word === 'REPORT' ? DURATION.exec(rest!)?.[1] : undefined;
    return { message: `${word} invocation`, requestId: requestId!, ...(duration === undefined ? {} : { duration: Number(duration) }) };
  }
  const opened = openLine(text);
  const fields = asObject(opened['fields']);
  const requestId = fields === undefined ? '' : asText(firstOf(fields, 'requestId', 'awsRequestId', 'function_request_id'));
  if (fields === undefined || requestId === '') return opened;
  const { requestId: _a, awsRequestId: _b, function_request_id: _c, ...others } = fields;
  return { ...opened, fields: others, requestId };
}

/** Whether an opened line is one of Lambda's own: it tells about the invocation. */
export function isLambdaLine(opened: JsonObject): boolean {
  return OWN_MESSAGE.test(asText(opened['message']));
}
