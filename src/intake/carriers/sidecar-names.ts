import type { FilePlace } from './place-of.ts';

/** `X.json.metadata`, `X.meta.json`, `X.headers`, `X_meta.json`: the name of the document, or its name without the ending. */
const SIDECAR =
  /^(.+?)(?:\.(?:meta|metadata|attributes|attrs|properties|props|headers|header)|[-_](?:meta|metadata|attributes))(?:\.(?:json|txt|properties))?$/i;

/** How sidecars may call the document that stands at a place. */
export function namesOf({ folder, file }: FilePlace): readonly string[] {
  const stem = stemOf(file);
  return stem === file ? [`${folder}/${file}`, `${folder}/${file}.*`] : [`${folder}/${file}`, `${folder}/${stem}.*`];
}

/** What the document beside it may be called, if a file's name is that of a sidecar; else nothing. */
export function documentNames({ folder, file }: FilePlace): readonly string[] {
  const base = SIDECAR.exec(file)?.[1];
  return base === undefined ? [] : [`${folder}/${base}`, `${folder}/${base}.*`];
}

function stemOf(file: string): string {
  const dot = file.lastIndexOf('.');
  return dot <= 0 ? file : file.slice(0, dot);
}
