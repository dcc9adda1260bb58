/**
 * The folders that all paths begin with, with the slash; empty when there are none in common or there is only one path. Lists
 * leave it out, as it tells the entries apart in nothing.
 */
export function sharedFolder(paths: readonly string[]): string {
  const [first, ...rest] = paths;
  if (first === undefined || rest.length === 0) return '';
  let length = first.lastIndexOf('/') + 1;
  for (const path of rest) {
    while (length > 0 && !path.startsWith(first.slice(0, length))) length = first.lastIndexOf('/', length - 2) + 1;
  }
  return first.slice(0, length);
}
