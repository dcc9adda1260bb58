/**
 * Whether a path fits a glob: `*` is any characters but `/`, `**` any at all, `?` one; upper and lower case are one. A glob without `/` is held
 * against the last part of the path. Runs in the product of the two lengths at most: no regular expression is made of it.
 */
export function fitsGlob(path: string, glob: string): boolean {
  const text = path.replaceAll('\\', '/').replaceAll(' › ', '/').toLowerCase();
  const pattern = glob.toLowerCase();
  if (!pattern.includes('/')) return fits(text.slice(text.lastIndexOf('/') + 1), pattern);
  if (fits(text, pattern)) return true;
  // A relative glob begins at any folder.
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) if (fits(text.slice(at + 1), pattern)) return true;
  return false;
}

/** Two rows of reachable states: after each part of the glob, at which characters of the text it may stand. */
function fits(text: string, pattern: string): boolean {
  let at: boolean[] = Array.from({ length: text.length + 1 }, (_, i) => i === 0);
  for (const part of pattern.match(/\*\*\/?|\*|\?|[^*?]/g) ?? []) {
    const next: boolean[] = Array.from({ length: text.length + 1 }, () => false);
    if (part === '*' || part.startsWith('**')) {
      let reached = false;
      for (let i = 0; i <= text.length; i++) {
        if (part === '**/') {
          // Nothing, or whole folders.
          next[i] = at[i]! || (reached && text[i - 1] === '/');
          reached ||= at[i]!;
        } else {
          reached = at[i]! || (reached && (part === '**' || text[i - 1] !== '/'));
          next[i] = reached;
        }
      }
    } else {
      for (let i = 0; i < text.length; i++) if (at[i] && (part === '?' ? text[i] !== '/' : text[i] === part)) next[i + 1] = true;
    }
    at = next;
  }
  return at[text.length]!;
}
