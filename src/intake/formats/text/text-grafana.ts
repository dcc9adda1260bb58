import type { JsonObject } from '../../entry.ts';
import { parseObject } from './text-json.ts';

/** The field that holds what Grafana says once for all lines. */
export const COMMON_LABELS = 'common labels';

const LABELS = /^Common labels: (\{.{0,16384}\})\s*$/m;
/** Lines of text before the first one of the log. */
const REACH = 32_768;

/** The labels that Grafana writes above the lines it downloads as text; undefined when there are none. Source: Grafana, features/inspector/utils/download.ts. */
export function commonLabels(text: string): JsonObject | undefined {
  if (!text.includes('Common labels: {')) return undefined;
  const match = LABELS.exec(text.slice(0, REACH));
  return match === null ? undefined : parseObject(match[1]!);
}

/** Grafana writes the time of a line twice, `1930382102431<tab>2031-03-04T09:15:02.431Z<tab>line`. */
const AGAIN = /\t\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z\t/y;

/** Where the line itself begins behind the time that ends at `at`; -1 when the time does not come again. */
export function lineAfterTimes(line: string, at: number): number {
  AGAIN.lastIndex = at;
  return AGAIN.test(line) ? AGAIN.lastIndex : -1;
}
