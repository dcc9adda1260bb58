import type { Entry, Json, Rejection } from '../entry.ts';
import type { Format, FormatOptions } from '../format.ts';
import { chooseFormat } from './index.ts';

export interface Collected {
  readonly entries: readonly Entry[];
  readonly rejections: readonly Rejection[];
}

/** Reads bytes in chunks of the given sizes (repeated; one chunk when there are none). For tests. */
export async function collect(
  format: Format,
  bytes: Uint8Array,
  options: FormatOptions,
  sizes: readonly number[] = [],
): Promise<Collected> {
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = sizes.length === 0 ? bytes.length : sizes[i % sizes.length]!;
      // A copy of each chunk: what a reader keeps must not depend on the others.
      yield Uint8Array.from(bytes.subarray(at, at + size));
      at += size;
    }
  }
  await format.read(chunks(), options, { entry: (entry) => entries.push(entry), reject: (rejection) => rejections.push(rejection) });
  return { entries, rejections };
}

/** Recognises a text as a file of that name and reads it. Throws when no format fits. */
export async function readText(
  name: string,
  content: string,
): Promise<Collected & { readonly format: Format; readonly options: FormatOptions }> {
  const bytes = new TextEncoder().encode(content);
  const choice = sniffText(name, content);
  if (choice === undefined) throw new Error(`no format fits ${name}`);
  const options = choice.detection.options;
  return { ...(await collect(choice.format, bytes, options)), format: choice.format, options };
}

/** What `chooseFormat` says about a text as a whole file of that name. */
export function sniffText(name: string, content: string): ReturnType<typeof chooseFormat> {
  return chooseFormat({ name, bytes: new TextEncoder().encode(content), text: content, complete: true });
}

/** The values of entries; rows as objects by header. */
export function valuesOf(entries: readonly Entry[], header: readonly string[] | undefined): Json[] {
  return entries.map((entry) =>
    entry.kind === 'tree' ? entry.value : Object.fromEntries(entry.cells.map((cell, i) => [header?.[i] ?? `column${i + 1}`, cell])),
  );
}
